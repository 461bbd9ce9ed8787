package io.backbeat.job;

/** What can happen to one version at one location. */
public enum StatusEvent {
  /** The location has the version now. */
  REPLICATED,
  /**
   * The source changed while it was copied and keeps its version (a bucket served by NFS); the
   * newer state is still to be copied.
   */
  SOURCE_CHANGED,
  /** An attempt failed and another one is due. */
  ATTEMPT_FAILED,
  /** An attempt failed and none is left, or the failure cannot be helped by another one. */
  ATTEMPTS_EXHAUSTED,
  /** The job was given up without an attempt, for a reason that is recorded. */
  SKIPPED,
  /** An operator asked for another attempt. */
  RETRY_REQUESTED,
  /** An operator asked for another copy, also of what the location has already. */
  RESYNC_REQUESTED
}
