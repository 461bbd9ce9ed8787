package io.backbeat.server.http;

import io.backbeat.api.ObjectVersion;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** The part of a path that names an object version: {@code <bucket>/<key>?versionId=<id>}. */
final class ObjectPath {
  private ObjectPath() {}

  /** The version, if bucket, key and version id are all given. */
  static Optional<ObjectVersion> of(String bucket, String key, UriInfo uri) {
    String bareKey = Site.withoutSlash(key);
    String versionId = Query.versionId(uri);
    return bucket.isEmpty() || bareKey.isEmpty() || versionId.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObjectVersion(bucket, bareKey, versionId));
  }

  /**
   * The version.
   *
   * @throws RequestError if a part of it is missing
   */
  static ObjectVersion required(String bucket, String key, UriInfo uri) {
    return of(bucket, key, uri)
        .orElseThrow(
            () ->
                RequestError.notFound(
                    "must provide object key and version ID in route: " + RoutePath.of(uri)));
  }
}
