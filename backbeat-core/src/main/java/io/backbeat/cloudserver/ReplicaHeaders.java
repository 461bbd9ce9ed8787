package io.backbeat.cloudserver;

import java.util.Map;

/**
 * What goes with the data of a replica into a cloud.
 *
 * @param versionId encoded version id of the source; empty without versions
 * @param userMetadata members with their full names, {@code x-amz-meta-...}
 * @param contentType empty if not known, as all that follow
 * @param cacheControl {@code Cache-Control}
 * @param contentDisposition {@code Content-Disposition}
 * @param contentEncoding {@code Content-Encoding}
 * @param tags of the version
 */
public record ReplicaHeaders(
    String versionId,
    Map<String, String> userMetadata,
    String contentType,
    String cacheControl,
    String contentDisposition,
    String contentEncoding,
    Map<String, String> tags) {
  /** Nothing. */
  public static final ReplicaHeaders NONE =
      new ReplicaHeaders("", Map.of(), "", "", "", "", Map.of());

  /** Copies the maps. */
  public ReplicaHeaders {
    userMetadata = Map.copyOf(userMetadata);
    tags = Map.copyOf(tags);
  }
}
