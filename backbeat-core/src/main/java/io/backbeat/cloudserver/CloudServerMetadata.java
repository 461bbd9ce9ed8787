package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.log.MetadataSource;
import java.util.Optional;

/**
 * The current metadata of versions, from CloudServer's route {@code GET
 * /_/backbeat/metadata/<bucket>/<key>}. Only a version, key or bucket that is not there is "no such
 * version"; whatever else goes wrong is an error. Thread-safe.
 */
public final class CloudServerMetadata implements MetadataSource {
  private final MetadataClients clients;

  /**
   * Reads through a client.
   *
   * @param cloud stays the caller's to close
   */
  public CloudServerMetadata(CloudServer cloud) {
    this(MetadataClients.all(cloud));
  }

  /** Reads each object through the client that is for it. */
  public CloudServerMetadata(MetadataClients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<String> find(ObjectVersion object) {
    return RouteErrors.unlessGone(
            "read the metadata of " + object, () -> clients.of(object).metadata(object))
        .flatMap(found -> found);
  }
}
