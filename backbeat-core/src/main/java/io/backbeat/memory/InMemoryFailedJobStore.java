package io.backbeat.memory;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in memory: as durable as the process. Thread-safe. Holds every entry, without a limit
 * of its own.
 */
public final class InMemoryFailedJobStore implements FailedJobStore {
  private final Map<ObjectVersion, Map<JobKey, LedgerEntry>> entries = new HashMap<>();
  private final LedgerIndex index = new LedgerIndex();
  private long lastMarker;

  /** Creates an empty ledger. */
  public InMemoryFailedJobStore() {}

  @Override
  public synchronized void record(List<LedgerEntry> recorded) {
    for (LedgerEntry entry : recorded) {
      LedgerEntry current = current(entry.job().key());
      if (current == null || freshlyQueued(entry) || sameRevision(current, entry.job())) {
        put(entry);
      }
    }
  }

  private static boolean freshlyQueued(LedgerEntry entry) {
    return entry.state() == JobState.QUEUED && entry.failure().isEmpty();
  }

  private static boolean sameRevision(LedgerEntry current, Job job) {
    return current.job().revision().equals(job.revision());
  }

  @Override
  public synchronized void remove(List<Finished> finished) {
    for (Finished one : finished) {
      LedgerEntry current = current(one.key());
      if (current != null && current.job().revision().equals(one.revision())) {
        drop(current);
      }
    }
  }

  @Override
  public synchronized List<LedgerEntry> find(ObjectVersion object) {
    return List.copyOf(entries.getOrDefault(object, Map.of()).values());
  }

  @Override
  public synchronized Optional<LedgerEntry> find(JobKey key) {
    return Optional.ofNullable(current(key));
  }

  @Override
  public synchronized List<LedgerEntry> failed(
      JobType type, LocationName location, long before, int limit) {
    return index.failed(new LedgerIndex.Place(type, location), before, limit);
  }

  @Override
  public synchronized List<LedgerEntry> takeDue(Instant now, Duration lease, int limit) {
    List<LedgerEntry> taken = new ArrayList<>();
    for (JobKey key : index.due(now, limit)) {
      LedgerEntry current = current(key);
      if (current != null) {
        taken.add(put(waiting(current, now.plus(lease))));
      }
    }
    return taken;
  }

  @Override
  public synchronized Optional<LedgerEntry> takeFailed(JobKey key, Instant now, Duration lease) {
    LedgerEntry current = current(key);
    return current == null || current.state() != JobState.FAILED
        ? Optional.empty()
        : Optional.of(put(waiting(current, now.plus(lease))));
  }

  private static LedgerEntry waiting(LedgerEntry entry, Instant due) {
    return new LedgerEntry(entry.job(), JobState.WAITING, entry.failure(), Optional.of(due), 0);
  }

  @Override
  public synchronized void requeued(List<LedgerEntry> taken) {
    for (LedgerEntry one : taken) {
      LedgerEntry current = current(one.job().key());
      if (current != null
          && sameRevision(current, one.job())
          && current.nextAttempt().isPresent()
          && current.nextAttempt().equals(one.nextAttempt())) {
        put(new LedgerEntry(one.job(), JobState.QUEUED, current.failure(), Optional.empty(), 0));
      }
    }
  }

  @Override
  public synchronized Optional<Instant> nextDue() {
    return index.nextDue();
  }

  @Override
  public synchronized Map<LocationName, Map<JobState, Long>> counts(JobType type) {
    return index.counts(type);
  }

  @Override
  public synchronized Map<LocationName, Amount> unfinished(JobType type) {
    Map<LocationName, Amount> amounts = new HashMap<>();
    entries.values().stream()
        .flatMap(ofObject -> ofObject.values().stream())
        .filter(entry -> entry.state() != JobState.FAILED)
        .map(LedgerEntry::job)
        .filter(job -> job.key().type().equals(type))
        .forEach(job -> amounts.merge(job.location(), new Amount(1, job.bytes()), Amount::plus));
    return amounts;
  }

  @Override
  public synchronized JobAges ages(JobType type, LocationName location, List<Instant> bounds) {
    JobAges.requireBounds(bounds);
    Amount[] amounts = JobAges.zeros(bounds);
    Optional<JobAges.Oldest> oldest = Optional.empty();
    for (Map<JobKey, LedgerEntry> ofObject : entries.values()) {
      for (LedgerEntry entry : ofObject.values()) {
        Job job = entry.job();
        if (entry.state() != JobState.FAILED
            && job.key().type().equals(type)
            && job.location().equals(location)) {
          int bucket = JobAges.bucket(job.createdAt(), bounds);
          amounts[bucket] = amounts[bucket].plus(new Amount(1, job.bytes()));
          if (oldest.isEmpty() || job.createdAt().isBefore(oldest.get().createdAt())) {
            oldest = Optional.of(new JobAges.Oldest(job.object(), job.createdAt()));
          }
        }
      }
    }
    return new JobAges(List.of(amounts), oldest);
  }

  @Override
  public synchronized long purge(Instant lastFailureBefore) {
    List<LedgerEntry> old = index.failedBefore(lastFailureBefore);
    old.forEach(this::drop);
    return old.size();
  }

  /** Forgets a version that was deleted. */
  synchronized void forget(ObjectVersion object) {
    Map<JobKey, LedgerEntry> gone = entries.remove(object);
    if (gone != null) {
      gone.values().forEach(index::remove);
    }
  }

  /** Forgets the failures of a version's earlier change. */
  synchronized void forgetFailures(ObjectVersion object) {
    entries.getOrDefault(object, Map.of()).values().stream()
        .filter(entry -> entry.state() == JobState.FAILED)
        .filter(entry -> entry.job().key().type().equals(JobType.REPLICATION))
        .toList()
        .forEach(this::drop);
  }

  private @Nullable LedgerEntry current(JobKey key) {
    return entries.getOrDefault(key.object(), Map.of()).get(key);
  }

  private LedgerEntry put(LedgerEntry entry) {
    long marker = entry.state() == JobState.FAILED ? ++lastMarker : 0;
    LedgerEntry stored =
        new LedgerEntry(entry.job(), entry.state(), entry.failure(), entry.nextAttempt(), marker);
    LedgerEntry replaced =
        entries
            .computeIfAbsent(entry.job().object(), object -> new HashMap<>(4))
            .put(entry.job().key(), stored);
    if (replaced != null) {
      index.remove(replaced);
    }
    index.add(stored);
    return stored;
  }

  private void drop(LedgerEntry entry) {
    entries.computeIfPresent(
        entry.job().object(),
        (object, ofObject) -> {
          ofObject.remove(entry.job().key());
          return ofObject.isEmpty() ? null : ofObject;
        });
    index.remove(entry);
  }
}
