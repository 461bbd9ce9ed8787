package io.backbeat.api;

/** What the engine last reported of a service at a location. */
public enum ObservedState {
  /** No engine has reported yet. */
  UNKNOWN,
  /** Jobs are being run. */
  RUNNING,
  /** No new job is started; those in flight when the pause came have ended. */
  PAUSED
}
