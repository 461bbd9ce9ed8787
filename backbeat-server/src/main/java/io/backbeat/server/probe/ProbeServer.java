package io.backbeat.server.probe;

import io.backbeat.server.LogBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Serves {@code /_/live}, {@code /_/ready} and {@code /metrics} on a port of their own, so that an
 * orchestrator gets an answer when the REST API is busy. A client that stops in the middle of a
 * request holds no thread, and its connection is closed after ten seconds, or earlier when there
 * are more than 256. Thread-safe.
 */
public final class ProbeServer implements AutoCloseable {
  private static final String NAME = "backbeat-probe";
  private static final int THREADS = 4;
  private static final int IDLE_SECONDS = 10;

  private final HttpServer server;
  private final URI uri;

  private ProbeServer(HttpServer server, URI uri) {
    this.server = server;
    this.uri = uri;
  }

  /**
   * Starts to serve. Routes java.util.logging of the whole JVM to SLF4J.
   *
   * @param port 0 for any free one
   * @param metrics the meters in the Prometheus text format
   * @throws UncheckedIOException if the address cannot be listened on; a retry helps when it
   *     becomes free
   */
  public static ProbeServer start(
      String host, int port, Readiness readiness, Supplier<String> metrics) {
    LogBridge.install();
    NetworkListener listener = listener(host, port);
    HttpServer server = new HttpServer();
    server.addListener(listener);
    ServerConfiguration configuration = server.getServerConfiguration();
    configuration.setPassTraceRequest(true);
    configuration.setJmxEnabled(false);
    configuration.addHttpHandler(new ProbeHandler(readiness, metrics), "/");
    try {
      String address = InetAddress.getByName(host).getHostAddress();
      server.start();
      return new ProbeServer(server, uri(address, listener.getPort()));
    } catch (IOException e) {
      server.shutdownNow();
      throw new UncheckedIOException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens, with the real port. */
  public URI uri() {
    return uri;
  }

  /** Stops at once. Idempotent. */
  @Override
  public void close() {
    server.shutdownNow();
  }

  private static NetworkListener listener(String host, int port) {
    NetworkListener listener = new NetworkListener(NAME, host, port);
    listener.getFileCache().setEnabled(false);
    listener.getKeepAlive().setIdleTimeoutInSeconds(IDLE_SECONDS);
    listener.registerAddOn((self, chain) -> chain.add(1, new ConnectionCap()));
    TCPNIOTransport transport = listener.getTransport();
    transport.setSelectorRunnersCount(1);
    transport.setReadTimeout(IDLE_SECONDS, TimeUnit.SECONDS);
    transport.setWriteTimeout(IDLE_SECONDS, TimeUnit.SECONDS);
    transport.setWorkerThreadPoolConfig(
        ThreadPoolConfig.defaultConfig()
            .setPoolName(NAME)
            .setDaemon(true)
            .setCorePoolSize(THREADS)
            .setMaxPoolSize(THREADS));
    return listener;
  }

  private static URI uri(String address, int port) {
    return URI.create(
        "http://" + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port);
  }
}
