package io.backbeat.server.demo;

/** How a demo ended. */
public enum DemoResult {
  /** Every object is COMPLETED at every location. */
  COMPLETED,
  /** Some object is not COMPLETED at some location. */
  NOT_COMPLETED,
  /** It ran until its user ended it. */
  ENDED,
  /** It was stopped before it was done. */
  INTERRUPTED
}
