package io.backbeat.api;

/** What the operator wants of a service at a location. */
public enum TargetState {
  /** Jobs are to be run. */
  RUNNING,
  /** Jobs are to be queued and not run. */
  PAUSED
}
