package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperations;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a query.
 *
 * @param versionId empty when absent
 * @param site the name of a location; absent is not the same as empty
 * @param marker where the page starts
 */
record Query(String versionId, Optional<String> site, long marker) {
  /**
   * Reads and checks the query. Of a repeated parameter the marker is the first one; the others are
   * joined by commas.
   *
   * @throws RequestError if the marker is no number or the name of the location is empty
   */
  static Query of(UriInfo uri) {
    Optional<String> site = joined(uri, ApiPaths.SITE_NAME);
    long marker =
        values(uri, ApiPaths.MARKER).stream()
            .findFirst()
            .map(Query::leadingInteger)
            .orElse(FailedOperations.FIRST_PAGE);
    if (site.isPresent() && site.get().isEmpty()) {
      throw RequestError.query("must be a non-empty string");
    }
    return new Query(versionId(uri), site, marker);
  }

  /** The version id of a route that takes no other parameter. */
  static String versionId(UriInfo uri) {
    return joined(uri, ApiPaths.VERSION_ID).orElse("");
  }

  private static Optional<String> joined(UriInfo uri, String name) {
    List<String> values = values(uri, name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  private static List<String> values(UriInfo uri, String name) {
    return uri.getQueryParameters().getOrDefault(name, List.of());
  }

  private static long leadingInteger(String text) {
    return Numbers.leadingInteger(text)
        .orElseThrow(() -> RequestError.query("marker must be a number"));
  }
}
