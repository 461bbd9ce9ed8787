package io.backbeat.cloudserver;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataSource;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Statuses in the metadata of the objects, read and written through CloudServer's routes {@code
 * /_/backbeat/metadata}. A change of a revision that is not the stored one any more changes
 * nothing. A write replaces the whole document, with nothing changed in it but the statuses and
 * version ids in its {@code replicationInfo}, and its {@code originOp}.
 *
 * <p>Changes of one version are made one after the other. Those that wait for the same version, of
 * whatever caller, are one read and one write; a change waits a moment for those of the other
 * locations (see {@link StatusOptions#window}). Different versions are read and written at the same
 * time.
 *
 * <p>The routes have no condition, so what is decided on may change before it is written. What is
 * left of that, and what becomes of it:
 *
 * <ul>
 *   <li><em>A client changes tags, an ACL or a retention between our reading and writing</em>, a
 *       few milliseconds: its change is lost, as with the original. With a guard the time is the
 *       one that the request takes on its way. Buckets where that matters need statuses in MongoDB.
 *   <li><em>A client overwrites an object without version id of its own</em> in that time: the
 *       metadata is that of before, the data is new. It is looked for after the write ({@link
 *       StatusOptions#verify}) and logged as an error; it cannot be mended.
 *   <li><em>The version is deleted</em> in that time: not in existence again; the change is {@link
 *       StatusResult.Unknown}.
 *   <li><em>Another process writes statuses of the same version</em> in that time: one of the two
 *       writes is lost, and a location stays PENDING until its job, or a sweep, comes across it.
 *       Jobs and status messages of one key are in one partition, which one process has, so this
 *       takes a partition that changes hands, or a retry asked for at the API.
 *   <li><em>A client's own write that was read before ours and is written after it</em>: the client
 *       wins. It has made all locations PENDING, and the version is queued again; but for an ACL
 *       alone, which brings back the statuses from before, for a sweep to find.
 * </ul>
 *
 * <p>A version that is not there is {@link StatusResult.Unknown}. Whatever else goes wrong is an
 * INTERNAL_ERROR, also that the account may not do this: the same call again is safe, and nothing
 * is given up. Thread-safe.
 */
public final class CloudServerStatuses implements StatusStore, AutoCloseable {
  private static final long IDLE_SECONDS = 10;
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final StatusWrite write;
  private final OpenLocations open = new OpenLocations();
  private final RecentStatuses recent = new RecentStatuses(RECENT, System::nanoTime);
  private final ScheduledThreadPoolExecutor threads;
  private final StatusLines lines;

  /**
   * Statuses without a guard.
   *
   * @param cloud stays the caller's to close, after this
   */
  public CloudServerStatuses(CloudServer cloud, StatusOptions options) {
    this(MetadataClients.all(cloud), options, Optional.empty());
  }

  /**
   * Statuses with or without a guard.
   *
   * @param clients each object is read and written through the one that is for it
   * @param guard where the metadata is looked up right before it is written, faster than
   *     CloudServer answers: its database. What differs there in its revision or its statuses is
   *     read and decided anew
   */
  public CloudServerStatuses(
      MetadataClients clients, StatusOptions options, Optional<MetadataSource> guard) {
    this.write = new StatusWrite(clients, guard, options.verify());
    this.threads = new ScheduledThreadPoolExecutor(options.concurrency(), named());
    threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
    this.lines = new StatusLines(threads, options.window(), open::expectsMore, this::applyNow);
  }

  private static ThreadFactory named() {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "backbeat-statuses-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, Future<Optional<TrackedStatus>>> asked = new LinkedHashMap<>();
    for (ObjectVersion object : objects) {
      asked.computeIfAbsent(object, version -> submit(() -> tracked(version)));
    }
    return found(asked);
  }

  /** Of two seconds ago at most, and not of before a change that was made here. */
  @Override
  public Map<ObjectVersion, TrackedStatus> recent(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, Future<Optional<TrackedStatus>>> asked = new LinkedHashMap<>();
    for (ObjectVersion object : objects) {
      asked.put(object, recent.get(object, () -> submit(() -> tracked(object))));
    }
    try {
      return found(asked);
    } catch (RuntimeException e) {
      asked.keySet().forEach(recent::forget); // the next one is not to fail because of this one
      throw e;
    }
  }

  private static Map<ObjectVersion, TrackedStatus> found(
      Map<ObjectVersion, Future<Optional<TrackedStatus>>> asked) {
    Map<ObjectVersion, TrackedStatus> found = new HashMap<>();
    asked.forEach((object, answer) -> await(answer).ifPresent(status -> found.put(object, status)));
    return found;
  }

  private Optional<TrackedStatus> tracked(ObjectVersion object) {
    Optional<TrackedStatus> status = write.read(object).map(metadata -> tracked(object, metadata));
    status.ifPresent(known -> open.seen(object, known));
    return status;
  }

  private static TrackedStatus tracked(ObjectVersion object, ObjectMetadata metadata) {
    return new TrackedStatus(
        metadata.revision(), new ReplicationStatus(object, metadata.replicationInfo().backends()));
  }

  @Override
  public List<StatusResult> apply(List<StatusChange> changes) {
    Map<ObjectVersion, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      places.computeIfAbsent(changes.get(i).object(), object -> new ArrayList<>(2)).add(i);
    }
    Map<ObjectVersion, CompletableFuture<List<StatusResult>>> answers = new LinkedHashMap<>();
    places.forEach(
        (object, at) ->
            answers.put(object, lines.add(object, at.stream().map(changes::get).toList())));
    StatusResult[] results = new StatusResult[changes.size()];
    answers.forEach(
        (object, answer) -> {
          List<StatusResult> made = await(answer);
          List<Integer> at = places.getOrDefault(object, List.of());
          for (int i = 0; i < made.size(); i++) {
            results[at.get(i)] = made.get(i);
          }
        });
    return List.of(results);
  }

  private List<StatusResult> applyNow(ObjectVersion object, List<StatusChange> changes) {
    open.changing(object, changes);
    try {
      return write.apply(object, changes);
    } finally {
      recent.forget(object);
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the store is closed", e);
    }
  }

  private static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackbeatException(
          ErrorCode.INTERNAL_ERROR, "interrupted while waiting for CloudServer", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackbeatException known) {
        // Made here anew, so that it tells who waited as well.
        throw new BackbeatException(known.code(), String.valueOf(known.getMessage()), known);
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Ends; what is being written is written to its end. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
