package io.backbeat.status;

/** Where an unfinished job stands. Every unfinished job is in exactly one state. */
public enum JobState {
  /** In its queue, or being run. */
  QUEUED,
  /** Out of its queue until its next attempt is due. */
  WAITING,
  /** Failed for good; stays until it is retried, superseded or removed. */
  FAILED
}
