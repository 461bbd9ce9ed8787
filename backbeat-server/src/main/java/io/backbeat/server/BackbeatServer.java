package io.backbeat.server;

import io.backbeat.api.Backbeat;
import io.backbeat.server.http.BackbeatFeature;
import io.backbeat.server.http.HttpListener;
import io.backbeat.server.http.ListenerOptions;
import io.backbeat.server.http.RestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * The bundled REST server over a {@link Backbeat}. Serves from {@link #start} until {@link #close};
 * does not close the {@link Backbeat}. Thread-safe; several can run in one JVM. The first start
 * routes java.util.logging of the whole JVM to SLF4J.
 */
public final class BackbeatServer implements AutoCloseable {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  private final HttpListener listener;

  private BackbeatServer(HttpListener listener) {
    this.listener = listener;
  }

  /**
   * Starts to serve, by the system clock.
   *
   * @throws java.io.UncheckedIOException if the address cannot be listened on; a retry helps when
   *     it becomes free
   */
  public static BackbeatServer start(Backbeat backbeat, ServerOptions options) {
    return start(backbeat, options, Clock.systemUTC());
  }

  /**
   * Starts to serve.
   *
   * @param clock from which scheduled resumes count
   * @throws java.io.UncheckedIOException if the address cannot be listened on; a retry helps when
   *     it becomes free
   */
  public static BackbeatServer start(Backbeat backbeat, ServerOptions options, Clock clock) {
    LogBridge.install();
    return new BackbeatServer(
        HttpListener.open(
            new BackbeatFeature(
                backbeat, new RestOptions(clock, options.bodyLimitBytes(), options.errorForm())),
            new ListenerOptions(
                options.host(),
                options.port(),
                options.allowFrom(),
                options.threads(),
                options.accessLog(),
                options.limits())));
  }

  /** Where the server listens: {@code http://host:port/}, with the real port. */
  public URI uri() {
    return listener.uri();
  }

  /** How many connections are open. */
  public int connections() {
    return listener.connections();
  }

  /**
   * Stops accepting, waits at most that long for requests being served, then cuts them off.
   * Idempotent.
   */
  public void close(Duration grace) {
    listener.close(grace);
  }

  /** Closes with five seconds of grace. */
  @Override
  public void close() {
    close(DEFAULT_GRACE);
  }
}
