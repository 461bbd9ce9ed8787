package io.backbeat.cloudserver.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The servers that a request may go to, each in turn; those that did not answer lately come last.
 * Thread-safe.
 */
final class Hosts {
  private static final Duration AVOIDED = Duration.ofSeconds(5);

  private final List<HostAddress> all;
  private final Clock clock;
  private final AtomicLong turn = new AtomicLong();
  private final Map<HostAddress, Instant> silent = new ConcurrentHashMap<>();

  Hosts(List<HostAddress> all, Clock clock) {
    this.all = all;
    this.clock = clock;
  }

  /** All of them, the one whose turn it is first. */
  List<HostAddress> inTurn() {
    if (all.size() == 1) {
      return all;
    }
    int first = (int) Math.floorMod(turn.getAndIncrement(), (long) all.size());
    List<HostAddress> order = new ArrayList<>(all.size());
    List<HostAddress> last = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = 0; i < all.size(); i++) {
      HostAddress host = all.get((first + i) % all.size());
      Instant since = silent.get(host);
      boolean avoided = since != null && now.isBefore(since.plus(AVOIDED));
      (avoided ? last : order).add(host);
    }
    order.addAll(last);
    return order;
  }

  void answered(HostAddress host) {
    silent.remove(host);
  }

  void silent(HostAddress host) {
    silent.put(host, clock.instant());
  }
}
