package io.backbeat.zookeeper;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of changed states: of those of this process on the thread that made them, of all
 * others on a thread of its own. The first listener starts to watch; it also hears of the states
 * there are. A lost session is made good by reading everything again. Thread-safe.
 */
final class StateWatches implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StateWatches.class);

  /** One listener, told apart from the same listener added twice. */
  private record Watch(Consumer<LocationStatus> listener, Object identity) {
    void tell(LocationStatus status) {
      try {
        listener.accept(status);
      } catch (RuntimeException e) {
        log.warn("a listener failed on {}", status, e);
      }
    }
  }

  private record Key(ServiceName service, LocationName location) {}

  private final Nodes nodes;
  private final StatePaths paths;
  private final BiFunction<ServiceName, LocationName, Optional<LocationStatus>> reader;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final Map<Key, Long> told = new HashMap<>();
  private final List<CuratorCache> caches = new ArrayList<>();
  private Optional<ExecutorService> teller = Optional.empty();

  StateWatches(
      Nodes nodes,
      StatePaths paths,
      BiFunction<ServiceName, LocationName, Optional<LocationStatus>> reader) {
    this.nodes = nodes;
    this.paths = paths;
    this.reader = reader;
  }

  AutoCloseable add(Consumer<LocationStatus> listener) {
    Watch watch = new Watch(listener, new Object());
    watches.add(watch);
    start();
    return () -> watches.remove(watch);
  }

  private synchronized void start() {
    if (teller.isPresent()) {
      return;
    }
    ExecutorService thread = Executors.newSingleThreadExecutor(StateWatches::thread);
    teller = Optional.of(thread);
    for (ServiceName service : ServiceName.values()) {
      String root = nodes.absolute(paths.root(service));
      CuratorCache cache =
          CuratorCache.builder(nodes.client(), root)
              .withExceptionHandler(e -> log.debug("a change may be told late", e))
              .build();
      cache.listenable().addListener((type, before, after) -> changed(service, before, after));
      caches.add(cache);
      cache.start();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "backbeat-zookeeper-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** On a thread of the client, which must not wait for answers of the server. */
  private void changed(ServiceName service, @Nullable ChildData before, @Nullable ChildData after) {
    ChildData node = after == null ? before : after;
    String root = nodes.absolute(paths.root(service)) + '/';
    if (node == null || !node.getPath().startsWith(root)) {
      return;
    }
    String name = node.getPath().substring(root.length());
    Optional<LocationName> location =
        name.indexOf('/') < 0 ? ZooKeeperLocationStates.location(name) : Optional.empty();
    if (location.isEmpty()) {
      return;
    }
    Key key = new Key(service, location.get());
    boolean otherNode =
        before == null
            || after == null
            || before.getStat().getCzxid() != after.getStat().getCzxid();
    enqueue(() -> changed(key, otherNode));
  }

  private synchronized void enqueue(Runnable work) {
    try {
      teller.ifPresent(thread -> thread.execute(work));
    } catch (RejectedExecutionException closing) {
      log.debug("closed while a change was to be told");
    }
  }

  /** A node that was made anew counts its revisions from the beginning. */
  private void changed(Key key, boolean otherNode) {
    try {
      if (otherNode) {
        forgetLaterThan(key);
      }
      reader.apply(key.service(), key.location()).ifPresent(this::tell);
    } catch (RuntimeException e) {
      log.warn("a changed state of {} could not be read: {}", key.location(), e.toString());
    }
  }

  private void forgetLaterThan(Key key) {
    long revision =
        reader.apply(key.service(), key.location()).map(LocationStatus::revision).orElse(0L);
    synchronized (this) {
      told.computeIfPresent(key, (k, known) -> known > revision ? null : known);
    }
  }

  /** Tells of a revision, unless it or a later one was told before. */
  void tell(LocationStatus status) {
    synchronized (this) {
      Key key = new Key(status.service(), status.location());
      if (told.getOrDefault(key, 0L) >= status.revision() && !watches.isEmpty()) {
        return;
      }
      if (!watches.isEmpty()) {
        told.put(key, status.revision());
      }
    }
    watches.forEach(watch -> watch.tell(status));
  }

  @Override
  public synchronized void close() {
    caches.forEach(CuratorCache::close);
    caches.clear();
    watches.clear();
    teller.ifPresent(ExecutorService::shutdownNow);
  }
}
