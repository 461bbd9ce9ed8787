package io.backbeat.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Every change of the stand-in in order, those of a transaction when it commits. Thread-safe. */
final class ChangeLog {
  private static final int KEPT = 300_000;
  private static final int DROPPED_AT_ONCE = 100_000;

  private final List<ChangeEvent> events = new ArrayList<>();
  private final Map<String, List<ChangeEvent>> transactions = new ConcurrentHashMap<>();
  private final ThreadLocal<List<ChangeEvent>> transaction = new ThreadLocal<>();
  private long last = seconds();

  private static long seconds() {
    return (System.currentTimeMillis() / 1000) << 32;
  }

  void enterTransaction(String session) {
    transaction.set(transactions.computeIfAbsent(session, s -> new ArrayList<>()));
  }

  void leaveTransaction() {
    transaction.remove();
  }

  void add(ChangeEvent event) {
    List<ChangeEvent> open = transaction.get();
    if (open != null) {
      open.add(event);
    } else {
      publish(List.of(event));
    }
  }

  void commit(String session) {
    List<ChangeEvent> made = transactions.remove(session);
    if (made != null) {
      publish(made);
    }
  }

  /** What is to be undone, the last first. */
  List<ChangeEvent> abort(String session) {
    List<ChangeEvent> made = transactions.remove(session);
    if (made == null) {
      return List.of();
    }
    Collections.reverse(made);
    return made;
  }

  private synchronized void publish(List<ChangeEvent> made) {
    for (ChangeEvent event : made) {
      last = Math.max(last + 1, seconds());
      events.add(event.at(last));
    }
    if (events.size() > KEPT) {
      events.subList(0, DROPPED_AT_ONCE).clear();
    }
    notifyAll();
  }

  synchronized long last() {
    return last;
  }

  /** Events behind a time, at most so many. */
  synchronized List<ChangeEvent> after(long time, int limit) {
    int from = 0;
    int to = events.size();
    while (from < to) {
      int middle = (from + to) / 2;
      if (events.get(middle).time() <= time) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return List.copyOf(events.subList(from, Math.min(events.size(), from + limit)));
  }

  /** Waits until there is an event behind a time; at most so long. */
  synchronized void await(long time, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (last <= time) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
