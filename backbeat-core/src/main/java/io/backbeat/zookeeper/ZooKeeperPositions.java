package io.backbeat.zookeeper;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Positions on the nodes of the original's populator. A save needs the version that this process
 * read or wrote last: a populator that was replaced while it was held up cannot undo the progress
 * of its successor.
 */
final class ZooKeeperPositions implements LogPositionStore {
  /** What this process knows of one node. */
  private static final class Seen {
    private OptionalInt version = OptionalInt.empty();
    private Optional<String> unconfirmed = Optional.empty();
  }

  private final Nodes nodes;
  private final String root;
  private final Map<String, Seen> logs = new ConcurrentHashMap<>();

  /**
   * Keeps positions below a path.
   *
   * @param zookeeperPath such as {@code /queue-populator}; the original applies it twice
   */
  ZooKeeperPositions(Nodes nodes, String zookeeperPath) {
    this.nodes = nodes;
    this.root = zookeeperPath + zookeeperPath + "/logState/";
  }

  private String path(String logName) {
    return root + NodeName.encode(logName) + "/logOffset";
  }

  @Override
  public Optional<LogPosition> load(String logName) {
    Seen seen = seen(logName);
    synchronized (seen) {
      Optional<Node> node = nodes.read(path(logName));
      seen.version = node.map(n -> OptionalInt.of(n.version())).orElse(OptionalInt.empty());
      seen.unconfirmed = Optional.empty();
      return node.map(n -> new LogPosition(n.text()));
    }
  }

  private Seen seen(String logName) {
    return logs.computeIfAbsent(logName, name -> new Seen());
  }

  @Override
  public void save(String logName, LogPosition position) {
    Seen seen = seen(logName);
    synchronized (seen) {
      OptionalInt saved = write(path(logName), seen, position.value());
      if (saved.isEmpty() && ownUnconfirmed(path(logName), seen)) {
        saved = write(path(logName), seen, position.value());
      }
      if (saved.isEmpty()) {
        throw new BackbeatException(
            ErrorCode.CONFLICT,
            "the position of log "
                + logName
                + " at "
                + nodes.absolute(path(logName))
                + " was saved by another process since this one read or saved it; load it again");
      }
      seen.version = saved;
      seen.unconfirmed = Optional.empty();
    }
  }

  private OptionalInt write(String path, Seen seen, String text) {
    Optional<String> before = seen.unconfirmed;
    seen.unconfirmed = Optional.of(text);
    OptionalInt saved =
        seen.version.isPresent()
            ? nodes.set(path, text, seen.version.getAsInt())
            : nodes.create(path, text) ? OptionalInt.of(0) : OptionalInt.empty();
    if (saved.isEmpty()) {
      seen.unconfirmed = before.or(() -> Optional.of(text));
    }
    return saved;
  }

  /** Whether the other writer was this process: an earlier save whose answer was lost. */
  private boolean ownUnconfirmed(String path, Seen seen) {
    int next = seen.version.isPresent() ? seen.version.getAsInt() + 1 : 0;
    Optional<Node> own =
        nodes
            .read(path)
            .filter(node -> node.version() == next)
            .filter(node -> seen.unconfirmed.filter(node.text()::equals).isPresent());
    own.ifPresent(node -> seen.version = OptionalInt.of(node.version()));
    return own.isPresent();
  }
}
