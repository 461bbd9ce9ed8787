package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Blocker;
import io.backbeat.api.Blocker.Reason;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.api.UnfinishedJob;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.status.HistoryKey;
import io.backbeat.store.Stores;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What engines tell about single objects, also of the work of other engines. */
@Timeout(60)
class ExplainedObjectsTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Metadata CAT = Metadata.pending("photos", "cat.jpg", "paris").bytes(5);
  private static final TaskOutcome NO_ANSWER =
      new TaskOutcome.Retryable("Timeout", "no answer", Optional.empty());

  private final Stores stores = new InMemoryStores();
  private final List<BackbeatEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ofSeconds(5)));
    stores.close();
  }

  private BackbeatEngine engine(
      JobHandler handler, Duration delay, Set<Role> roles, HistoryOptions history) {
    BackbeatEngine engine =
        BackbeatEngine.builder(stores)
            .locations(PARIS)
            .replication(handler)
            .roles(roles)
            .history(history)
            .config(
                EngineConfig.DEFAULT
                    .withRetry(new RetryPolicy(5, delay, delay, 1, 0))
                    .withBreaker(Duration.ofMillis(500), Duration.ofMinutes(5)))
            .build();
    engines.add(engine);
    return engine;
  }

  private BackbeatEngine started(JobHandler handler, Duration delay) {
    BackbeatEngine engine = engine(handler, delay, Set.of(Role.values()), HistoryOptions.DEFAULT);
    engine.start();
    return engine;
  }

  /** As a process that only answers. */
  private BackbeatEngine observer() {
    return engine(
        (job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION,
        Duration.ofMillis(1),
        Set.of(),
        HistoryOptions.DEFAULT);
  }

  private static LocationExplanation paris(BackbeatEngine engine) {
    return engine.operations().objects().explain(CAT.object()).orElseThrow().locations().get(0);
  }

  private static List<Reason> reasons(BackbeatEngine engine) {
    return engine.operations().objects().explain(CAT.object()).stream()
        .flatMap(explanation -> explanation.locations().get(0).blockers().stream())
        .map(Blocker::reason)
        .toList();
  }

  private static List<Event> events(BackbeatEngine engine) {
    return engine.operations().objects().explain(CAT.object()).stream()
        .flatMap(explanation -> explanation.locations().get(0).transitions().stream())
        .map(Transition::event)
        .toList();
  }

  @Test
  void version_that_failed_twice_and_then_completed_shows_its_way() {
    AtomicInteger attempts = new AtomicInteger();
    BackbeatEngine engine =
        started(
            (job, context) ->
                attempts.incrementAndGet() <= 2
                    ? NO_ANSWER
                    : TaskOutcome.Replicated.WITHOUT_VERSION,
            Duration.ofMillis(20));
    stores.journal().append(List.of(CAT.put()));

    await().until(() -> events(engine).contains(Event.COMPLETED));

    assertThat(events(engine))
        .filteredOn(event -> event != Event.QUEUED)
        .containsExactly(Event.COMPLETED, Event.ATTEMPT_FAILED, Event.ATTEMPT_FAILED);
    assertThat(paris(engine).job()).isEmpty();
    assertThat(paris(engine).blockers()).isEmpty();
    assertThat(events(observer())).isEqualTo(events(engine));
  }

  @Test
  void job_that_waits_for_its_next_attempt_says_until_when_and_why() {
    BackbeatEngine engine = started((job, context) -> NO_ANSWER, Duration.ofHours(1));
    stores.journal().append(List.of(CAT.put()));

    await().until(() -> reasons(engine).equals(List.of(Reason.NEXT_ATTEMPT)));

    UnfinishedJob job = paris(engine).job().orElseThrow();
    assertThat(job.state()).isEqualTo(UnfinishedJob.State.WAITING);
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(job.lastFailure().orElseThrow().message()).isEqualTo("no answer");
    assertThat(paris(engine).blockers().get(0).until()).isEqualTo(job.nextAttempt());
  }

  @Test
  void destination_that_is_down_is_told_by_who_runs_its_jobs_and_then_by_everybody() {
    AtomicBoolean up = new AtomicBoolean();
    BackbeatEngine engine =
        started(
            (job, context) ->
                up.get()
                    ? TaskOutcome.Replicated.WITHOUT_VERSION
                    : new TaskOutcome.DestinationDown("connection refused", Optional.empty()),
            Duration.ofMillis(1));
    BackbeatEngine observer = observer();
    stores.journal().append(List.of(CAT.put()));

    await().until(() -> reasons(engine).contains(Reason.DESTINATION_DOWN));
    await().until(() -> reasons(observer).contains(Reason.DESTINATION_DOWN));
    assertThat(paris(observer).blockers().get(0).detail()).contains("connection refused");
    assertThat(paris(observer).job().orElseThrow().state()).isEqualTo(UnfinishedJob.State.QUEUED);

    up.set(true);
    await().until(() -> overall(engine) == OverallStatus.COMPLETED);
    assertThat(reasons(engine)).isEmpty();
    HistoryKey paris = HistoryKey.of(PARIS);
    await()
        .untilAsserted(
            () ->
                assertThat(stores.transitions().find(List.of(paris)).get(paris).get(0).event())
                    .isEqualTo(Event.DESTINATION_UP));
  }

  @Test
  void paused_location_and_the_others_before_it_block_a_queued_job() {
    BackbeatEngine engine = started((job, context) -> NO_ANSWER, Duration.ofHours(1));
    engine.operations().locations().pause(ServiceName.REPLICATION, PARIS);
    await().until(() -> engine.queues().get(0).observed().name().equals("PAUSED"));
    stores.journal().append(List.of(CAT.version(1).put(), CAT.version(2).put(), CAT.put()));

    await().until(() -> reasons(engine).equals(List.of(Reason.PAUSED, Reason.QUEUE)));

    assertThat(paris(engine).job().orElseThrow().queuePosition()).hasValue(2);
  }

  @Test
  void history_that_is_switched_off_is_empty() {
    AtomicInteger attempts = new AtomicInteger();
    BackbeatEngine engine =
        engine(
            (job, context) ->
                attempts.incrementAndGet() == 1
                    ? NO_ANSWER
                    : TaskOutcome.Replicated.WITHOUT_VERSION,
            Duration.ofMillis(1),
            Set.of(Role.values()),
            HistoryOptions.OFF);
    engine.start();
    stores.journal().append(List.of(CAT.put()));
    await().until(() -> overall(engine) == OverallStatus.COMPLETED);
    engine.close(Duration.ofSeconds(5));

    assertThat(events(engine)).isEmpty();
  }

  private static OverallStatus overall(BackbeatEngine engine) {
    return engine
        .operations()
        .objects()
        .status(CAT.object())
        .map(status -> status.overall())
        .orElse(OverallStatus.PENDING);
  }
}
