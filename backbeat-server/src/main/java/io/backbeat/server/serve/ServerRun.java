package io.backbeat.server.serve;

import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.server.config.ApiConfig;
import io.backbeat.server.config.Profile;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.http.HttpLimits;
import io.backbeat.server.probe.ProbeServer;
import io.backbeat.server.probe.Readiness;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A server from its start to its end: probes, store, engine, REST API. Closing it is the graceful
 * stop: not ready any more, no new requests, those under way are finished, the engine is drained,
 * the store is closed. For one thread.
 */
public final class ServerRun implements AutoCloseable {
  private final Closing closing;
  private final BackbeatServer api;
  private final ProbeServer probes;

  private ServerRun(Closing closing, BackbeatServer api, ProbeServer probes) {
    this.closing = closing;
    this.api = api;
    this.probes = probes;
  }

  /**
   * Starts a server; on return it is ready.
   *
   * @throws ServeException if it cannot start
   * @throws io.backbeat.embedded.StoreOpenException if the data directory cannot be used
   * @throws io.backbeat.server.place.PlaceException if a place cannot be used
   */
  public static ServerRun start(ServerConfig config) {
    if (config.profile() == Profile.CLUSTER) {
      throw new ServeException(
          "the profile \"cluster\" cannot be run yet: the adapters for Kafka, MongoDB, Redis and ZooKeeper are still"
              + " to come; --profile embedded runs the same configuration on the local store, where sites wait until"
              + " backbeat.replication.locations says where their copies go");
    }
    Closing closing = new Closing();
    try {
      return start(config, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static ServerRun start(ServerConfig config, Closing closing) {
    EmbeddedEngine embedded = EmbeddedEngine.open(config);
    closing.add(embedded::close);
    Readiness readiness = new Readiness(embedded.engine().operations()::health);
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
                    embedded.engine().operations()::monitoring));
    closing.add(probes::close);
    embedded.start();
    BackbeatServer api =
        listen(
            "the REST API",
            config.api().host(),
            "backbeat.api.host",
            config.api().port(),
            "server.port, --port",
            () -> BackbeatServer.start(embedded.engine().operations(), options(config.api())));
    closing.add(api::close);
    closing.add(readiness::stopping);
    readiness.started();
    return new ServerRun(closing, api, probes);
  }

  /** Where the REST API listens, with the real port. */
  public URI apiUri() {
    return api.uri();
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
