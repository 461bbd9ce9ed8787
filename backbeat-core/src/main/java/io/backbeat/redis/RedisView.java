package io.backbeat.redis;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the part of Redis anew that can be told from the ledger: the failed index and the pending
 * gauges of replication. For a Redis that lost its data, or whose gauges have drifted. Idempotent.
 * Thread-safe, but two rebuilds at once may mix.
 */
public final class RedisView {
  private static final int BATCH = 1_000;

  /**
   * What a rebuild did.
   *
   * @param failures failures that are in the index now
   * @param tooOld failures of more than 24 hours ago, which the index does not hold
   * @param gauges pending gauges that were set
   */
  public record Rebuilt(long failures, long tooOld, int gauges) {}

  private final RedisConnection redis;
  private final FailedKeys failed;
  private final CounterNames counters;
  private final Clock clock;

  RedisView(RedisConnection redis, FailedKeys failed, CounterNames counters, Clock clock) {
    this.redis = redis;
    this.failed = failed;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Replaces the failed sets of some locations and sets their pending gauges. Readers see the old
   * sets until the new ones are complete, then one set after the other is renamed. A failure that
   * is recorded meanwhile is kept; one that is removed meanwhile may be there again until it is
   * removed once more. Pending gauges are set in one step (in a cluster one by one) at the end;
   * what is counted between the look at the ledger and that moment is lost, so it is best done
   * while little is going on.
   *
   * @param locations the locations to make anew, all others stay as they are
   * @param failures what is failed; those of other locations are left out
   * @param pending what is queued and not finished; a location that is not named has nothing
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Redis does not answer; the old sets
   *     are still there or replaced, none is half of each. A retry is safe
   */
  public Rebuilt rebuild(
      Collection<LocationName> locations,
      Iterator<RecordedFailure> failures,
      Map<LocationName, Amount> pending) {
    Instant began = clock.instant();
    Set<LocationName> wanted = new TreeSet<>(locations);
    List<String> sets =
        wanted.stream().flatMap(location -> failed.day(location, began).stream()).toList();
    deleteUnfinished(sets);
    long added = 0;
    long tooOld = 0;
    FailureBatch batch = newBatch(began);
    int batched = 0;
    while (failures.hasNext()) {
      RecordedFailure failure = failures.next();
      if (!wanted.contains(failure.location())) {
        continue;
      }
      if (!batch.add(failure)) {
        tooOld++;
        continue;
      }
      added++;
      if (++batched == BATCH) {
        RedisFailedIndex.write(redis, batch);
        batch = newBatch(began);
        batched = 0;
      }
    }
    RedisFailedIndex.write(redis, batch);
    String since = Long.toString(began.toEpochMilli());
    for (String set : sets) {
      redis.ask(
          RedisConnection.script(
              Script.REPLACE, List.of(FailedKeys.beside(set), set), List.of(since)));
    }
    return new Rebuilt(added, tooOld, setPending(wanted, pending));
  }

  private FailureBatch newBatch(Instant now) {
    return new FailureBatch(failed, FailedKeys::beside, now);
  }

  /** What an earlier rebuild left behind when it was cut short. */
  private void deleteUnfinished(List<String> sets) {
    redis.ask(
        RedisConnection.pipelined(
            pipeline -> sets.stream().map(set -> pipeline.del(FailedKeys.beside(set))).toList()));
  }

  private int setPending(Set<LocationName> locations, Map<LocationName, Amount> pending) {
    List<String> namesAndValues = new ArrayList<>();
    for (LocationName location : locations) {
      Amount amount = pending.getOrDefault(location, Amount.ZERO);
      namesAndValues.add(name(location, Counter.OPS_PENDING));
      namesAndValues.add(Long.toString(amount.count()));
      namesAndValues.add(name(location, Counter.BYTES_PENDING));
      namesAndValues.add(Long.toString(amount.size()));
    }
    if (namesAndValues.isEmpty()) {
      return 0;
    }
    redis.ask(jedis -> jedis.mset(namesAndValues.toArray(String[]::new)));
    return namesAndValues.size() / 2;
  }

  private String name(LocationName location, Counter counter) {
    return counters.of(CounterKey.of(ServiceName.REPLICATION, location, counter));
  }
}
