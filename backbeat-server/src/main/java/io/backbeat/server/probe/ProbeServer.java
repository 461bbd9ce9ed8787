package io.backbeat.server.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /_/live}, {@code /_/ready} and {@code /metrics} on a port of their own, so that an
 * orchestrator gets an answer when the REST API is busy. Thread-safe.
 */
public final class ProbeServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Readiness readiness;
  private final Supplier<String> metrics;

  private ProbeServer(HttpServer server, Readiness readiness, Supplier<String> metrics) {
    this.server = server;
    this.readiness = readiness;
    this.metrics = metrics;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "backbeat-probe");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to serve.
   *
   * @param port 0 for any free one
   * @param metrics the meters in the Prometheus text format
   * @throws UncheckedIOException if the address cannot be listened on; a retry helps when it
   *     becomes free
   */
  public static ProbeServer start(
      String host, int port, Readiness readiness, Supplier<String> metrics) {
    try {
      ProbeServer probes =
          new ProbeServer(
              HttpServer.create(new InetSocketAddress(host, port), 0), readiness, metrics);
      probes.server.setExecutor(probes.threads);
      probes.server.createContext("/", probes::serve);
      probes.server.start();
      return probes;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens, with the real port. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
  }

  /** Stops at once. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      ProbeAnswer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().toString());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** The target is compared as a whole, with its query, as the original does. */
  private ProbeAnswer answer(String method, String target) {
    if (!method.equals("GET")) {
      return ProbeAnswer.NOT_GET;
    }
    try {
      return switch (target) {
        case "/_/live" -> ProbeAnswer.OK;
        case "/_/ready", "/_/health/readiness" -> ProbeAnswer.readiness(readiness.failing());
        case "/metrics", "/_/monitoring/metrics" -> ProbeAnswer.metrics(metrics.get());
        default -> ProbeAnswer.UNKNOWN;
      };
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be answered", target, e);
      return ProbeAnswer.internalError(target + " cannot be answered; the log tells why.");
    }
  }
}
