package io.backbeat.cloudserver;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What HEAD says of an object.
 *
 * @param length in bytes
 * @param etag without quotes
 * @param versionId encoded; empty if the server says none
 * @param headers all of them, by their names in lower case
 */
public record ObjectHead(
    long length,
    String etag,
    String versionId,
    Optional<Instant> lastModified,
    Map<String, String> headers) {
  /** Copies the map. */
  public ObjectHead {
    headers = Map.copyOf(headers);
  }
}
