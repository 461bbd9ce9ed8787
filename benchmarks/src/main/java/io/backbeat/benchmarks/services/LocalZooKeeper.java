package io.backbeat.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** One ZooKeeper server in this process. */
final class LocalZooKeeper {
  private LocalZooKeeper() {}

  static LocalService start(Path directory, int port) {
    try {
      TestingServer server =
          new TestingServer(new InstanceSpec(directory.toFile(), port, -1, -1, false, 1), true);
      return new LocalService("ZooKeeper", "127.0.0.1:" + port, () -> stop(server));
    } catch (Exception e) {
      throw new IllegalStateException("ZooKeeper cannot be started on port " + port, e);
    }
  }

  private static void stop(TestingServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
