package io.backbeat.testing.cloudserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** What was asked for and how it was answered. Thread-safe. */
public final class RequestLog {
  private static final int KEPT = 10_000;

  /**
   * One request.
   *
   * @param route what it asked for
   * @param bucket empty without
   * @param key empty without
   * @param location the location that its headers name; empty without
   * @param signer the name of the account that signed it; empty if nobody known did
   * @param status the HTTP status of the answer; 0 if the connection broke before
   */
  public record Entry(
      Route route, String bucket, String key, String location, String signer, int status) {}

  private final Map<Route, LongAdder> counts = new EnumMap<>(Route.class);
  private final Map<Route, LongAdder> failures = new EnumMap<>(Route.class);
  private final Deque<Entry> last = new ArrayDeque<>();

  RequestLog() {
    for (Route route : Route.values()) {
      counts.put(route, new LongAdder());
      failures.put(route, new LongAdder());
    }
  }

  void add(Entry entry) {
    counts.get(entry.route()).increment();
    if (entry.status() == 0 || entry.status() >= 400) {
      failures.get(entry.route()).increment();
    }
    synchronized (last) {
      if (last.size() == KEPT) {
        last.removeFirst();
      }
      last.addLast(entry);
    }
  }

  /** How often a route was asked for. */
  public long count(Route route) {
    return counts.get(route).sum();
  }

  /** How often that was answered by an error or not at all. */
  public long failures(Route route) {
    return failures.get(route).sum();
  }

  /** How often it had the effect that was asked for. */
  public long successes(Route route) {
    return count(route) - failures(route);
  }

  /** The last 10,000 requests that fit, the oldest first. */
  public List<Entry> entries(Predicate<Entry> which) {
    synchronized (last) {
      return last.stream().filter(which).toList();
    }
  }

  /** Forgets all. */
  public void clear() {
    counts.values().forEach(LongAdder::reset);
    failures.values().forEach(LongAdder::reset);
    synchronized (last) {
      last.clear();
    }
  }
}
