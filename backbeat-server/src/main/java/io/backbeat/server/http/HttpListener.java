package io.backbeat.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
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

  /** How long clients that stay connected have to send one more request and be told to go. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final HttpServer server;
  private final FrontHandler front;
  private final Connections connections;
  private final URI uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpListener(HttpServer server, FrontHandler front, Connections connections, URI uri) {
    this.server = server;
    this.front = front;
    this.connections = connections;
    this.uri = uri;
  }

  /**
   * Starts to serve.
   *
   * @param feature what to serve
   * @throws UncheckedIOException if the address cannot be listened on
   */
  public static HttpListener open(BackbeatFeature feature, ListenerOptions options) {
    return open(feature, options, AllowList.withLoopback(options.allowFrom()));
  }

  static HttpListener open(BackbeatFeature feature, ListenerOptions options, AllowList allowList) {
    ErrorForm form = feature.options().errorForm();
    AccessLog log = new AccessLog(options.accessLog());
    Connections connections =
        new Connections(
            options.limits(),
            new RawErrors(form, allowList, log),
            feature.options().bodyLimitBytes());
    NetworkListener listener = listener(options);
    listener.registerAddOn(
        (self, chain) ->
            configure(
                chain,
                connections,
                options.limits(),
                new Admission(allowList),
                feature.options().bodyLimitBytes()));
    HttpServer server = new HttpServer();
    server.addListener(listener);
    FrontHandler front =
        new FrontHandler(
            ContainerFactory.createContainer(GrizzlyHttpContainer.class, application(feature)),
            allowList,
            form,
            log);
    configure(server.getServerConfiguration(), front);
    try {
      server.start();
    } catch (IOException e) {
      server.shutdownNow();
      connections.close();
      throw new UncheckedIOException(
          "cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
    }
    connections.start();
    return new HttpListener(server, front, connections, uri(options.host(), listener.getPort()));
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  /** Where it listens, with the real port. */
  public URI uri() {
    return uri;
  }

  /**
   * Accepts nothing more, waits at most that long for requests being served, then cuts them off.
   * With a grace, clients that keep their connections get a moment to be told to go. Idempotent.
   */
  public void close(Duration grace) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    connections.drain();
    server.getListeners().forEach(listener -> listener.getTransport().unbindAll());
    try {
      if (!front.drain(grace)) {
        LOG.warn("requests still being served after {} are cut off", grace);
      }
      if (!grace.isZero()) {
        connections.awaitClosed(FAREWELL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.shutdownNow();
      connections.close();
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

  private static NetworkListener listener(ListenerOptions options) {
    NetworkListener listener = new NetworkListener(NAME, options.host(), options.port());
    listener.getFileCache().setEnabled(false);
    TCPNIOTransport transport = listener.getTransport();
    transport.setWorkerThreadPoolConfig(
        ThreadPoolConfig.defaultConfig()
            .setPoolName(NAME)
            .setCorePoolSize(options.threads())
            .setMaxPoolSize(options.threads()));
    long millis = options.limits().bodyTimeout().toMillis();
    transport.setReadTimeout(millis, TimeUnit.MILLISECONDS);
    transport.setWriteTimeout(millis, TimeUnit.MILLISECONDS);
    return listener;
  }

  /** From the wire up: connections, our codec in place of Grizzly's, whole bodies, handlers. */
  private static void configure(
      FilterChainBuilder chain,
      Connections connections,
      HttpLimits limits,
      Admission admission,
      long bodyLimitBytes) {
    int codec = chain.indexOfType(org.glassfish.grizzly.http.HttpServerFilter.class);
    chain.set(codec, new RequestCodec(connections, limits, admission, bodyLimitBytes));
    chain.add(codec, new ConnectionFilter(connections));
    chain.add(
        chain.indexOfType(HttpServerFilter.class),
        new WholeBodyFilter(connections, bodyLimitBytes));
    chain.add(chain.indexOfType(HttpServerFilter.class), new NoUpgrade());
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
