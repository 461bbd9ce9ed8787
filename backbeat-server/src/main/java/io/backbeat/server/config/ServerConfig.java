package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import io.backbeat.engine.EngineConfig;
import io.backbeat.explanation.HistoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a server, checked and complete. Immutable.
 *
 * @param profile what queues and statuses are kept on
 * @param roles what this process does; all of it in the embedded profile
 * @param cluster the services of the cluster profile; empty in the embedded one
 * @param objectServer the CloudServer whose objects are replicated; empty without the profile or
 *     its credentials
 * @param dataDirectory where the embedded store is, and what remembers the places, absolute
 * @param engine how the engine works
 * @param history what is kept of what happened to jobs
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
    Set<ServerRole> roles,
    Optional<ClusterConfig> cluster,
    Optional<ObjectServerConfig> objectServer,
    Path dataDirectory,
    EngineConfig engine,
    HistoryOptions history,
    Duration drain,
    ApiConfig api,
    ProbeConfig probe,
    ReplicationConfig replication,
    List<LocationName> ingestion,
    List<LocationName> lifecycle,
    Optional<WorkflowsConfig> workflows,
    LogLevel logLevel) {
  /** Copies the collections. */
  public ServerConfig {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    roles = Set.copyOf(roles);
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(objectServer, "objectServer");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(drain, "drain");
    Objects.requireNonNull(api, "api");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(replication, "replication");
    ingestion = List.copyOf(ingestion);
    lifecycle = List.copyOf(lifecycle);
    Objects.requireNonNull(workflows, "workflows");
    Objects.requireNonNull(logLevel, "logLevel");
  }

  /** The same with something else to replicate, of which CloudServer knows nothing. */
  public ServerConfig withReplication(ReplicationConfig other) {
    return new ServerConfig(
        profile,
        roles,
        cluster,
        Optional.empty(),
        dataDirectory,
        engine,
        history,
        drain,
        api,
        probe,
        other,
        ingestion,
        lifecycle,
        workflows,
        logLevel);
  }
}
