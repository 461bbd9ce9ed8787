package io.backbeat.server.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.testing.ZooKeeperService;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryUntilElapsed;
import org.apache.zookeeper.KeeperException;

/** A real ZooKeeper with the nodes of the recording, which had no chroot, as they are. */
final class RecordedZooKeeper implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String OWN = "zookeeper";

  private final CuratorFramework client;

  RecordedZooKeeper(ZooKeeperService service) {
    this.client =
        CuratorFrameworkFactory.newClient(
            service.hosts(), new RetryUntilElapsed(PATIENCE_MILLIS, 50));
    client.start();
  }

  /** Removes everything, then writes nodes by path; those without data stay away. */
  void reset(Map<String, Optional<String>> nodes) {
    try {
      for (String child : client.getChildren().forPath("/")) {
        if (!child.equals(OWN)) {
          client.delete().quietly().deletingChildrenIfNeeded().forPath("/" + child);
        }
      }
      for (Map.Entry<String, Optional<String>> node : nodes.entrySet()) {
        if (node.getValue().isPresent()) {
          byte[] data = node.getValue().get().getBytes(UTF_8);
          client.create().creatingParentsIfNeeded().forPath(node.getKey(), data);
        }
      }
    } catch (Exception e) {
      throw new AssertionError("ZooKeeper did not take the nodes " + nodes, e);
    }
  }

  /** What a node holds. */
  Optional<String> read(String path) {
    try {
      return Optional.of(new String(client.getData().forPath(path), UTF_8));
    } catch (KeeperException.NoNodeException missing) {
      return Optional.empty();
    } catch (Exception e) {
      throw new AssertionError("ZooKeeper did not tell of " + path, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
