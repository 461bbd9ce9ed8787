package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.log.MetadataChange;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.Plan;
import io.backbeat.status.LedgerEntry;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackbeatEngineTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final JobHandler DONE = (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION;

  private final Stores stores = new InMemoryStores();
  private final List<BackbeatEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ofSeconds(5)));
    stores.close();
  }

  @Test
  void objects_reach_all_locations_and_the_numbers_say_so() {
    BackbeatEngine engine = started(DONE);
    write("a", "b", "c");
    awaitSettled(engine);
    assertThat(List.of(overall(engine, "a"), overall(engine, "b"), overall(engine, "c")))
        .containsOnly(OverallStatus.COMPLETED);
    await()
        .untilAsserted(
            () -> {
              MetricsReport all = engine.operations().metrics().reportAll(ServiceName.REPLICATION);
              assertThat(all.completions()).isEqualTo(new Amount(6, 600));
              assertThat(all.pending()).isEqualTo(Amount.ZERO);
              assertThat(all.failures()).isEqualTo(Amount.ZERO);
            });
    assertThat(engine.populated().jobs()).isEqualTo(6);
    assertThat(engine.operations().health().overall()).isEqualTo(ComponentHealth.State.OK);
  }

  @Test
  void a_paused_location_queues_and_loses_nothing_while_the_other_goes_on() {
    BackbeatEngine engine = started(DONE);
    engine.operations().locations().pause(ServiceName.REPLICATION, PARIS);
    await().until(() -> observed(engine, PARIS) == ObservedState.PAUSED);
    write("a");
    await()
        .until(
            () ->
                engine.operations().objects().status(object("a")).orElseThrow().overall()
                    == OverallStatus.PROCESSING);
    assertThat(engine.operations().objects().status(object("a")).orElseThrow().userMetadata())
        .containsEntry("paris-replication-status", "PENDING")
        .containsEntry("tokyo-replication-status", "COMPLETED");
    engine.operations().locations().resume(ServiceName.REPLICATION, PARIS);
    await().until(() -> overall(engine, "a") == OverallStatus.COMPLETED);
    await().until(() -> observed(engine, PARIS) == ObservedState.RUNNING);
  }

  @Test
  void a_pause_survives_the_engine() {
    BackbeatEngine first = started(DONE);
    first.operations().locations().pause(ServiceName.REPLICATION, PARIS);
    first.close(Duration.ofSeconds(5));
    BackbeatEngine second = started(DONE);
    write("a");
    await().until(() -> overall(second, "a") == OverallStatus.PROCESSING);
    await().until(() -> observed(second, PARIS) == ObservedState.PAUSED);
  }

  @Test
  void a_failure_is_listed_and_a_retry_completes_it() {
    AtomicBoolean broken = new AtomicBoolean(true);
    BackbeatEngine engine =
        started(
            (job, context) ->
                broken.get() && job.location().equals(TOKYO)
                    ? new TaskOutcome.Rejected("AccessDenied", "no permission to write")
                    : TaskOutcome.Replicated.WITHOUT_VERSION);
    write("a");
    awaitSettled(engine);
    assertThat(overall(engine, "a")).isEqualTo(OverallStatus.FAILED);
    FailedOperation failed =
        engine
            .operations()
            .failed()
            .list(TOKYO, FailedOperations.FIRST_PAGE, 10)
            .operations()
            .get(0);
    assertThat(failed.object()).isEqualTo(object("a"));
    assertThat(failed.errorClass()).isEqualTo("AccessDenied");
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(
            engine.operations().metrics().report(ServiceName.REPLICATION, TOKYO).failures().count())
        .isEqualTo(1);

    broken.set(false);
    assertThat(engine.operations().failed().retry(List.of(RetryRequest.of(object("a"), TOKYO))))
        .hasSize(1);
    await().until(() -> overall(engine, "a") == OverallStatus.COMPLETED);
    assertThat(
            engine.operations().failed().list(TOKYO, FailedOperations.FIRST_PAGE, 10).operations())
        .isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        engine
                            .operations()
                            .metrics()
                            .report(ServiceName.REPLICATION, TOKYO)
                            .pending())
                    .isEqualTo(Amount.ZERO));
  }

  @Test
  void a_second_engine_goes_on_where_the_first_stopped_and_repeats_nothing() {
    Map<String, AtomicInteger> copies = new ConcurrentHashMap<>();
    JobHandler counting =
        (job, context) -> {
          copies
              .computeIfAbsent(job.object().key() + job.location(), k -> new AtomicInteger())
              .incrementAndGet();
          return TaskOutcome.Replicated.WITHOUT_VERSION;
        };
    BackbeatEngine first = started(counting);
    String[] keys = keys(200);
    write(keys);
    await().until(() -> copies.size() > 50);
    first.close(Duration.ofSeconds(5));
    BackbeatEngine second = started(counting);
    awaitSettled(second);
    assertThat(copies).hasSize(400);
    assertThat(copies.values()).allMatch(count -> count.get() == 1);
  }

  @Test
  void two_engines_on_one_store_share_the_work() {
    ConcurrentLinkedQueue<String> copies = new ConcurrentLinkedQueue<>();
    JobHandler counting =
        (job, context) -> {
          copies.add(job.object().key() + job.location());
          return TaskOutcome.Replicated.WITHOUT_VERSION;
        };
    BackbeatEngine one = started(counting);
    BackbeatEngine two = builder(counting).roles(Set.of(Role.PROCESSOR)).build();
    engines.add(two);
    two.start();
    write(keys(300));
    awaitSettled(one);
    assertThat(copies).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  void an_own_job_type_is_planned_from_the_same_log_and_run_beside_replication() {
    JobType thumbnail = new JobType("thumbnail");
    LocationName gallery = LocationName.of("gallery");
    ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
    BackbeatEngine engine =
        builder(DONE)
            .jobType(
                thumbnail,
                List.of(gallery),
                entry ->
                    new Plan.Queue(
                        List.of(
                            new Job(
                                new JobKey(
                                    thumbnail,
                                    ObjectVersion.unversioned(entry.bucket(), entry.key()),
                                    gallery),
                                entry.position().value(),
                                0,
                                0,
                                entry.timestamp(),
                                ""))),
                (job, context) -> {
                  made.add(job.object().key());
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .build();
    engines.add(engine);
    engine.start();
    write("a", "b");
    await().until(() -> made.size() == 2);
    awaitSettled(engine);
    await()
        .until(
            () ->
                stores.failedJobs().counts(thumbnail).values().stream()
                    .allMatch(s -> s.values().stream().allMatch(n -> n == 0)));
  }

  @Test
  void data_at_a_transient_source_is_collected_once_every_location_has_it() {
    ConcurrentLinkedQueue<ObjectVersion> collected = new ConcurrentLinkedQueue<>();
    BackbeatEngine engine =
        builder(DONE)
            .garbageCollection(
                Set.of(LocationName.of("us-east-1")),
                (job, context) -> {
                  collected.add(job.object());
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .build();
    engines.add(engine);
    engine.operations().locations().pause(ServiceName.REPLICATION, TOKYO);
    engine.start();
    stores
        .journal()
        .append(List.of(new MetadataChange.Put(object("a"), withLocation(metadata("a")))));
    await().until(() -> overall(engine, "a") == OverallStatus.PROCESSING);
    assertThat(collected).isEmpty();
    engine.operations().locations().resume(ServiceName.REPLICATION, TOKYO);
    await().until(() -> collected.contains(object("a")));
  }

  @Test
  void a_paused_location_runs_nothing_at_all_after_a_restart_and_other_types_at_that_name_go_on() {
    JobType index = new JobType("index");
    AtomicInteger copies = new AtomicInteger();
    AtomicInteger indexed = new AtomicInteger();
    BackbeatEngine first = started(DONE);
    first.operations().locations().pause(ServiceName.REPLICATION, PARIS);
    first.close(Duration.ofSeconds(5));
    write("a", "b");
    BackbeatEngine second =
        builder(
                (job, context) -> {
                  if (job.location().equals(PARIS)) {
                    copies.incrementAndGet();
                  }
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .jobType(
                index,
                List.of(PARIS),
                entry ->
                    new Plan.Queue(
                        List.of(
                            new Job(
                                new JobKey(
                                    index,
                                    ObjectVersion.unversioned(entry.bucket(), entry.key()),
                                    PARIS),
                                "1",
                                0,
                                0,
                                entry.timestamp(),
                                ""))),
                (job, context) -> {
                  indexed.incrementAndGet();
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .build();
    engines.add(second);
    second.start();
    await().until(() -> indexed.get() == 2 && overall(second, "b") == OverallStatus.PROCESSING);
    await().until(() -> observed(second, PARIS) == ObservedState.PAUSED);
    assertThat(copies).hasValue(0);
  }

  @Test
  void closing_on_an_interrupted_thread_closes_every_part() {
    BackbeatEngine engine = started(DONE);
    write(keys(50));
    Thread.currentThread().interrupt();
    engine.close(Duration.ofSeconds(5));
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .noneMatch(
            name ->
                name.startsWith("backbeat-populator") || name.startsWith("backbeat-replication/"));
    awaitSettled(started(DONE));
  }

  @Test
  void data_is_not_collected_while_a_newer_change_still_needs_it() {
    ConcurrentLinkedQueue<ObjectVersion> collected = new ConcurrentLinkedQueue<>();
    stores
        .journal()
        .append(List.of(new MetadataChange.Put(object("a"), withLocation(metadata("a")))));
    Job collection =
        new Job(
            new JobKey(JobType.GARBAGE_COLLECTION, object("a"), LocationName.of("us-east-1")),
            "an older revision",
            0,
            0,
            Instant.EPOCH,
            "{}");
    stores.failedJobs().record(List.of(LedgerEntry.queued(collection)));
    stores.queue().publish(List.of(collection));
    BackbeatEngine working =
        builder(DONE)
            .garbageCollection(
                Set.of(LocationName.of("us-east-1")),
                (job, context) -> {
                  collected.add(job.object());
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .roles(Set.of(Role.GC))
            .build();
    engines.add(working);
    working.start();
    await().until(() -> stores.failedJobs().find(collection.key()).isEmpty());
    assertThat(collected).isEmpty();
  }

  @Test
  void collections_that_others_asked_for_are_run_whatever_their_location_and_revision() {
    ConcurrentLinkedQueue<String> collected = new ConcurrentLinkedQueue<>();
    stores.journal().append(List.of(new MetadataChange.Put(object("a"), metadata("a").json())));
    for (String location : List.of("us-east-1", "glacier")) {
      JobKey key = new JobKey(JobType.GARBAGE_COLLECTION, object("a"), LocationName.of(location));
      stores.queue().publish(List.of(new Job(key, "", 0, 0, Instant.EPOCH, "one")));
      stores.queue().publish(List.of(new Job(key, "", 0, 0, Instant.EPOCH, "two")));
    }
    BackbeatEngine working =
        builder(DONE)
            .garbageCollection(
                (job, context) -> {
                  collected.add(job.location() + " " + job.payload());
                  return TaskOutcome.Replicated.WITHOUT_VERSION;
                })
            .roles(Set.of(Role.GC))
            .build();
    engines.add(working);
    working.start();
    await()
        .untilAsserted(
            () ->
                assertThat(collected)
                    .containsExactlyInAnyOrder(
                        "us-east-1 one", "us-east-1 two", "glacier one", "glacier two"));
    assertThat(working.queues()).extracting(queue -> queue.queue().toString()).contains("gc/all");
  }

  @Test
  void a_newer_write_during_the_copy_is_copied_too() {
    ConcurrentLinkedQueue<String> revisions = new ConcurrentLinkedQueue<>();
    AtomicBoolean rewritten = new AtomicBoolean();
    BackbeatEngine engine =
        started(
            (job, context) -> {
              if (rewritten.compareAndSet(false, true)) {
                write("a");
              }
              revisions.add(job.revision() + job.location());
              return TaskOutcome.Replicated.WITHOUT_VERSION;
            });
    write("a");
    await().until(() -> rewritten.get());
    awaitSettled(engine);
    String newest = stores.statuses().find(Set.of(object("a"))).get(object("a")).revision();
    assertThat(revisions).contains(newest + "paris", newest + "tokyo");
    assertThat(overall(engine, "a")).isEqualTo(OverallStatus.COMPLETED);
  }

  @Test
  void a_wrong_wiring_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> BackbeatEngine.builder(stores).locations(PARIS).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("paris")
        .hasMessageContaining("replication(handler)");
    assertThatThrownBy(
            () ->
                BackbeatEngine.builder(stores)
                    .jobType(
                        JobType.REPLICATION, List.of(PARIS), entry -> new Plan.Ignore(""), DONE))
        .hasMessageContaining("replication is registered already");
  }

  @Test
  void an_engine_starts_once_and_closes_any_number_of_times() {
    BackbeatEngine engine = started(DONE);
    assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
    engine.close(Duration.ofSeconds(1));
    engine.close(Duration.ofSeconds(1));
    assertThatThrownBy(engine::start).hasMessageContaining("CLOSED");
  }

  @Test
  void locations_of_other_services_are_kept_and_counted_without_being_worked_on() {
    BackbeatEngine engine =
        builder(DONE)
            .locations(ServiceName.INGESTION, List.of(TOKYO))
            .locations(ServiceName.LIFECYCLE, List.of(PARIS, TOKYO, PARIS))
            .build();
    engines.add(engine);
    engine.start();
    LocationOperations locations = engine.operations().locations();
    assertThat(locations.get(ServiceName.INGESTION, TOKYO).target()).isEqualTo(TargetState.PAUSED);
    assertThat(locations.list(ServiceName.LIFECYCLE))
        .extracting(LocationStatus::location, LocationStatus::target, LocationStatus::revision)
        .containsExactly(
            tuple(PARIS, TargetState.RUNNING, 1L), tuple(TOKYO, TargetState.RUNNING, 1L));
    assertThat(engine.operations().metrics().reportAll(ServiceName.INGESTION).completions())
        .isEqualTo(Amount.ZERO);
    assertThat(engine.queues()).hasSize(2);
  }

  private BackbeatEngine started(JobHandler handler) {
    BackbeatEngine engine = builder(handler).build();
    engines.add(engine);
    engine.start();
    return engine;
  }

  private BackbeatEngine.Builder builder(JobHandler handler) {
    return BackbeatEngine.builder(stores)
        .locations(PARIS, TOKYO)
        .replication(handler)
        .config(
            EngineConfig.DEFAULT.withRetry(
                new RetryPolicy(2, Duration.ofMillis(50), Duration.ofMillis(50), 1, 0)));
  }

  private void write(String... keys) {
    List<MetadataChange> changes = new ArrayList<>();
    for (String key : keys) {
      changes.add(metadata(key).put());
    }
    stores.journal().append(changes);
  }

  private static Metadata metadata(String key) {
    return Metadata.pending("bucket", key, "paris", "tokyo");
  }

  private static String withLocation(Metadata metadata) {
    return metadata
        .json()
        .replaceFirst(
            "\\{",
            "{\"location\":[{\"key\":\"k\",\"size\":100,\"start\":0,\"dataStoreName\":\"us-east-1\",\"dataStoreETag\":\"1:abc\"}],");
  }

  private static String[] keys(int count) {
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] = "key-" + i;
    }
    return keys;
  }

  private static ObjectVersion object(String key) {
    return ObjectVersion.unversioned("bucket", key);
  }

  private static OverallStatus overall(BackbeatEngine engine, String key) {
    return engine.operations().objects().status(object(key)).orElseThrow().overall();
  }

  private static ObservedState observed(BackbeatEngine engine, LocationName location) {
    return engine.operations().locations().get(ServiceName.REPLICATION, location).observed();
  }

  private static void awaitSettled(BackbeatEngine engine) {
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.unfinished().settled());
  }
}
