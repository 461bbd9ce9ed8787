package io.backbeat.server.http;

import jakarta.ws.rs.core.UriInfo;

/**
 * For routes whose whole target must match, so that a query or a trailing slash is another route.
 */
final class ExactTarget {
  private ExactTarget() {}

  /**
   * Compares the target behind the prefix with a route.
   *
   * @throws RequestError if they differ; ROUTE_NOT_FOUND
   */
  static void require(UriInfo uri, String route) {
    if (!RoutePath.of(uri).equals(route)) {
      throw RequestError.noSuchPath("nothing may follow " + route);
    }
  }
}
