package io.backbeat.api;

/** Where one object version stands at one location. The constant names are the wire names. */
public enum SiteStatus {
  /** The location does not have this version yet; a job is responsible for it. */
  PENDING,
  /** The location has this version. Final until the next client write. */
  COMPLETED,
  /**
   * The last attempt failed and no automatic attempt is left; the failure is listed and can be
   * retried.
   */
  FAILED,
  /** This is itself the copy, written by replication. */
  REPLICA
}
