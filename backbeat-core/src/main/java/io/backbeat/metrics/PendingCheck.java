package io.backbeat.metrics;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets pending gauges of replication right that have drifted from the ledger. A process that is
 * killed takes with it what it had not counted yet, and series forgive that within a day; a gauge
 * never would.
 *
 * <p>A gauge is corrected when the ledger has had another number twice, from one look to the next,
 * and nothing at all was counted for the location in between: so what is on its way to the counters
 * is not taken for drift, as long as it takes less time than there is between two looks. Should it
 * take longer, a later look corrects that too. A location that is never quiet is not corrected. The
 * ledger is read only while there is something to find out.
 *
 * <p>Only for counters that nobody else counts in: what a process of the original has queued is in
 * no ledger. Not thread-safe.
 */
public final class PendingCheck {
  private static final Logger LOG = LoggerFactory.getLogger(PendingCheck.class);
  private static final List<Counter> SERIES =
      List.of(Counter.OPS, Counter.OPS_DONE, Counter.OPS_FAIL);

  private final CounterStore counters;
  private final Supplier<Map<LocationName, Amount>> unfinished;
  private final List<LocationName> locations;
  private final Clock clock;
  private final Map<LocationName, Look> last = new HashMap<>();
  private final Map<LocationName, Amount> doubted = new HashMap<>();
  private final Set<LocationName> right = new HashSet<>();

  /** What was counted for a location, as far as it shows whether anything was. */
  private record Look(Amount pending, List<Long> operations) {}

  /**
   * Compares nothing before it is asked to.
   *
   * @param unfinished what the ledger has of each location; one that is missing has nothing
   */
  public PendingCheck(
      CounterStore counters,
      Supplier<Map<LocationName, Amount>> unfinished,
      List<LocationName> locations,
      Clock clock) {
    this.counters = counters;
    this.unfinished = unfinished;
    this.locations = List.copyOf(locations);
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @return locations whose gauges were corrected
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; the next
   *     look goes on as if there had been none
   */
  public List<LocationName> look() {
    Instant now = clock.instant();
    Map<LocationName, Look> looks = counted(now);
    Map<LocationName, Amount> open = new HashMap<>();
    looks.forEach(
        (location, look) -> {
          if (!look.equals(last.put(location, look))) {
            doubted.remove(location);
            right.remove(location);
          } else if (!right.contains(location)) {
            open.put(location, look.pending());
          }
        });
    if (open.isEmpty()) {
      return List.of();
    }
    Map<LocationName, Amount> ledger = unfinished.get();
    List<LocationName> corrected = new ArrayList<>();
    open.forEach(
        (location, pending) -> {
          Amount real = ledger.getOrDefault(location, Amount.ZERO);
          if (real.equals(pending)) {
            right.add(location);
          } else if (real.equals(doubted.put(location, real))) {
            correct(location, pending, real, now);
            corrected.add(location);
          }
        });
    return corrected;
  }

  private Map<LocationName, Look> counted(Instant now) {
    List<CounterKey> gauges = new ArrayList<>();
    List<CounterKey> series = new ArrayList<>();
    for (LocationName location : locations) {
      gauges.add(key(location, Counter.OPS_PENDING));
      gauges.add(key(location, Counter.BYTES_PENDING));
      SERIES.forEach(counter -> series.add(key(location, counter)));
    }
    List<Long> values = counters.gauges(gauges);
    List<long[]> operations = counters.series(series, now, 2);
    Map<LocationName, Look> looks = new HashMap<>();
    for (int i = 0; i < locations.size(); i++) {
      List<Long> latest = new ArrayList<>();
      for (int j = 0; j < SERIES.size(); j++) {
        long[] one = operations.get(i * SERIES.size() + j);
        latest.add(one[0]);
        latest.add(one[1]);
      }
      looks.put(
          locations.get(i),
          new Look(new Amount(values.get(2 * i), values.get(2 * i + 1)), List.copyOf(latest)));
    }
    return looks;
  }

  private void correct(LocationName location, Amount pending, Amount real, Instant now) {
    LOG.info(
        "{}: {} operations of {} bytes were counted as pending, the ledger has {} of {} bytes; the"
            + " count is corrected",
        location,
        pending.count(),
        pending.size(),
        real.count(),
        real.size());
    doubted.remove(location);
    counters.add(
        Map.of(
            key(location, Counter.OPS_PENDING), real.count() - pending.count(),
            key(location, Counter.BYTES_PENDING), real.size() - pending.size()),
        now);
  }

  private static CounterKey key(LocationName location, Counter counter) {
    return CounterKey.of(ServiceName.REPLICATION, location, counter);
  }
}
