package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What follows the prefix in a request target, encoded.
 *
 * @param path without a leading slash
 * @param query with its leading question mark; empty without parameters
 */
record Route(String path, String query) {
  /** One of the paths of {@link ApiPaths}. */
  static Route of(String apiPath) {
    return new Route(apiPath, "");
  }

  /** A path of a service. */
  static Route of(ServiceName service, String apiPath) {
    return of(service.wireName() + '/' + apiPath);
  }

  /** One segment more. */
  Route segment(String text) {
    return new Route(path + '/' + PercentEncoding.encode(text), query);
  }

  /**
   * The segment of a location.
   *
   * @throws BackbeatException ROUTE_NOT_FOUND for a location called {@code all}, which in a path
   *     means every location
   */
  Route location(LocationName location) {
    if (location.value().equals(ApiPaths.ALL)) {
      throw new BackbeatException(
          ErrorCode.ROUTE_NOT_FOUND,
          "a location called \"all\" cannot be named over HTTP, where it means all locations");
    }
    return segment(location.value());
  }

  /** Bucket and key, each segment of the key for itself, and the version id if there is one. */
  Route object(ObjectVersion object) {
    String key =
        Arrays.stream(object.key().split("/", -1))
            .map(PercentEncoding::encode)
            .collect(Collectors.joining("/"));
    Route named = new Route(segment(object.bucket()).path + '/' + key, query);
    return object.versionId().isEmpty()
        ? named
        : named.parameter(ApiPaths.VERSION_ID, object.versionId());
  }

  /** Like {@link #object}, for routes that mean something else when there is no version id. */
  Route objectOrUnversioned(ObjectVersion object) {
    Route named = object(object);
    return object.versionId().isEmpty() ? named.parameter(ApiPaths.UNVERSIONED, "true") : named;
  }

  /** One parameter more. */
  Route parameter(String name, String value) {
    char separator = query.isEmpty() ? '?' : '&';
    return new Route(path, query + separator + name + '=' + PercentEncoding.encode(value));
  }

  /** With the parameter that asks for all that is known. */
  Route detailed() {
    return parameter(ApiPaths.DETAIL, "true");
  }

  /** Path and query. */
  @Override
  public String toString() {
    return path + query;
  }
}
