package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * One line per version: the changes in it are made one batch after the other, and all that wait are
 * one batch. Lines of different versions do not wait for each other. Thread-safe.
 */
final class StatusLines {
  /** Changes of one version that one caller waits for. */
  private record Asked(List<StatusChange> changes, CompletableFuture<List<StatusResult>> answer) {}

  private static final class Line {
    List<Asked> waiting = new ArrayList<>(2);
    boolean running;
  }

  private final ScheduledExecutorService threads;
  private final Duration window;
  private final BiPredicate<ObjectVersion, List<StatusChange>> expectsMore;
  private final BiFunction<ObjectVersion, List<StatusChange>, List<StatusResult>> work;
  private final Map<ObjectVersion, Line> lines = new HashMap<>();

  /**
   * Lines that are worked on by threads of the caller's.
   *
   * @param window how long a batch that is not complete may wait
   * @param expectsMore whether a batch is not complete
   * @param work makes a batch of changes and answers in their order
   */
  StatusLines(
      ScheduledExecutorService threads,
      Duration window,
      BiPredicate<ObjectVersion, List<StatusChange>> expectsMore,
      BiFunction<ObjectVersion, List<StatusChange>, List<StatusResult>> work) {
    this.threads = threads;
    this.window = window;
    this.expectsMore = expectsMore;
    this.work = work;
  }

  /** Puts changes of a version into its line. The answer has one result per change, in order. */
  CompletableFuture<List<StatusResult>> add(ObjectVersion object, List<StatusChange> changes) {
    Asked asked = new Asked(changes, new CompletableFuture<>());
    Line line;
    boolean first;
    boolean wait;
    synchronized (this) {
      line = lines.computeIfAbsent(object, version -> new Line());
      line.waiting.add(asked);
      if (line.running) {
        return asked.answer(); // whoever works on the line goes on with it
      }
      first = line.waiting.size() == 1;
      wait = !window.isZero() && expectsMore.test(object, changes(line.waiting));
    }
    if (!wait || first) {
      start(object, line, wait ? window : Duration.ZERO);
    }
    return asked.answer();
  }

  private void start(ObjectVersion object, Line line, Duration delay) {
    try {
      var unused = threads.schedule(() -> run(object, line), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      IllegalStateException why = new IllegalStateException("the store is closed", closed);
      empty(object, line, batch -> fail(batch, why));
    }
  }

  private void run(ObjectVersion object, Line line) {
    empty(object, line, batch -> work(object, batch));
  }

  /** Whoever comes meanwhile counts on being taken, too. */
  private void empty(ObjectVersion object, Line line, Consumer<List<Asked>> todo) {
    List<Asked> batch = take(line);
    while (!batch.isEmpty()) {
      todo.accept(batch);
      batch = ended(object, line) ? List.of() : take(line);
    }
  }

  private static void fail(List<Asked> batch, Throwable why) {
    batch.forEach(asked -> asked.answer().completeExceptionally(why));
  }

  private void work(ObjectVersion object, List<Asked> batch) {
    try {
      List<StatusResult> results = work.apply(object, changes(batch));
      int from = 0;
      for (Asked asked : batch) {
        int to = from + asked.changes().size();
        asked.answer().complete(List.copyOf(results.subList(from, to)));
        from = to;
      }
    } catch (Throwable e) { // whoever waits must hear of it, whatever it is
      fail(batch, e);
    }
  }

  /** Takes all that wait; nothing if someone works on the line already, or did. */
  private synchronized List<Asked> take(Line line) {
    if (line.running || line.waiting.isEmpty()) {
      return List.of();
    }
    line.running = true;
    List<Asked> batch = line.waiting;
    line.waiting = new ArrayList<>(2);
    return batch;
  }

  /** Returns whether the line is empty, and gone. */
  private synchronized boolean ended(ObjectVersion object, Line line) {
    line.running = false;
    if (!line.waiting.isEmpty()) {
      return false;
    }
    lines.remove(object, line);
    return true;
  }

  private static List<StatusChange> changes(List<Asked> batch) {
    if (batch.size() == 1) {
      return batch.get(0).changes();
    }
    List<StatusChange> all = new ArrayList<>();
    batch.forEach(asked -> all.addAll(asked.changes()));
    return all;
  }
}
