package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;

/**
 * Which client reads and writes the metadata of an object. Where sources are read in the role that
 * their replication names, the role has to be known before the metadata that tells it can be read:
 * from the configuration of the bucket, or from the database. Thread-safe.
 */
@FunctionalInterface
public interface MetadataClients {
  /**
   * The client for an object; stays the giver's to close, cheap when asked for again.
   *
   * @throws CloudServerException ACCESS_DENIED if there is none that may, UNAVAILABLE if whoever
   *     knows does not answer
   */
  CloudServer of(ObjectVersion object) throws CloudServerException;

  /** One client for all, as with the account of a service. */
  static MetadataClients all(CloudServer cloud) {
    return object -> cloud;
  }
}
