package io.backbeat.client;

import io.backbeat.api.ApiPaths;
import java.net.URI;

/** Where the paths of the API begin. */
final class BaseUri {
  private BaseUri() {}

  /**
   * The place of a server as callers give it, completed to the prefix of the API and its slash.
   *
   * @throws IllegalArgumentException if it is no absolute http or https URI, or holds more than a
   *     host and a path
   */
  static URI of(URI given) {
    boolean http =
        "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
    if (!http || given.getHost() == null) {
      throw new IllegalArgumentException(
          "base URI must be like http://host:8900 or https://host/path, was " + given);
    }
    if (given.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "base URI must not hold a user name or password (host "
              + given.getHost()
              + "); give them to the HttpClient or to a RequestSigner");
    }
    if (given.getRawQuery() != null || given.getRawFragment() != null) {
      throw new IllegalArgumentException("base URI must end with its path, was " + given);
    }
    return URI.create(
        given.getScheme() + "://" + given.getRawAuthority() + prefix(given.getRawPath()));
  }

  private static String prefix(String path) {
    String base = path.endsWith("/") ? path : path + '/';
    boolean complete =
        base.endsWith(ApiPaths.PUBLIC_PREFIX) || base.endsWith(ApiPaths.INTERNAL_PREFIX);
    return complete ? base : base + ApiPaths.PUBLIC_PREFIX.substring(1);
  }
}
