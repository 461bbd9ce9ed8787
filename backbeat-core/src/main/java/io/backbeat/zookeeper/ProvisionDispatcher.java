package io.backbeat.zookeeper;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares provisions, such as the sessions of a log, among processes, on the nodes of the original,
 * so that both kinds of processes can take part: {@code leaders/leader<number>}, {@code owners/<12
 * hex digits>} and {@code provisions/<id>}. The oldest candidate deals whenever owners or
 * provisions change. Thread-safe; {@link #subscribe} makes one thread, which {@link #close} ends.
 */
public final class ProvisionDispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProvisionDispatcher.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Nodes nodes;
  private final String root;
  private final Duration check;
  private final Supplier<ZooKeeperState> state;
  private final String owner;
  private final Semaphore wake = new Semaphore(0);
  private final CuratorWatcher watcher = event -> wake.release();
  private Optional<Thread> thread = Optional.empty();
  private volatile boolean closed;

  // Of the thread only.
  private String leaderPath = "";
  private List<String> told = List.of();

  ProvisionDispatcher(Nodes nodes, String root, Duration check, Supplier<ZooKeeperState> state) {
    this.nodes = nodes;
    this.root = root;
    this.check = check;
    this.state = state;
    byte[] id = new byte[6];
    RANDOM.nextBytes(id);
    this.owner = HexFormat.of().formatHex(id);
  }

  /**
   * Adds provisions to be shared; durable on return. Those that are there already stay.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if ZooKeeper does not answer; a retry
   *     is safe
   */
  public void add(Collection<String> provisions) {
    provisions.forEach(id -> nodes.create(root + "/provisions/" + NodeName.encode(id), ""));
  }

  /**
   * Takes part until closed. While ZooKeeper is away a process keeps what it has until its session
   * has expired; then it has nothing.
   *
   * @param listener hears what this process is to do from now on, whenever that changes; on the
   *     thread of the dispatcher
   */
  public synchronized void subscribe(Consumer<List<String>> listener) {
    if (thread.isPresent() || closed) {
      throw new IllegalStateException("subscribe once, and not after close");
    }
    Thread started = new Thread(() -> run(listener), "backbeat-provisions");
    started.setDaemon(true);
    thread = Optional.of(started);
    started.start();
  }

  private void run(Consumer<List<String>> listener) {
    while (!closed) {
      Duration pause = check;
      try {
        round(listener);
      } catch (RuntimeException e) {
        if (!closed) {
          log.warn("provisions are not shared, will try again: {}", e.toString());
        }
        if (state.get() == ZooKeeperState.EXPIRED) {
          tell(listener, List.of());
        }
        pause = RETRY;
      }
      try {
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          // However many told of changes meanwhile, one more round sees them all.
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Takes part, deals if it is our turn, and hears what we got. */
  private void round(Consumer<List<String>> listener) {
    long session = nodes.session();
    String ownPath = root + "/owners/" + owner;
    takePart(ownPath, session);
    if (leads(session)) {
      deal();
    }
    watchText(ownPath);
    nodes.read(ownPath).ifPresent(node -> tell(listener, ProvisionDeal.read(node.text())));
    if (nodes.session() != session) {
      // The session changed on the way: what was made in the new one looked like another's.
      wake.release();
    }
  }

  private void takePart(String ownPath, long session) {
    if (!isOurs(ownPath, session)) {
      nodes.create(ownPath, "[]", CreateMode.EPHEMERAL);
    }
    if (leaderPath.isEmpty() || !isOurs(leaderPath, session)) {
      leaderPath =
          nodes
              .create(root + "/leaders/leader", "", CreateMode.EPHEMERAL_SEQUENTIAL)
              .orElse(leaderPath);
    }
  }

  /** Whether a node is there and ends with our session; one of an earlier session is deleted. */
  private boolean isOurs(String path, long session) {
    Optional<Node> node = nodes.read(path);
    if (node.isPresent() && node.get().session() != session) {
      nodes.delete(path);
      return false;
    }
    return node.isPresent();
  }

  /** By session and not by name: a lost answer may have left us with two candidates. */
  private boolean leads(long session) {
    return watchedChildren(root + "/leaders").stream()
        .sorted()
        .findFirst()
        .flatMap(first -> nodes.read(root + "/leaders/" + first))
        .filter(node -> node.session() == session)
        .isPresent();
  }

  private void deal() {
    List<String> owners = watchedChildren(root + "/owners");
    nodes.create(root + "/provisions", "");
    List<String> provisions =
        watchedChildren(root + "/provisions").stream().sorted().map(NodeName::decode).toList();
    ProvisionDeal.deal(owners, provisions)
        .forEach((name, hand) -> write(root + "/owners/" + name, ProvisionDeal.write(hand)));
  }

  private void write(String path, String hand) {
    if (nodes.read(path).filter(node -> !node.text().equals(hand)).isPresent()) {
      nodes.set(path, hand, -1);
    }
  }

  private List<String> watchedChildren(String path) {
    return nodes.ask(
        c -> {
          try {
            return List.copyOf(c.getChildren().usingWatcher(watcher).forPath(nodes.absolute(path)));
          } catch (KeeperException.NoNodeException missing) {
            return List.of();
          }
        });
  }

  private void watchText(String path) {
    nodes.ask(c -> c.checkExists().usingWatcher(watcher).forPath(nodes.absolute(path)) != null);
  }

  private void tell(Consumer<List<String>> listener, List<String> provisions) {
    if (provisions.equals(told)) {
      return;
    }
    told = List.copyOf(provisions);
    try {
      listener.accept(told);
    } catch (RuntimeException e) {
      log.warn("a listener failed on the provisions {}", told, e);
    }
  }

  /** Gives everything back: another process has it at once. Idempotent. */
  @Override
  public void close() {
    Optional<Thread> ending;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ending = thread;
    }
    wake.release();
    try {
      if (ending.isPresent()) {
        ending.get().join(CLOSE_TIMEOUT.toMillis());
      }
      nodes.delete(root + "/owners/" + owner);
      if (!leaderPath.isEmpty()) {
        nodes.delete(leaderPath);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("provisions were not given back; they are free when the session ends", e);
    }
  }
}
