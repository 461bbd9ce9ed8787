package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.kafka.FailedNotice;
import io.backbeat.kafka.FailedNotices;
import io.backbeat.redis.RecordedFailure;
import io.backbeat.redis.RedisStore;
import io.backbeat.redis.RedisView;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The index of failures in Redis, compared with the ledger. Thread-safe.
 *
 * @param ledger what is true
 * @param redis where the index and the gauges are
 * @param notices takes failures into the ledger
 */
record LedgerFailureIndex(FailedJobStore ledger, RedisStore redis, FailedNotices notices)
    implements FailureIndex {
  private static final int PAGE = 1_000;

  @Override
  public Changes rebuild(Selection selection) {
    long indexed = count(selection);
    if (selection.dryRun()) {
      Map<LocationName, Map<JobState, Long>> counts = ledger.counts(JobType.REPLICATION);
      long failed =
          selection.locations().stream()
              .mapToLong(
                  location ->
                      counts.getOrDefault(location, Map.of()).getOrDefault(JobState.FAILED, 0L))
              .sum();
      return new Changes(failed, indexed, failed, 0);
    }
    RedisView.Rebuilt rebuilt =
        redis
            .view()
            .rebuild(
                selection.locations(),
                new Failures(selection.locations().iterator()),
                ledger.unfinished(JobType.REPLICATION));
    return new Changes(
        rebuilt.failures() + rebuilt.tooOld(), indexed, rebuilt.failures(), rebuilt.tooOld());
  }

  private long count(Selection selection) {
    return redis.failedIndex().counts(selection.locations()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public Changes importFailures(Selection selection) {
    Tally tally = new Tally(selection.dryRun());
    for (LocationName location : selection.locations()) {
      redis.failedIndex().scan(location, tally::read);
      tally.write();
    }
    return new Changes(tally.read, 0, tally.written, tally.read - tally.written);
  }

  /** Takes failures in pages, and counts them. */
  private final class Tally {
    private final boolean dryRun;
    private final List<FailedNotice> page = new ArrayList<>();
    private long read;
    private long written;

    Tally(boolean dryRun) {
      this.dryRun = dryRun;
    }

    void read(RecordedFailure failure) {
      read++;
      FailedNotice notice = new FailedNotice(failure.location(), failure.object(), failure.at());
      if (!isKnown(notice)) {
        page.add(notice);
      }
      if (page.size() == PAGE) {
        write();
      }
    }

    void write() {
      if (!dryRun && !page.isEmpty()) {
        notices.accept(page);
      }
      written += dryRun ? page.size() : page.stream().filter(this::isKnown).count();
      page.clear();
    }

    private boolean isKnown(FailedNotice notice) {
      return ledger
          .find(new JobKey(JobType.REPLICATION, notice.object(), notice.location()))
          .isPresent();
    }
  }

  /** The failures of the ledger, page by page. */
  private final class Failures implements Iterator<RecordedFailure> {
    private final Iterator<LocationName> locations;
    private List<LedgerEntry> page = List.of();
    private LocationName location = LocationName.of("none");
    private long before;
    private int next;

    Failures(Iterator<LocationName> locations) {
      this.locations = locations;
    }

    @Override
    public boolean hasNext() {
      while (next == page.size()) {
        if (page.isEmpty()) {
          if (!locations.hasNext()) {
            return false;
          }
          location = locations.next();
          before = Long.MAX_VALUE;
        } else {
          before = page.get(page.size() - 1).marker();
        }
        page = ledger.failed(JobType.REPLICATION, location, before, PAGE);
        next = 0;
        if (page.isEmpty() && !locations.hasNext()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public RecordedFailure next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the ledger has no further failures");
      }
      LedgerEntry entry = page.get(next);
      next++;
      return new RecordedFailure(
          location, entry.job().object(), entry.failure().orElseThrow().last());
    }
  }
}
