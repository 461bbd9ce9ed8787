package io.backbeat.server.serve;

import io.backbeat.api.Backbeat;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.config.ApiConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.http.HttpLimits;
import io.backbeat.server.probe.ProbeServer;
import io.backbeat.server.probe.Readiness;
import io.backbeat.server.profile.OpenedStores;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A server from its start to its end: stores, engine, probes, REST API, as its roles say. Closing
 * it is the graceful stop: not ready any more, no new requests, those under way are finished, the
 * engine is drained, the store is closed. For one thread.
 */
public final class ServerRun implements AutoCloseable {
  private final Closing closing;
  private final String place;
  private final Optional<BackbeatServer> api;
  private final ProbeServer probes;

  private ServerRun(
      Closing closing, String place, Optional<BackbeatServer> api, ProbeServer probes) {
    this.closing = closing;
    this.place = place;
    this.api = api;
    this.probes = probes;
  }

  /**
   * Starts a server; on return it is ready.
   *
   * @throws ServeException if it cannot start
   * @throws io.backbeat.embedded.StoreOpenException if the data directory cannot be used
   * @throws io.backbeat.server.place.PlaceException if a place cannot be used
   * @throws io.backbeat.server.profile.ProfileException if the profile cannot be run
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a service does not answer
   */
  public static ServerRun start(ServerConfig config) {
    return start(config, Profiles::open);
  }

  /** Starts a server on stores that the caller chooses; on return it is ready. */
  static ServerRun start(ServerConfig config, Function<ServerConfig, OpenedStores> profile) {
    Closing closing = new Closing();
    try {
      return start(config, profile, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static ServerRun start(
      ServerConfig config, Function<ServerConfig, OpenedStores> profile, Closing closing) {
    PlacedEngine engine = PlacedEngine.open(config, profile);
    closing.add(engine::close);
    Backbeat operations = engine.engine().operations();
    Readiness readiness = new Readiness(operations::health);
    ProbeServer probes =
        listen(
            "the probes",
            config.probe().host(),
            "backbeat.probe.host",
            config.probe().port(),
            "backbeat.probe.port, --probe-port",
            () ->
                ProbeServer.start(
                    config.probe().host(),
                    config.probe().port(),
                    readiness,
                    operations::monitoring));
    closing.add(probes::close);
    engine.start();
    Optional<BackbeatServer> api =
        config.roles().contains(ServerRole.API)
            ? Optional.of(serve(config.api(), operations))
            : Optional.empty();
    api.ifPresent(server -> closing.add(server::close));
    closing.add(readiness::stopping);
    readiness.started();
    return new ServerRun(closing, engine.place(), api, probes);
  }

  /** Where the REST API listens, with the real port; empty without the role. */
  public Optional<URI> apiUri() {
    return api.map(BackbeatServer::uri);
  }

  /** Where queues and statuses are, in a few words. */
  public String place() {
    return place;
  }

  /** Where the probes are, with the real port. */
  public URI probeUri() {
    return probes.uri();
  }

  /** Stops in good order; takes at most the time to drain and a few seconds. Idempotent. */
  @Override
  public void close() {
    closing.close();
  }

  private static BackbeatServer serve(ApiConfig api, Backbeat operations) {
    return listen(
        "the REST API",
        api.host(),
        "backbeat.api.host",
        api.port(),
        "server.port, --port",
        () -> BackbeatServer.start(operations, options(api)));
  }

  private static ServerOptions options(ApiConfig api) {
    return ServerOptions.DEFAULT
        .withHost(api.host())
        .withPort(api.port())
        .withAllowFrom(api.allowFrom())
        .withBodyLimitBytes(api.bodyLimitBytes())
        .withThreads(api.threads())
        .withErrorForm(api.errorForm())
        .withAccessLog(api.accessLog())
        .withLimits(
            HttpLimits.DEFAULT
                .withTimeouts(api.idleTimeout(), api.headerTimeout(), api.bodyTimeout())
                .withMaxConnections(api.maxConnections()));
  }

  private static <T> T listen(
      String what, String host, String hostKey, int port, String portKeys, Supplier<T> start) {
    try {
      if (InetAddress.getAllByName(host).length == 0) {
        throw new UnknownHostException(host);
      }
      return start.get();
    } catch (UnknownHostException e) {
      throw new ServeException(
          what
              + " cannot listen on "
              + host
              + ":"
              + port
              + ": no address has this name; give one of this machine ("
              + hostKey
              + "): "
              + e.getMessage(),
          e);
    } catch (UncheckedIOException e) {
      throw new ServeException(
          inUse(e)
              ? what
                  + " cannot use port "
                  + port
                  + " of "
                  + host
                  + ", which another program has; give another one ("
                  + portKeys
                  + "), 0 for any: "
                  + e.getMessage()
              : what
                  + " cannot listen on "
                  + host
                  + ":"
                  + port
                  + "; give an address of this machine ("
                  + hostKey
                  + ") and a port that may be used ("
                  + portKeys
                  + "): "
                  + e.getMessage(),
          e);
    }
  }

  /** The JDK has no type for it. */
  private static boolean inUse(UncheckedIOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
  }
}
