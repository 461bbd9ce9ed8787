package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration of a server, checked and complete. Immutable.
 *
 * @param profile what queues and statuses are kept on
 * @param dataDirectory where the embedded store is, absolute
 * @param drain how long a stopping server waits for running jobs
 * @param api the REST API
 * @param probe the probes
 * @param replication what is replicated, and where to
 * @param ingestion the locations of ingestion
 * @param lifecycle the locations of lifecycle
 * @param workflows where the rules of buckets are written; empty if workflows are only kept
 * @param logLevel how much is logged
 */
public record ServerConfig(
    Profile profile,
    Path dataDirectory,
    Duration drain,
    ApiConfig api,
    ProbeConfig probe,
    ReplicationConfig replication,
    List<LocationName> ingestion,
    List<LocationName> lifecycle,
    Optional<WorkflowsConfig> workflows,
    LogLevel logLevel) {
  /** Copies the lists. */
  public ServerConfig {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(drain, "drain");
    Objects.requireNonNull(api, "api");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(replication, "replication");
    ingestion = List.copyOf(ingestion);
    lifecycle = List.copyOf(lifecycle);
    Objects.requireNonNull(workflows, "workflows");
    Objects.requireNonNull(logLevel, "logLevel");
  }
}
