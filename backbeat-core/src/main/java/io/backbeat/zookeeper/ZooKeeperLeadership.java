package io.backbeat.zookeeper;

import io.backbeat.store.Leadership;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One election for each task, below {@code /backbeat-java/leaders/<task>}. Whoever waits longest
 * leads next. A process that has lost its connection does not lead from that moment on, even if its
 * session is not expired yet.
 */
final class ZooKeeperLeadership implements Leadership, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperLeadership.class);

  private final Nodes nodes;
  private final String participant;
  private final Map<String, Optional<LeaderLatch>> candidacies = new HashMap<>();
  private final Set<String> warned = new HashSet<>();
  private final ExecutorService entering;
  private boolean closed;

  ZooKeeperLeadership(Nodes nodes, String participant) {
    this.nodes = nodes;
    this.participant = participant;
    this.entering =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "backbeat-zookeeper-election");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public synchronized boolean leads(String task) {
    Optional<LeaderLatch> candidacy = candidacies.get(task);
    if (candidacy == null && !closed) {
      candidacies.put(task, Optional.empty());
      entering.execute(() -> enter(task));
      return false;
    }
    return candidacy != null && candidacy.filter(LeaderLatch::hasLeadership).isPresent();
  }

  /** On a thread of its own: asking who leads must not wait for the server. */
  private void enter(String task) {
    String path = "/backbeat-java/leaders/" + NodeName.encode(task);
    LeaderLatch latch = new LeaderLatch(nodes.client(), nodes.absolute(path), participant);
    try {
      // Also makes sure that the chroot is there.
      nodes.create(path, "");
      latch.start();
      keep(task, latch);
    } catch (Exception e) {
      synchronized (this) {
        candidacies.remove(task);
        if (!closed && warned.add(task)) {
          log.warn("not yet a candidate for {}, will try again: {}", task, e.toString());
        }
      }
    }
  }

  private void keep(String task, LeaderLatch latch) {
    synchronized (this) {
      if (!closed) {
        candidacies.put(task, Optional.of(latch));
        return;
      }
    }
    leave(latch);
  }

  private static void leave(LeaderLatch latch) {
    try {
      latch.close();
    } catch (IOException | IllegalStateException e) {
      log.debug("an election was not left in order; its node ends with the session", e);
    }
  }

  /** Leaves all elections: another process leads at once. Idempotent. */
  @Override
  public void close() {
    Map<String, Optional<LeaderLatch>> left;
    synchronized (this) {
      closed = true;
      left = Map.copyOf(candidacies);
      candidacies.clear();
    }
    entering.shutdown();
    left.values().forEach(candidacy -> candidacy.ifPresent(ZooKeeperLeadership::leave));
  }
}
