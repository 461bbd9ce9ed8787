package io.backbeat.testing;

import io.backbeat.zookeeper.ZooKeeperOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.apache.curator.test.TestingServer;

/** A real ZooKeeper in this process, for tests. A server that was stopped keeps its nodes. */
public final class ZooKeeperService implements AutoCloseable {
  private final TestingServer server;

  private ZooKeeperService() {
    System.setProperty("zookeeper.admin.enableServer", "false");
    try {
      this.server = new TestingServer(true);
    } catch (Exception e) {
      throw new IllegalStateException("ZooKeeper did not start", e);
    }
  }

  /** Starts a server of one's own, on a port that is free. */
  public static ZooKeeperService start() {
    return new ZooKeeperService();
  }

  /** The server that tests of this JVM share; not to be stopped. */
  public static ZooKeeperService shared() {
    return Shared.SERVICE;
  }

  private static final class Shared {
    static final ZooKeeperService SERVICE = start();
  }

  /** {@code host:port}. */
  public String hosts() {
    return server.getConnectString();
  }

  /** Options with a chroot that nobody else has, made when it is needed. */
  public ZooKeeperOptions options() {
    return ZooKeeperOptions.of(hosts() + "/t" + UUID.randomUUID())
        .withAutoCreateNamespace(true)
        .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  /** Stops it. */
  public void stop() throws Exception {
    server.stop();
  }

  /** Starts it after {@link #stop}, on the same port and with its nodes. */
  public void restart() throws Exception {
    server.restart();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
