package io.backbeat.bulk;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Bulk tasks, read from their store at each call. Works in every process; the work itself is done
 * by the {@link BulkRunner} of one. Thread-safe.
 */
public final class BulkTasks implements BulkOperations {
  private static final int ID_DIGITS = 12;

  private final BulkRuns runs;
  private final Supplier<List<LocationName>> destinations;
  private final Clock clock;
  private final Runnable wake;

  /**
   * Tasks in a store.
   *
   * @param destinations the configured destinations of replication, asked at each call
   * @param wake called when there may be more to do
   */
  public BulkTasks(
      BulkTaskStore store, Supplier<List<LocationName>> destinations, Clock clock, Runnable wake) {
    this.runs = new BulkRuns(store);
    this.destinations = destinations;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public BulkTask start(BulkRequest request) {
    List<LocationName> known = destinations.get();
    request.selection().locations().stream()
        .filter(location -> !known.contains(location))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new BackbeatException(
                  ErrorCode.MALFORMED_REQUEST,
                  "no location \""
                      + unknown
                      + "\" is configured for replication; there are "
                      + known);
            });
    BulkRun run = BulkRun.begin(newId(request), request, clock.instant());
    if (!runs.add(run)) {
      throw new BackbeatException(
          ErrorCode.CONFLICT, "task " + run.task().id() + " exists already; try again");
    }
    runs.tidy();
    wake.run();
    return run.task();
  }

  private static String newId(BulkRequest request) {
    String digits = UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS);
    String type = request instanceof BulkRequest.Resync ? BulkJson.RESYNC : BulkJson.RETRY;
    return (type + '-' + digits).toLowerCase(Locale.ROOT);
  }

  @Override
  public BulkTask get(String id) {
    return runs.load(id).orElseThrow(() -> BulkRuns.unknown(id)).run().seen(clock.instant());
  }

  @Override
  public List<BulkTask> list() {
    Instant now = clock.instant();
    return runs.list().stream().map(kept -> kept.run().seen(now)).toList();
  }

  @Override
  public BulkTask pause(String id) {
    return runs.change(id, BulkRun::paused);
  }

  @Override
  public BulkTask resume(String id) {
    BulkTask resumed = runs.change(id, run -> run.resumed(clock.instant()));
    wake.run();
    return resumed;
  }

  @Override
  public BulkTask cancel(String id) {
    return runs.change(id, run -> run.cancelled(clock.instant()));
  }
}
