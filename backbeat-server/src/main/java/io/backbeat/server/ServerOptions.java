package io.backbeat.server;

import io.backbeat.server.http.ErrorForm;
import io.backbeat.server.http.HttpLimits;
import io.backbeat.server.http.RestOptions;
import java.util.List;
import java.util.Objects;

/**
 * How the bundled server listens and answers.
 *
 * @param host the address to listen on; {@code 0.0.0.0} for every IPv4 interface
 * @param port 0 to 65535; 0 for any free port
 * @param allowFrom who may ask, as addresses or CIDR blocks; loopback addresses always may
 * @param bodyLimitBytes the largest request body, at least 1; a larger one is answered with 413
 * @param threads how many requests are served at the same time, at least 1; more wait
 * @param errorForm what the body of an error holds
 * @param accessLog whether each request leaves a line on the logger {@code backbeat.access}
 * @param limits what a client may take up before it is sent away
 */
public record ServerOptions(
    String host,
    int port,
    List<String> allowFrom,
    long bodyLimitBytes,
    int threads,
    ErrorForm errorForm,
    boolean accessLog,
    HttpLimits limits) {
  /**
   * Port 8900 of the loopback interface, loopback clients only, bodies up to 1 MiB, 16 threads,
   * errors with code, description and name, an access log, {@link HttpLimits#DEFAULT}.
   */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          8900,
          List.of(),
          RestOptions.DEFAULT_BODY_LIMIT_BYTES,
          16,
          ErrorForm.THREE_KEY,
          true,
          HttpLimits.DEFAULT);

  private static final int MAX_PORT = 65_535;

  /** Checks the ranges above and copies the list. */
  public ServerOptions {
    Objects.requireNonNull(host, "host");
    allowFrom = List.copyOf(allowFrom);
    Objects.requireNonNull(errorForm, "errorForm");
    Objects.requireNonNull(limits, "limits");
    require(!host.isEmpty(), "host must not be empty");
    require(port >= 0 && port <= MAX_PORT, "port must be from 0 to 65535, was " + port);
    require(bodyLimitBytes >= 1, "bodyLimitBytes must be >= 1, was " + bodyLimitBytes);
    require(threads >= 1, "threads must be >= 1, was " + threads);
  }

  /** The same on another host. */
  public ServerOptions withHost(String newHost) {
    return new ServerOptions(
        newHost, port, allowFrom, bodyLimitBytes, threads, errorForm, accessLog, limits);
  }

  /** The same on another port. */
  public ServerOptions withPort(int newPort) {
    return new ServerOptions(
        host, newPort, allowFrom, bodyLimitBytes, threads, errorForm, accessLog, limits);
  }

  /** The same for other clients. */
  public ServerOptions withAllowFrom(List<String> newAllowFrom) {
    return new ServerOptions(
        host, port, newAllowFrom, bodyLimitBytes, threads, errorForm, accessLog, limits);
  }

  /** The same with another body limit. */
  public ServerOptions withBodyLimitBytes(long newBodyLimitBytes) {
    return new ServerOptions(
        host, port, allowFrom, newBodyLimitBytes, threads, errorForm, accessLog, limits);
  }

  /** The same with another number of threads. */
  public ServerOptions withThreads(int newThreads) {
    return new ServerOptions(
        host, port, allowFrom, bodyLimitBytes, newThreads, errorForm, accessLog, limits);
  }

  /** The same with another form of errors. */
  public ServerOptions withErrorForm(ErrorForm newErrorForm) {
    return new ServerOptions(
        host, port, allowFrom, bodyLimitBytes, threads, newErrorForm, accessLog, limits);
  }

  /** The same with or without an access log. */
  public ServerOptions withAccessLog(boolean newAccessLog) {
    return new ServerOptions(
        host, port, allowFrom, bodyLimitBytes, threads, errorForm, newAccessLog, limits);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(HttpLimits newLimits) {
    return new ServerOptions(
        host, port, allowFrom, bodyLimitBytes, threads, errorForm, accessLog, newLimits);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
