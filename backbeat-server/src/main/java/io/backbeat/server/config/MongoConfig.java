package io.backbeat.server.config;

import java.util.Objects;

/**
 * How MongoDB is reached. Immutable.
 *
 * @param connectionString the whole of it, with credentials
 * @param metadataDatabase CloudServer's database of buckets and objects
 * @param ownDatabase where the ledger and the quarantine are kept
 */
public record MongoConfig(Secret connectionString, String metadataDatabase, String ownDatabase) {
  /** Checks that nothing is null. */
  public MongoConfig {
    Objects.requireNonNull(connectionString, "connectionString");
    Objects.requireNonNull(metadataDatabase, "metadataDatabase");
    Objects.requireNonNull(ownDatabase, "ownDatabase");
  }
}
