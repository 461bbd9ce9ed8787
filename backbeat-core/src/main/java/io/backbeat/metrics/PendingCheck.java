package io.backbeat.metrics;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets pending gauges of replication right that have drifted from the ledger. A process that is
 * killed takes with it what it had not counted yet, and series forgive that within a day; a gauge
 * never would.
 *
 * <p>A gauge counts jobs in queues, of which a version may have several at a location, and of those
 * the ledger has the newest. So the two are compared only while the queue of the location is empty;
 * then what is pending are jobs that wait for their next attempt. A gauge is corrected when the
 * ledger has had another number twice, from one look to the next, and nothing at all was counted
 * for the location in between: so what is on its way to the counters is not taken for drift, as
 * long as that takes less time than there is between two looks. Should it take longer, a later look
 * corrects that too. A location that is never quiet is not corrected.
 *
 * <p>Where several processes look, one of them should, though two do no lasting harm: a gauge that
 * changes while it is compared is left alone. Not thread-safe.
 */
public final class PendingCheck {
  /** Between two looks, at most: what is counted in that time must still be seen. */
  public static final Duration LONGEST_PAUSE =
      Duration.ofSeconds(CounterStore.INTERVAL_SECONDS).minusMinutes(1);

  /** What was right may drift without a trace, so that it is compared again after so many looks. */
  private static final int LOOKS_UNTIL_COMPARED_AGAIN = 20;

  private static final Logger LOG = LoggerFactory.getLogger(PendingCheck.class);
  private static final List<Counter> SERIES =
      List.of(Counter.OPS, Counter.OPS_DONE, Counter.OPS_FAIL);

  private final CounterStore counters;
  private final ToLongFunction<LocationName> backlog;
  private final Function<LocationName, Amount> unfinished;
  private final List<LocationName> locations;
  private final Clock clock;
  private final Map<LocationName, Look> last = new HashMap<>();
  private final Map<LocationName, Amount> doubted = new HashMap<>();
  private final Map<LocationName, Integer> right = new HashMap<>();

  /** What was counted for a location, as far as it shows whether anything was. */
  private record Look(Amount pending, List<Long> operations) {}

  /**
   * Compares nothing before it is asked to.
   *
   * @param backlog how many jobs the queue of a location has that are not committed; what it throws
   *     comes out of {@link #look}, and nothing is corrected
   * @param unfinished what the ledger has of a location; asked while there is no backlog
   * @param locations destinations of replication
   */
  public PendingCheck(
      CounterStore counters,
      ToLongFunction<LocationName> backlog,
      Function<LocationName, Amount> unfinished,
      List<LocationName> locations,
      Clock clock) {
    this.counters = counters;
    this.backlog = backlog;
    this.unfinished = unfinished;
    this.locations = List.copyOf(locations);
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @return locations whose gauges were corrected
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; the next
   *     look goes on where this one ended
   */
  public List<LocationName> look() {
    Instant now = clock.instant();
    Map<LocationName, Look> looks = counted(locations, now);
    List<LocationName> corrected = new ArrayList<>();
    looks.forEach(
        (location, look) -> {
          if (!look.equals(last.put(location, look))) {
            doubted.remove(location);
            right.remove(location);
          } else if (!isKnownToBeRight(location) && compare(location, look, now)) {
            corrected.add(location);
          }
        });
    return corrected;
  }

  /** Forgets all looks, as they were those of another time. */
  public void forget() {
    last.clear();
    doubted.clear();
    right.clear();
  }

  private boolean isKnownToBeRight(LocationName location) {
    Integer left = right.computeIfPresent(location, (l, looks) -> looks > 1 ? looks - 1 : null);
    return left != null;
  }

  /** Returns whether the gauges were corrected. */
  private boolean compare(LocationName location, Look look, Instant now) {
    if (backlog.applyAsLong(location) > 0) {
      doubted.remove(location);
      return false;
    }
    Amount real = unfinished.apply(location);
    if (real.equals(look.pending())) {
      doubted.remove(location);
      right.put(location, LOOKS_UNTIL_COMPARED_AGAIN);
      return false;
    }
    boolean again = real.equals(doubted.put(location, real));
    if (!again || !look.equals(counted(List.of(location), now).get(location))) {
      return false;
    }
    correct(location, look.pending(), real, now);
    return true;
  }

  private Map<LocationName, Look> counted(List<LocationName> asked, Instant now) {
    List<CounterKey> gauges = new ArrayList<>();
    List<CounterKey> series = new ArrayList<>();
    for (LocationName location : asked) {
      gauges.add(key(location, Counter.OPS_PENDING));
      gauges.add(key(location, Counter.BYTES_PENDING));
      SERIES.forEach(counter -> series.add(key(location, counter)));
    }
    List<Long> values = counters.gauges(gauges);
    List<long[]> operations = counters.series(series, now, 2);
    Map<LocationName, Look> looks = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      List<Long> latest = new ArrayList<>();
      for (int j = 0; j < SERIES.size(); j++) {
        long[] one = operations.get(i * SERIES.size() + j);
        latest.add(one[0]);
        latest.add(one[1]);
      }
      looks.put(
          asked.get(i),
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
