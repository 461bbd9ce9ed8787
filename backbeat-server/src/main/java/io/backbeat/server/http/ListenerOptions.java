package io.backbeat.server.http;

import java.util.List;
import java.util.Objects;

/**
 * How an {@link HttpListener} listens.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free one
 * @param allowFrom who may ask beside loopback clients
 * @param threads how many requests are served at the same time, at least 1
 * @param accessLog whether each request leaves a line in the log
 * @param limits what a client may take up
 */
public record ListenerOptions(
    String host,
    int port,
    List<String> allowFrom,
    int threads,
    boolean accessLog,
    HttpLimits limits) {
  /** Copies the list. */
  public ListenerOptions {
    Objects.requireNonNull(host, "host");
    allowFrom = List.copyOf(allowFrom);
    Objects.requireNonNull(limits, "limits");
  }
}
