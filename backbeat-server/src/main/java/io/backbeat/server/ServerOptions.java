package io.backbeat.server;

import io.backbeat.server.http.BackbeatFeature;
import java.util.List;
import java.util.Objects;

/**
 * How the bundled server listens.
 *
 * @param host the address to listen on; {@code 0.0.0.0} for every IPv4 interface
 * @param port 0 to 65535; 0 for any free port
 * @param allowFrom who may ask, as addresses or CIDR blocks; loopback addresses always may
 * @param bodyLimitBytes the largest request body, at least 1; a larger one is answered with 413
 * @param threads how many requests are served at the same time, at least 1; more wait
 */
public record ServerOptions(
    String host, int port, List<String> allowFrom, long bodyLimitBytes, int threads) {
  /** Port 8900 of the loopback interface, loopback clients only, bodies up to 1 MiB, 16 threads. */
  public static final ServerOptions DEFAULT =
      new ServerOptions("127.0.0.1", 8900, List.of(), BackbeatFeature.DEFAULT_BODY_LIMIT_BYTES, 16);

  private static final int MAX_PORT = 65_535;

  /** Checks the ranges above and copies the list. */
  public ServerOptions {
    Objects.requireNonNull(host, "host");
    allowFrom = List.copyOf(allowFrom);
    require(!host.isEmpty(), "host must not be empty");
    require(port >= 0 && port <= MAX_PORT, "port must be from 0 to 65535, was " + port);
    require(bodyLimitBytes >= 1, "bodyLimitBytes must be >= 1, was " + bodyLimitBytes);
    require(threads >= 1, "threads must be >= 1, was " + threads);
  }

  /** The same on another host. */
  public ServerOptions withHost(String newHost) {
    return new ServerOptions(newHost, port, allowFrom, bodyLimitBytes, threads);
  }

  /** The same on another port. */
  public ServerOptions withPort(int newPort) {
    return new ServerOptions(host, newPort, allowFrom, bodyLimitBytes, threads);
  }

  /** The same for other clients. */
  public ServerOptions withAllowFrom(List<String> newAllowFrom) {
    return new ServerOptions(host, port, newAllowFrom, bodyLimitBytes, threads);
  }

  /** The same with another body limit. */
  public ServerOptions withBodyLimitBytes(long newBodyLimitBytes) {
    return new ServerOptions(host, port, allowFrom, newBodyLimitBytes, threads);
  }

  /** The same with another number of threads. */
  public ServerOptions withThreads(int newThreads) {
    return new ServerOptions(host, port, allowFrom, bodyLimitBytes, newThreads);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
