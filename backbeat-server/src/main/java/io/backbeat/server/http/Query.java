package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperations;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of the list of failed operations.
 *
 * @param site the name of a location; absent is not the same as empty
 * @param marker where the page starts
 * @param limit how long the page is
 */
record Query(Optional<String> site, long marker, int limit) {
  /** The largest page that can be asked for. */
  static final int MAX_LIMIT = 1000;

  /**
   * Reads and checks the query. Of a repeated marker the first one counts; repeated names of
   * locations are joined by commas.
   *
   * @throws RequestError if the marker is no number, negative or beyond a long, the name of the
   *     location empty, or the limit not from 1 to {@value #MAX_LIMIT}
   */
  static Query of(UriInfo uri) {
    long marker =
        values(uri, ApiPaths.MARKER).stream()
            .findFirst()
            .map(Query::marker)
            .orElse(FailedOperations.FIRST_PAGE);
    Optional<String> site = joined(uri, ApiPaths.SITE_NAME);
    if (site.isPresent() && site.get().isEmpty()) {
      throw RequestError.query("must be a non-empty string");
    }
    int limit = single(uri, ApiPaths.LIMIT).map(Query::limit).orElse(FailedOperations.PAGE_SIZE);
    return new Query(site, marker, limit);
  }

  /** Whether an answer with all that is known is asked for. */
  static boolean detail(UriInfo uri) {
    return flag(uri, ApiPaths.DETAIL);
  }

  /**
   * The version id that a query names: empty text when the object is said to have none, nothing
   * when the query does not say.
   *
   * @throws RequestError if it says both
   */
  static Optional<String> versionId(UriInfo uri) {
    Optional<String> named = joined(uri, ApiPaths.VERSION_ID).filter(id -> !id.isEmpty());
    if (!flag(uri, ApiPaths.UNVERSIONED)) {
      return named;
    }
    if (named.isPresent()) {
      throw RequestError.query("unversioned=true contradicts versionId");
    }
    return Optional.of("");
  }

  private static boolean flag(UriInfo uri, String name) {
    String value = single(uri, name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw RequestError.query(name + " must be true or false");
    }
    return value.equals("true");
  }

  private static Optional<String> single(UriInfo uri, String name) {
    List<String> values = values(uri, name);
    if (values.size() > 1) {
      throw RequestError.query(name + " must be given once");
    }
    return values.stream().findFirst();
  }

  private static Optional<String> joined(UriInfo uri, String name) {
    List<String> values = values(uri, name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  private static List<String> values(UriInfo uri, String name) {
    return uri.getQueryParameters().getOrDefault(name, List.of());
  }

  private static long marker(String text) {
    long marker =
        Numbers.leadingInteger(text)
            .orElseThrow(() -> RequestError.query("marker must be a number"));
    if (marker < FailedOperations.FIRST_PAGE
        || marker == Long.MAX_VALUE
        || Numbers.hasExponentBeyondLong(text)) {
      throw RequestError.query("marker must be a number from 0 to " + (Long.MAX_VALUE - 1));
    }
    return marker;
  }

  private static int limit(String text) {
    int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RequestError.query("limit must be a number from 1 to " + MAX_LIMIT);
    }
    return limit;
  }
}
