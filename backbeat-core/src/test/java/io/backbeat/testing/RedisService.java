package io.backbeat.testing;

import io.backbeat.redis.RedisEndpoint;
import io.backbeat.redis.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis on this machine, for tests. It keeps nothing: a server that is started again is
 * empty. With {@code -Dbackbeat.it.redis.server=/usr/bin/redis-server} that server is started in
 * place of the bundled one.
 */
public final class RedisService implements AutoCloseable {
  private static final String OTHER_SERVER = "backbeat.it.redis.server";

  private final int port;
  private final List<String> settings;
  private RedisServer server;

  private RedisService(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
    this.server = newServer(port, settings);
  }

  /** Starts a server of one's own, on a port that is free. */
  public static RedisService start() {
    return start(List.of());
  }

  /**
   * Starts a cluster of one node that has all slots: it refuses what a cluster refuses.
   *
   * @param directory where it keeps its configuration
   */
  public static RedisService startCluster(Path directory) {
    RedisService service =
        start(List.of("cluster-enabled yes", "dir " + directory, "cluster-config-file nodes.conf"));
    try (RedisClient client = service.client()) {
      CommandArguments slots = new CommandArguments(Protocol.Command.CLUSTER).add("ADDSLOTS");
      IntStream.range(0, 16_384).forEach(slots::add);
      client.executeCommand(slots);
      CommandArguments info = new CommandArguments(Protocol.Command.CLUSTER).add("INFO");
      Awaitility.await()
          .until(
              () ->
                  new String((byte[]) client.executeCommand(info), StandardCharsets.UTF_8)
                      .contains("cluster_state:ok"));
    }
    return service;
  }

  private static RedisService start(List<String> settings) {
    RedisService service = new RedisService(freePort(), settings);
    service.restart();
    return service;
  }

  /** The server that tests of this JVM share; it ends with the JVM. Not to be stopped. */
  public static RedisService shared() {
    return Shared.SERVICE;
  }

  private static final class Shared {
    static final RedisService SERVICE = start();
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Options with a prefix that nobody else has. */
  public RedisOptions options() {
    return bareOptions().withKeyPrefix("t" + UUID.randomUUID() + "~");
  }

  /** Options without a prefix: the keys of the original. */
  public RedisOptions bareOptions() {
    return RedisOptions.of(RedisEndpoint.at("127.0.0.1", port)).withTimeout(Duration.ofSeconds(2));
  }

  /** A client for raw commands; to be closed. */
  public RedisClient client() {
    return RedisClient.create("127.0.0.1", port);
  }

  /** Stops it; everything it held is gone. */
  public void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it after {@link #stop}, on the same port. */
  public void restart() {
    try {
      server = newServer(port, settings);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answers);
  }

  /** What the server prints when it starts does not mean that it listens. */
  private boolean answers() {
    try (RedisClient client = client()) {
      return "PONG".equals(client.ping());
    } catch (JedisConnectionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static RedisServer newServer(int port, List<String> settings) {
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no");
      settings.forEach(builder::setting);
      String other = System.getProperty(OTHER_SERVER, "");
      if (!other.isEmpty()) {
        builder.executableProvider(() -> Path.of(other).toFile());
      }
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
