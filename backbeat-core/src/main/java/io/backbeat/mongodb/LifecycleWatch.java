package io.backbeat.mongodb;

import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of changes of the states of lifecycle: those of this process at once, those of
 * others as the change stream of the collection brings them. Every revision is told once. The
 * stream has a thread, from the first listener on; after an outage it begins anew, and the states
 * are read. Thread-safe.
 */
final class LifecycleWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleWatch.class);
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final MongoConnection mongo;
  private final Function<LocationName, Optional<LocationStatus>> read;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<LocationName, LocationStatus> told = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  LifecycleWatch(MongoConnection mongo, Function<LocationName, Optional<LocationStatus>> read) {
    this.mongo = mongo;
    this.read = read;
  }

  /** Has an identity of its own, so that one listener can watch twice. */
  private static final class Listener {
    private final Consumer<LocationStatus> consumer;

    Listener(Consumer<LocationStatus> consumer) {
      this.consumer = consumer;
    }

    void tell(LocationStatus status) {
      try {
        consumer.accept(status);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed on {}", status, e);
      }
    }
  }

  AutoCloseable add(Consumer<LocationStatus> consumer) {
    Listener listener = new Listener(consumer);
    listeners.add(listener);
    start();
    return () -> listeners.remove(listener);
  }

  private synchronized void start() {
    if (thread == null && closed.getCount() > 0) {
      thread = new Thread(this::follow, "backbeat-lifecycle-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** A state that this process wrote, or that the stream brought. */
  void changed(LocationStatus status) {
    synchronized (told) {
      LocationStatus before = told.get(status.location());
      if (before != null && before.revision() >= status.revision()) {
        return;
      }
      told.put(status.location(), status);
    }
    listeners.forEach(listener -> listener.tell(status));
  }

  /** Without a state lifecycle runs. */
  private void deleted(LocationName location) {
    synchronized (told) {
      told.remove(location);
    }
    LocationStatus running =
        new LocationStatus(
            ServiceName.LIFECYCLE,
            location,
            TargetState.RUNNING,
            ObservedState.UNKNOWN,
            Optional.empty(),
            0);
    listeners.forEach(listener -> listener.tell(running));
  }

  private void follow() {
    boolean again = false;
    while (closed.getCount() > 0) {
      try {
        follow(again);
      } catch (RuntimeException e) {
        if (closed.getCount() > 0) {
          LOG.warn("changes of lifecycle states are not heard of for now: {}", e.getMessage());
        }
      }
      again = true;
      pause();
    }
  }

  private void follow(boolean again) {
    try (MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> events =
        mongo
            .metadata(BucketNames.LOCATION_STATUS)
            .watch()
            .maxAwaitTime(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .cursor()) {
      if (again) {
        mongo
            .metadata(BucketNames.LOCATION_STATUS)
            .find()
            .forEach(document -> location(document).flatMap(read).ifPresent(this::changed));
      }
      while (closed.getCount() > 0) {
        ChangeStreamDocument<BsonDocument> event = events.tryNext();
        BsonDocument key = event == null ? null : event.getDocumentKey();
        if (key != null) {
          location(key).ifPresent(this::look);
        }
      }
    }
  }

  private static Optional<LocationName> location(BsonDocument document) {
    try {
      return document.isString("_id")
          ? Optional.of(LocationName.of(document.getString("_id").getValue()))
          : Optional.empty();
    } catch (IllegalArgumentException noLocation) {
      return Optional.empty();
    }
  }

  private void look(LocationName location) {
    read.apply(location).ifPresentOrElse(this::changed, () -> deleted(location));
  }

  private void pause() {
    try {
      closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  void close() {
    closed.countDown();
    listeners.clear();
  }
}
