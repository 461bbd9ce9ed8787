package io.backbeat.server.http;

import java.time.Duration;
import java.util.Objects;

/**
 * What a client may take up of the bundled server before it is sent away. A connection that waits,
 * for its client or for its next request, holds no thread.
 *
 * @param idleTimeout how long a connection may stay open without a request, at least 1 ms; then it
 *     is closed
 * @param headerTimeout how long the request line and the headers may take from their first byte on,
 *     at least 1 ms; then 408
 * @param bodyTimeout how long the body may take, at least 1 ms; then 408. Also how long a client
 *     may leave an answer unread
 * @param maxHeaderBytes the largest request line with headers, at least 256; a larger one is
 *     answered with 431
 * @param maxTargetBytes the longest path with query, at least 128; a longer one is answered with
 *     431
 * @param maxConnections how many connections may be open at the same time, at least 1; the next one
 *     is answered with 503 and closed
 */
public record HttpLimits(
    Duration idleTimeout,
    Duration headerTimeout,
    Duration bodyTimeout,
    int maxHeaderBytes,
    int maxTargetBytes,
    int maxConnections) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final int SMALLEST_HEADER = 256;
  private static final int SMALLEST_TARGET = 128;

  /**
   * Idle 60 s, headers 10 s, body 30 s, 16 KiB of request line and headers, which the path and
   * query may use up, 16,384 connections.
   */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          16 * 1024,
          16 * 1024,
          16 * 1024);

  /** Checks the ranges above. */
  public HttpLimits {
    require("idleTimeout", idleTimeout);
    require("headerTimeout", headerTimeout);
    require("bodyTimeout", bodyTimeout);
    require("maxHeaderBytes", maxHeaderBytes, SMALLEST_HEADER);
    require("maxTargetBytes", maxTargetBytes, SMALLEST_TARGET);
    require("maxConnections", maxConnections, 1);
  }

  /** The same with other times. */
  public HttpLimits withTimeouts(Duration idle, Duration header, Duration body) {
    return new HttpLimits(idle, header, body, maxHeaderBytes, maxTargetBytes, maxConnections);
  }

  /** The same with other sizes. */
  public HttpLimits withSizes(int newMaxHeaderBytes, int newMaxTargetBytes) {
    return new HttpLimits(
        idleTimeout,
        headerTimeout,
        bodyTimeout,
        newMaxHeaderBytes,
        newMaxTargetBytes,
        maxConnections);
  }

  /** The same with another number of connections. */
  public HttpLimits withMaxConnections(int newMaxConnections) {
    return new HttpLimits(
        idleTimeout, headerTimeout, bodyTimeout, maxHeaderBytes, maxTargetBytes, newMaxConnections);
  }

  private static void require(String name, Duration value) {
    if (Objects.requireNonNull(value, name).compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, was " + value);
    }
  }

  private static void require(String name, int value, int smallest) {
    if (value < smallest) {
      throw new IllegalArgumentException(name + " must be >= " + smallest + ", was " + value);
    }
  }
}
