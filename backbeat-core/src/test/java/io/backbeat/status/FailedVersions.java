package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.store.Stores;
import io.backbeat.testing.Metadata;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Object versions in stores, brought into the states that operators find them in. */
final class FailedVersions {
  static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  static final Instant FIRST = Instant.parse("2026-11-22T10:05:00Z");
  static final Instant LAST = Instant.parse("2026-11-22T11:00:00Z");

  private final Stores stores;

  FailedVersions(Clock clock) {
    this.stores = new InMemoryStores(clock, 1);
  }

  Stores stores() {
    return stores;
  }

  /** Written by a client and to be replicated; nothing is in the ledger. */
  ObjectVersion written(String key, String... locations) {
    Metadata metadata = Metadata.pending("bucket", key, locations).bytes(7);
    stores.journal().append(List.of(metadata.put()));
    return metadata.object();
  }

  /** Replicated there, or tried to. */
  void move(ObjectVersion object, String location, StatusEvent event) {
    stores
        .statuses()
        .apply(
            List.of(
                new StatusChange(object, LocationName.of(location), revision(object), event, "")));
  }

  /** Its replication failed for good after three attempts, and is in the ledger. */
  ObjectVersion failed(String key, String... locations) {
    ObjectVersion object = written(key, locations);
    for (String location : locations) {
      move(object, location, StatusEvent.ATTEMPTS_EXHAUSTED);
      record(LedgerEntry.failed(job(object, location).withAttempt(3), failure()));
    }
    return object;
  }

  void record(LedgerEntry entry) {
    stores.failedJobs().record(List.of(entry));
  }

  static LedgerEntry.Failure failure() {
    return new LedgerEntry.Failure(FIRST, LAST, "Timeout", "no answer in 5 s");
  }

  Job job(ObjectVersion object, String location) {
    JobKey key = new JobKey(JobType.REPLICATION, object, LocationName.of(location));
    return new Job(key, revision(object), 7, 0, CREATED, "{}");
  }

  /** The job of any version that is known. */
  Optional<Job> jobFor(ObjectVersion object, LocationName location) {
    return stores.statuses().find(List.of(object)).containsKey(object)
        ? Optional.of(job(object, location.value()))
        : Optional.empty();
  }

  Optional<LedgerEntry> ledger(ObjectVersion object, String location) {
    return stores
        .failedJobs()
        .find(new JobKey(JobType.REPLICATION, object, LocationName.of(location)));
  }

  SiteStatus status(ObjectVersion object, String location) {
    return tracked(object).at(LocationName.of(location)).orElseThrow().status();
  }

  private String revision(ObjectVersion object) {
    return tracked(object).revision();
  }

  private TrackedStatus tracked(ObjectVersion object) {
    TrackedStatus tracked = stores.statuses().find(List.of(object)).get(object);
    if (tracked == null) {
      throw new AssertionError("not written: " + object);
    }
    return tracked;
  }
}
