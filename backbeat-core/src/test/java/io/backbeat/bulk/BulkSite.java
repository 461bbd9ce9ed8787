package io.backbeat.bulk;

import io.backbeat.api.BulkTask;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobRetry;
import io.backbeat.status.JobSource;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stores with objects in every state, and runners on them that step when told. */
final class BulkSite {
  static final LocationName PARIS = LocationName.of("paris");
  static final LocationName TOKYO = LocationName.of("tokyo");

  /** Two hours after the objects of {@link Metadata} were written. */
  final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));

  final Stores stores = new InMemoryStores(clock, 1);
  final List<JobEvent> events = new CopyOnWriteArrayList<>();
  final BulkTasks tasks =
      new BulkTasks(stores.bulkTasks(), () -> List.of(PARIS, TOKYO), clock, () -> {});
  private final JobSource source = new JournalJobs(stores.journal(), clock);

  BulkRunner runner() {
    return runner(stores.queue(), SweepPolicy.NEVER, Leadership.ALONE);
  }

  BulkRunner runner(SweepPolicy policy) {
    return runner(stores.queue(), policy, Leadership.ALONE);
  }

  BulkRunner runner(JobQueue queue, SweepPolicy policy, Leadership leadership) {
    return runner(stores.bulkTasks(), queue, policy, leadership);
  }

  BulkRunner runner(
      BulkTaskStore taskStore, JobQueue queue, SweepPolicy policy, Leadership leadership) {
    JobRetry retry =
        new JobRetry(stores.failedJobs(), stores.statuses(), queue, source, events::add, clock);
    BulkWalks walks =
        new BulkWalks(
            stores.journal(),
            stores.statuses(),
            stores.failedJobs(),
            queue,
            source,
            retry,
            List.of(PARIS, TOKYO),
            Set.of(LocationName.of("glacier")),
            Set.of(LocationName.of("scratch")),
            Duration.ofHours(1));
    return new BulkRunner(taskStore, walks, policy, leadership, clock);
  }

  /** Rounds until the task has ended. */
  BulkTask finish(BulkRunner runner, BulkTask task) {
    for (int round = 0; round < 1_000; round++) {
      if (tasks.get(task.id()).ended()) {
        return tasks.get(task.id());
      }
      clock.advance(runner.round());
    }
    throw new AssertionError("does not end: " + tasks.get(task.id()));
  }

  /** Written by a client, and lost: PENDING, with no job. */
  ObjectVersion orphan(String bucket, String key, String... locations) {
    return orphan(Metadata.pending(bucket, key, locations));
  }

  ObjectVersion orphan(Metadata metadata) {
    stores.journal().append(List.of(metadata.put()));
    return metadata.object();
  }

  /** Written by a client, with a job in its queue. */
  ObjectVersion queued(String bucket, String key, String location) {
    ObjectVersion object = orphan(bucket, key, location);
    ledger().record(List.of(LedgerEntry.queued(job(object, location))));
    stores.queue().publish(List.of(job(object, location)));
    return object;
  }

  ObjectVersion failed(String bucket, String key, String location, String errorClass) {
    ObjectVersion object = orphan(bucket, key, location);
    Job job = job(object, location);
    Instant at = clock.instant();
    move(object, location, StatusEvent.ATTEMPTS_EXHAUSTED);
    ledger()
        .record(
            List.of(
                LedgerEntry.failed(job, new LedgerEntry.Failure(at, at, errorClass, "no answer"))));
    return object;
  }

  void move(ObjectVersion object, String location, StatusEvent event) {
    stores
        .statuses()
        .apply(
            List.of(
                new StatusChange(
                    object, LocationName.of(location), tracked(object).revision(), event, "")));
  }

  FailedJobStore ledger() {
    return stores.failedJobs();
  }

  Job job(ObjectVersion object, String location) {
    return source.jobFor(object, LocationName.of(location)).orElseThrow();
  }

  Optional<LedgerEntry> entry(ObjectVersion object, String location) {
    return ledger().find(new JobKey(JobType.REPLICATION, object, LocationName.of(location)));
  }

  SiteStatus status(ObjectVersion object, String location) {
    return tracked(object).at(LocationName.of(location)).orElseThrow().status();
  }

  private TrackedStatus tracked(ObjectVersion object) {
    return stores.statuses().find(List.of(object)).get(object);
  }

  /** All that was ever put into the queue of a location; leaves it there. */
  List<ObjectVersion> published(LocationName location) {
    try (JobConsumer consumer =
        stores.queue().consumer(new QueueName(JobType.REPLICATION, location))) {
      consumer.listener(
          new JobConsumer.AssignmentListener() {
            @Override
            public void assigned(Set<Integer> partitions, int generation) {}

            @Override
            public void revoked(Set<Integer> partitions) {}
          });
      List<ObjectVersion> objects = new ArrayList<>();
      List<Delivery> polled;
      do {
        polled = consumer.poll(1_000, Duration.ofMillis(10));
        polled.forEach(d -> objects.add(((Delivery.OfJob) d).job().object()));
      } while (!polled.isEmpty());
      return objects;
    }
  }
}
