package io.backbeat.api;

import java.util.Optional;

/** The replication status of single object versions. Thread-safe. */
public interface ObjectOperations {
  /**
   * Where a version stands at each of its destinations; empty if the version is not known or is not
   * replicated.
   */
  Optional<ReplicationStatus> status(ObjectVersion object);
}
