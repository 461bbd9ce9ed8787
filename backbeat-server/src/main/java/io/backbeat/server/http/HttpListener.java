package io.backbeat.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Grizzly server with nothing but Backbeat on it. Thread-safe. */
public final class HttpListener implements AutoCloseable {
  private static final String NAME = "backbeat-http";

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final HttpServer server;
  private final FrontHandler front;
  private final URI uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpListener(HttpServer server, FrontHandler front, URI uri) {
    this.server = server;
    this.front = front;
    this.uri = uri;
  }

  /**
   * Starts to serve.
   *
   * @param feature what to serve
   * @param host the address to listen on
   * @param port the port; 0 for any free one
   * @param allowFrom who may ask beside loopback clients
   * @param threads how many requests are served at the same time
   * @throws UncheckedIOException if the address cannot be listened on
   */
  public static HttpListener open(
      BackbeatFeature feature, String host, int port, List<String> allowFrom, int threads) {
    return open(feature, host, port, AllowList.withLoopback(allowFrom), threads);
  }

  static HttpListener open(
      BackbeatFeature feature, String host, int port, AllowList allowList, int threads) {
    ResourceConfig application = application(feature).register(new AddressFilter(allowList));
    NetworkListener listener = new NetworkListener(NAME, host, port);
    listener
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig()
                .setPoolName(NAME)
                .setCorePoolSize(threads)
                .setMaxPoolSize(threads));
    listener.registerAddOn(
        (self, chain) -> chain.add(chain.indexOfType(HttpServerFilter.class), new NoUpgrade()));
    HttpServer server = new HttpServer();
    server.addListener(listener);
    FrontHandler front =
        new FrontHandler(ContainerFactory.createContainer(GrizzlyHttpContainer.class, application));
    configure(server.getServerConfiguration(), front);
    try {
      server.start();
    } catch (IOException e) {
      server.shutdownNow();
      throw new UncheckedIOException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    return new HttpListener(server, front, uri(host, listener.getPort()));
  }

  /** Where it listens, with the real port. */
  public URI uri() {
    return uri;
  }

  /** Waits at most that long for requests being served, then cuts them off. Idempotent. */
  public void close(Duration grace) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!front.drain(grace)) {
        LOG.warn("requests still being served after {} are cut off", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.shutdownNow();
    }
  }

  /** Closes without grace. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  private static ResourceConfig application(BackbeatFeature feature) {
    return new ResourceConfig()
        .register(feature)
        .register(new ForeignPathFilter())
        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
        .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
  }

  private static void configure(ServerConfiguration configuration, FrontHandler front) {
    // Otherwise Grizzly answers TRACE itself, before the allow list.
    configuration.setPassTraceRequest(true);
    configuration.setJmxEnabled(false);
    configuration.addHttpHandler(front, "/");
  }

  private static URI uri(String host, int port) {
    try {
      return new URI("http", null, host, port, "/", null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("host must be an address or a name, was " + host, e);
    }
  }
}
