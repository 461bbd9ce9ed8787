package io.backbeat.server.config;

import io.backbeat.api.LocationName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The CloudServer whose objects are replicated, and where to. Immutable.
 *
 * @param source where it listens
 * @param sourceAuth how requests to it are signed
 * @param secureDestinations whether other CloudServers are spoken to by https
 * @param destinationAuth how requests to them are signed
 * @param gcAuth how requests of garbage collection are signed
 * @param sites where the objects of each site go; sites with a place of our own are left out
 * @param signatureV2 whether requests are signed the old way, as the original does
 * @param uploads how large objects are copied
 * @param statuses who writes the statuses into the metadata
 * @param coalescing how long outcomes of one version wait for each other, so that they make one
 *     write
 */
public record ObjectServerConfig(
    URI source,
    ServerAuth sourceAuth,
    boolean secureDestinations,
    Optional<ServerAuth> destinationAuth,
    ServerAuth gcAuth,
    Map<LocationName, SiteTarget> sites,
    boolean signatureV2,
    Uploads uploads,
    StatusWriter statuses,
    Duration coalescing) {
  /** Copies the map. */
  public ObjectServerConfig {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sourceAuth, "sourceAuth");
    Objects.requireNonNull(destinationAuth, "destinationAuth");
    Objects.requireNonNull(gcAuth, "gcAuth");
    sites = Map.copyOf(sites);
    Objects.requireNonNull(uploads, "uploads");
    Objects.requireNonNull(statuses, "statuses");
    Objects.requireNonNull(coalescing, "coalescing");
  }

  /**
   * How large objects are copied.
   *
   * @param threshold from this many bytes on in parts
   * @param concurrency parts of one object at the same time
   */
  public record Uploads(long threshold, int concurrency) {}

  /** Who writes statuses into the metadata. */
  public enum StatusWriter {
    /** CloudServer, asked by its internal routes, as the original does. */
    CLOUDSERVER,
    /** We ourselves, into the documents of MongoDB, each write conditional on the whole value. */
    MONGODB
  }
}
