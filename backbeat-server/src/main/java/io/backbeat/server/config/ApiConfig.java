package io.backbeat.server.config;

import io.backbeat.server.http.ErrorForm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the REST API is served.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param allowFrom who may ask beside loopback clients
 * @param threads requests served at the same time
 * @param bodyLimitBytes the largest request body
 * @param errorForm the body of an error answer
 * @param headerTimeout within which request line and headers have to arrive
 * @param bodyTimeout within which the body has to arrive
 * @param idleTimeout after which a connection without a request is closed
 * @param maxConnections connections open at the same time
 * @param accessLog whether every request is logged
 */
public record ApiConfig(
    String host,
    int port,
    List<String> allowFrom,
    int threads,
    long bodyLimitBytes,
    ErrorForm errorForm,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxConnections,
    boolean accessLog) {
  /** Copies the list. */
  public ApiConfig {
    Objects.requireNonNull(host, "host");
    allowFrom = List.copyOf(allowFrom);
    Objects.requireNonNull(errorForm, "errorForm");
    Objects.requireNonNull(headerTimeout, "headerTimeout");
    Objects.requireNonNull(bodyTimeout, "bodyTimeout");
    Objects.requireNonNull(idleTimeout, "idleTimeout");
  }
}
