package io.backbeat.zookeeper;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * Reads and writes nodes; paths begin below the chroot. A call waits for a connection for a limited
 * time; then, and on every other failure, it ends with one kind of error. Thread-safe.
 */
final class Nodes {
  private static final int SHOWN = 200;

  /** What is done with the client. */
  @FunctionalInterface
  interface Call<T> {
    T run(CuratorFramework client) throws Exception;
  }

  private final CuratorFramework client;
  private final ZooKeeperOptions options;
  private volatile boolean chrootExists;

  Nodes(CuratorFramework client, ZooKeeperOptions options) {
    this.client = client;
    this.options = options;
  }

  /** The session of this process; another one after it has expired. */
  long session() {
    return ask(c -> c.getZookeeperClient().getZooKeeper().getSessionId());
  }

  CuratorFramework client() {
    return client;
  }

  /** The path from the root of the server. */
  String absolute(String path) {
    return options.chroot() + path;
  }

  Optional<Node> read(String path) {
    return ask(
        c -> {
          Stat stat = new Stat();
          try {
            byte[] data = c.getData().storingStatIn(stat).forPath(absolute(path));
            // A node that was made by some tools holds null.
            String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
            Instant modified = Instant.ofEpochMilli(stat.getMtime());
            return Optional.of(
                new Node(text, stat.getVersion(), modified, stat.getEphemeralOwner()));
          } catch (KeeperException.NoNodeException missing) {
            return Optional.empty();
          }
        });
  }

  /** Makes a node and those above it; false if it is there already. */
  boolean create(String path, String text) {
    return create(path, text, CreateMode.PERSISTENT).isPresent();
  }

  /** The path of the new node, which differs for a sequential one; empty if it is there already. */
  Optional<String> create(String path, String text, CreateMode mode) {
    return ask(
        c -> {
          try {
            String made =
                c.create()
                    .creatingParentsIfNeeded()
                    .withMode(mode)
                    .forPath(absolute(path), Node.bytes(text));
            return Optional.of(made.substring(options.chroot().length()));
          } catch (KeeperException.NodeExistsException exists) {
            return Optional.empty();
          }
        });
  }

  /** Writes a node that has a version; the new version, or empty if it has another or is gone. */
  OptionalInt set(String path, String text, int version) {
    return ask(
        c -> {
          try {
            Stat stat = c.setData().withVersion(version).forPath(absolute(path), Node.bytes(text));
            return OptionalInt.of(stat.getVersion());
          } catch (KeeperException.BadVersionException | KeeperException.NoNodeException other) {
            return OptionalInt.empty();
          }
        });
  }

  /** Writes a node, whether it is there or not. */
  void put(String path, String text) {
    boolean written = set(path, text, -1).isPresent() || create(path, text);
    if (!written) {
      set(path, text, -1);
    }
  }

  /** Names of the nodes below; none if the node itself is missing. */
  List<String> children(String path) {
    return ask(
        c -> {
          try {
            return List.copyOf(c.getChildren().forPath(absolute(path)));
          } catch (KeeperException.NoNodeException missing) {
            return List.of();
          }
        });
  }

  /** Deletes a node without others below it; does nothing if it is gone. */
  void delete(String path) {
    ask(
        c -> {
          c.delete().quietly().forPath(absolute(path));
          return true;
        });
  }

  <T> T ask(Call<T> call) {
    try {
      if (!chrootExists) {
        requireChroot();
        chrootExists = true;
      }
      return call.run(client);
    } catch (BackbeatException known) {
      throw known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted", e);
    } catch (KeeperException.ConnectionLossException
        | KeeperException.SessionExpiredException
        | KeeperException.OperationTimeoutException e) {
      throw failed("does not answer: " + e.getMessage(), e);
    } catch (Exception e) {
      throw failed("refused a command: " + e.getMessage(), e);
    }
  }

  /** Makes sure the chroot is there, or says that it is not. */
  private void requireChroot() throws Exception {
    String chroot = options.chroot();
    if (chroot.isEmpty() || client.checkExists().forPath(chroot) != null) {
      return;
    }
    if (!options.autoCreateNamespace()) {
      throw new BackbeatException(
          ErrorCode.INTERNAL_ERROR,
          "ZooKeeper at "
              + options.hosts()
              + " has no node "
              + chroot
              + ", which zookeeper.connectionString names; create it, or set"
              + " zookeeper.autoCreateNamespace to true");
    }
    try {
      client.create().creatingParentsIfNeeded().forPath(chroot, new byte[0]);
    } catch (KeeperException.NodeExistsException otherProcess) {
      // made at the same moment
    }
  }

  private BackbeatException failed(String how, Exception cause) {
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR, "ZooKeeper at " + options.hosts() + " " + how, cause);
  }

  /** The error of a node that holds what nobody can read. */
  BackbeatException unreadable(String path, String right, String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        "node " + absolute(path) + " of ZooKeeper must hold " + right + ", was \"" + shown + "\"");
  }
}
