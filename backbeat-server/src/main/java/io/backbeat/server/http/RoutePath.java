package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import jakarta.ws.rs.core.UriInfo;

/** The part of a request target that names the route, as error descriptions show it. */
final class RoutePath {
  private static final String PREFIX = ApiPaths.INTERNAL_PREFIX.substring(1);

  /** How {@link EntryFilter} hides a semicolon from JAX-RS. */
  static final String SEMICOLON = "%3b";

  private RoutePath() {}

  /** Whether a path, relative to the base of the application, is one of ours. */
  static boolean isOurs(UriInfo uri) {
    return relative(uri).startsWith(PREFIX);
  }

  /** Path and query, still encoded, behind the prefix; with another prefix the whole of it. */
  static String of(UriInfo uri) {
    String path = relative(uri);
    String query = uri.getRequestUri().getRawQuery();
    String named = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : '/' + path;
    String shown = named.replace(SEMICOLON, ";");
    return query == null ? shown : shown + '?' + query;
  }

  /** The encoded path behind the base of the application, without a leading slash. */
  static String relative(UriInfo uri) {
    String path = uri.getPath(false);
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
