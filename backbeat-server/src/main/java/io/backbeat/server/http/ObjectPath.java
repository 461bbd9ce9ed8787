package io.backbeat.server.http;

import io.backbeat.api.ObjectVersion;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/**
 * The part of a request that names an object version: {@code <bucket>/<key>} in the path and in the
 * query {@code versionId=<id>}, or {@code unversioned=true} for an object that has none.
 */
final class ObjectPath {
  private ObjectPath() {}

  /** The version, if bucket, key and version id are all given. */
  static Optional<ObjectVersion> of(String bucket, String key, UriInfo uri) {
    String bareKey = Site.withoutSlash(key);
    return Query.versionId(uri)
        .filter(versionId -> !bucket.isEmpty() && !bareKey.isEmpty())
        .map(versionId -> new ObjectVersion(bucket, bareKey, versionId));
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

  /**
   * The version of a route on which a query without version id means an object that has none.
   *
   * @throws RequestError if the bucket or the key is missing
   */
  static ObjectVersion versionOptional(String bucket, String key, UriInfo uri) {
    String bareKey = Site.withoutSlash(key);
    if (bucket.isEmpty() || bareKey.isEmpty()) {
      throw RequestError.notFound(
          "must provide bucket and object key in route: " + RoutePath.of(uri));
    }
    return new ObjectVersion(
        bucket, bareKey, Query.versionId(uri).orElse(ObjectVersion.UNVERSIONED));
  }
}
