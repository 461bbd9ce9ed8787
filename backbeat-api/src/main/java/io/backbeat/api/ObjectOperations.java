package io.backbeat.api;

import java.util.Optional;

/** The replication status of single object versions. Thread-safe. */
public interface ObjectOperations {
  /**
   * Where a version stands at each of its destinations; empty if the version is not known or is not
   * replicated.
   */
  Optional<ReplicationStatus> status(ObjectVersion object);

  /**
   * Why a version stands where it stands: its statuses, its jobs, what blocks them and what
   * happened lately. Asks several stores one after the other, so the parts may be a moment apart.
   * Empty if the version is not known or is not replicated.
   *
   * @throws BackbeatException {@link ErrorCode#INTERNAL_ERROR} if a store does not answer; a retry
   *     may help. A queue that does not answer only leaves its position out
   */
  Optional<ObjectExplanation> explain(ObjectVersion object);
}
