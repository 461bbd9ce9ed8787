package io.backbeat.contract;

import static io.backbeat.contract.ContractEngine.COLD;
import static io.backbeat.contract.ContractEngine.ODD;
import static io.backbeat.contract.ContractEngine.OSLO;
import static io.backbeat.contract.ContractEngine.PARIS;
import static io.backbeat.contract.ContractEngine.RING;
import static io.backbeat.contract.ContractEngine.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.Blocker;
import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkOperations;
import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.BulkRequest.Retry;
import io.backbeat.api.BulkTask;
import io.backbeat.api.CatchUp;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.OldestPending;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.ReplicationTimes;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.api.TimeRange;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link Backbeat} promises, whoever carries it: the engine itself, or a client over HTTP. The
 * results are compared with those of the engine, and with what is known of the prepared objects.
 * Ends with the check that no method was forgotten.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackbeatContract {
  private static final ServiceName CRR = ServiceName.REPLICATION;
  private static final LocationName NOWHERE = LocationName.of("nowhere");

  /** A location may have this name, but it is not one of those here. */
  private static final LocationName ALL = LocationName.of("all");

  private static final ObjectVersion UNKNOWN = new ObjectVersion("photos", "nothing", "6e");
  private static final int COUNT = ContractEngine.OBJECTS.size();
  private static final long BYTES = 1234L * COUNT;

  private final Exercised exercised = new Exercised();
  private final AtomicInteger finished = new AtomicInteger();
  private ContractEngine engine;
  private Backbeat reference;
  private Backbeat subject;
  private MetricsOperations metrics;
  private FailedOperations failed;
  private LocationOperations locations;
  private BulkOperations bulk;

  /**
   * What is to be tested.
   *
   * @param operations those of the engine that it has to reach
   * @param clock that of the engine
   */
  protected abstract Backbeat carry(Backbeat operations, Clock clock) throws Exception;

  /**
   * What the engine runs on; closed with it.
   *
   * @param directory an empty one for whoever wants to keep files
   */
  protected Stores stores(Path directory) throws Exception {
    return EmbeddedStore.open(directory);
  }

  /** Ends what {@link #carry} began. */
  protected void putDown() throws Exception {}

  /** The engine behind the subject. */
  protected final Backbeat reference() {
    return reference;
  }

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    engine = ContractEngine.started(stores(directory));
    reference = engine.operations();
    subject = exercised.noting(carry(reference, engine.clock));
    metrics = subject.metrics();
    failed = subject.failed();
    locations = subject.locations();
    bulk = subject.bulk();
  }

  @AfterEach
  void end() throws Exception {
    putDown();
    engine.close();
    finished.incrementAndGet();
  }

  /** Says nothing when only some of the tests were run. */
  @AfterAll
  void every_method_was_exercised() {
    if (complete()) {
      assertThat(exercised.missing())
          .as("methods of Backbeat and its facets that no test of the contract calls")
          .isEmpty();
    }
  }

  /** Whether all tests were run, and not a selection. */
  protected final boolean complete() {
    long tests =
        Stream.<Class<?>>iterate(getClass(), c -> c != Object.class, Class::getSuperclass)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(
                m -> m.isAnnotationPresent(Test.class) && !m.isAnnotationPresent(Disabled.class))
            .count();
    return finished.get() == tests;
  }

  @Test
  void health_tells_every_part() {
    assertThat(subject.health()).isEqualTo(reference.health());
    assertThat(subject.health().components()).isNotEmpty();
  }

  @Test
  void numbers_of_every_location_are_those_of_the_engine() {
    for (LocationName location : List.of(PARIS, TOKYO, OSLO, ODD)) {
      assertSame(metrics.report(CRR, location), reference.metrics().report(CRR, location));
    }
    assertThat(metrics.report(CRR, PARIS).completions()).isEqualTo(new Amount(COUNT, BYTES));
    assertThat(metrics.report(CRR, PARIS).throughput().bytesPerSecond()).isPositive();
    assertThat(metrics.report(CRR, TOKYO).failures()).isEqualTo(new Amount(COUNT, 0));
    assertThat(metrics.report(CRR, OSLO).pending()).isEqualTo(new Amount(COUNT, BYTES));
    assertThat(metrics.report(CRR, OSLO).backlog()).isEqualTo(new Amount(COUNT, BYTES));
    assertThat(metrics.report(CRR, ODD).backlog()).isEqualTo(Amount.ZERO);
  }

  @Test
  void numbers_of_all_locations_are_added_up() {
    assertSame(metrics.reportAll(CRR), reference.metrics().reportAll(CRR));
    assertThat(metrics.reportAll(CRR).completions()).isEqualTo(new Amount(COUNT, BYTES));
    assertThat(metrics.reportAll(CRR).failures()).isEqualTo(new Amount(COUNT, 0));
  }

  @Test
  void ingestion_has_numbers_and_lifecycle_has_none() {
    ServiceName ingestion = ServiceName.INGESTION;
    assertSame(metrics.reportAll(ingestion), reference.metrics().reportAll(ingestion));
    assertSame(metrics.report(ingestion, RING), reference.metrics().report(ingestion, RING));
    assertCode(
        ErrorCode.ROUTE_NOT_FOUND,
        () -> metrics.reportAll(ServiceName.LIFECYCLE),
        () -> metrics.report(ServiceName.LIFECYCLE, COLD));
  }

  @Test
  void lag_of_every_location_is_that_of_the_engine() {
    List<LagReport> lags = metrics.lagAll(CRR);
    assertThat(lags).isEqualTo(reference.metrics().lagAll(CRR));
    assertThat(lags).extracting(LagReport::location).containsExactly(PARIS, TOKYO, OSLO, ODD);
    for (LagReport lag : lags) {
      assertThat(metrics.lag(CRR, lag.location())).isEqualTo(lag);
    }
    LagReport paris = metrics.lag(CRR, PARIS);
    assertThat(paris.catchUp()).isEqualTo(CatchUp.in(CatchUpState.CAUGHT_UP, Duration.ZERO));
    assertThat(paris.times()).map(ReplicationTimes::samples).contains((long) COUNT);
    assertThat(paris.completions().bytesPerSecond()).isPositive();
    assertThat(paris.oldest()).isEmpty();
    LagReport tokyo = metrics.lag(CRR, TOKYO);
    assertThat(tokyo.failed()).isEqualTo(COUNT);
    assertThat(tokyo.pending()).isEqualTo(Amount.ZERO);
    assertThat(tokyo.times()).isEmpty();
    LagReport oslo = metrics.lag(CRR, OSLO);
    assertThat(oslo.paused()).isTrue();
    assertThat(oslo.catchUp()).isEqualTo(CatchUp.unknown(CatchUpState.PAUSED));
    assertThat(oslo.pending()).isEqualTo(new Amount(COUNT, BYTES));
    assertThat(oslo.oldest()).map(OldestPending::object).get().isIn(ContractEngine.objects());
    assertThat(oslo.arrivals().objectsPerSecond()).isPositive();
    assertThat(metrics.lag(CRR, ODD).times()).isEmpty();
  }

  @Test
  void only_locations_of_replication_have_a_lag() {
    assertCode(
        ErrorCode.ROUTE_NOT_FOUND,
        () -> metrics.lag(CRR, NOWHERE),
        () -> metrics.lag(CRR, ALL),
        () -> metrics.lag(ServiceName.INGESTION, RING),
        () -> metrics.lagAll(ServiceName.INGESTION),
        () -> metrics.lagAll(ServiceName.LIFECYCLE));
  }

  @Test
  void progress_of_every_object_is_told_whatever_its_name() {
    for (ObjectVersion object : ContractEngine.objects()) {
      assertThat(metrics.progress(PARIS, object))
          .as(object.toString())
          .isEqualTo(reference.metrics().progress(PARIS, object))
          .isEqualTo(new ObjectProgress(234, 1000));
      assertThat(metrics.progress(OSLO, object)).isEqualTo(new ObjectProgress(0, 0));
      assertThat(metrics.bytesPerSecond(PARIS, object))
          .isCloseTo(reference.metrics().bytesPerSecond(PARIS, object), within(0.005))
          .isPositive();
    }
    assertThat(metrics.progress(PARIS, UNKNOWN)).isEqualTo(new ObjectProgress(0, 0));
    assertThat(metrics.bytesPerSecond(PARIS, UNKNOWN)).isZero();
  }

  @Test
  void unknown_location_has_no_numbers() {
    ObjectVersion object = ContractEngine.objects().get(0);
    for (LocationName unknown : List.of(NOWHERE, ALL, RING)) {
      assertCode(
          ErrorCode.ROUTE_NOT_FOUND,
          () -> metrics.report(CRR, unknown),
          () -> metrics.progress(unknown, object),
          () -> metrics.bytesPerSecond(unknown, object));
    }
    assertCode(ErrorCode.ROUTE_NOT_FOUND, () -> metrics.report(ServiceName.INGESTION, PARIS));
  }

  @Test
  void failures_are_listed_in_pages_of_any_size() {
    for (int limit : List.of(1, 5, COUNT, FailedOperations.PAGE_SIZE, 1000)) {
      assertThat(pages(failed, limit))
          .as("limit " + limit)
          .isEqualTo(pages(reference.failed(), limit));
    }
    List<FailedOperation> all =
        pages(failed, 4).stream().flatMap(p -> p.operations().stream()).toList();
    assertThat(all).extracting(FailedOperation::object).hasSize(COUNT).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            operation -> {
              assertThat(operation.location()).isEqualTo(TOKYO);
              assertThat(operation.size()).isEqualTo(1234);
              assertThat(operation.attempts()).isEqualTo(1);
              assertThat(operation.errorClass()).isEqualTo("Full");
              assertThat(operation.message()).isEqualTo("no space left at \"tokyo\": é");
            });
  }

  @Test
  void failures_can_be_gone_through_without_thinking_of_pages() {
    List<FailedOperation> page = reference.failed().list(TOKYO, 0, 1000).operations();

    assertThat(failed.all(TOKYO)).containsExactlyElementsOf(page);
    assertThat(failed.stream(TOKYO)).containsExactlyElementsOf(page);
  }

  @Test
  void location_without_failures_gives_an_empty_page_also_an_unknown_one() {
    for (LocationName location : List.of(PARIS, ODD, NOWHERE, ALL)) {
      assertThat(failed.list(location, FailedOperations.FIRST_PAGE, 10))
          .isEqualTo(FailedPage.EMPTY);
      assertThat(failed.all(location)).isEmpty();
    }
  }

  @Test
  void marker_and_limit_out_of_range_are_refused() {
    assertCode(
        ErrorCode.INVALID_QUERY_PARAMETER,
        () -> failed.list(TOKYO, -1, 10),
        () -> failed.list(TOKYO, Long.MIN_VALUE, 10),
        () -> failed.list(TOKYO, 0, 0),
        () -> failed.list(TOKYO, 0, -1),
        () -> failed.list(TOKYO, 0, 1001),
        () -> failed.list(TOKYO, 0, Integer.MAX_VALUE));
  }

  @Test
  void failures_of_a_version_are_found_whatever_its_name() {
    for (ObjectVersion object : ContractEngine.objects()) {
      assertThat(failed.find(object)).as(object.toString()).hasSize(1);
      assertThat(failed.find(object)).isEqualTo(reference.failed().find(object));
    }
    assertThat(failed.find(UNKNOWN)).isEmpty();
  }

  @Test
  void retry_queues_what_is_recorded_and_leaves_out_the_rest() {
    engine.freeze(TOKYO);
    List<RetryRequest> requests = new ArrayList<>();
    ContractEngine.objects().forEach(object -> requests.add(RetryRequest.of(object, TOKYO)));
    requests.add(RetryRequest.of(UNKNOWN, TOKYO));
    requests.add(RetryRequest.of(ContractEngine.objects().get(0), PARIS));
    requests.add(RetryRequest.of(ContractEngine.objects().get(0), NOWHERE));

    List<RetryResult> results = failed.retry(requests);

    assertThat(results)
        .extracting(RetryResult::object)
        .containsExactlyInAnyOrderElementsOf(ContractEngine.objects());
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.location()).isEqualTo(TOKYO);
              assertThat(result.status()).isEqualTo(SiteStatus.PENDING);
              assertThat(result.size()).isEqualTo(1234);
            });
    assertThat(failed.retry(requests)).isEmpty();
    assertThat(failed.all(TOKYO)).isEmpty();
    ReplicationStatus status = subject.objects().status(results.get(0).object()).orElseThrow();
    assertThat(status.overall()).isEqualTo(OverallStatus.PROCESSING);
  }

  @Test
  void forced_retry_queues_a_known_version_that_is_not_recorded() {
    engine.freeze(TOKYO);
    ObjectVersion object = ContractEngine.objects().get(1);
    RetryRequest completed = new RetryRequest(object, PARIS, true);
    RetryRequest recorded = new RetryRequest(object, TOKYO, true);
    RetryRequest unknown = new RetryRequest(UNKNOWN, TOKYO, true);

    assertThat(failed.retry(List.of(completed, recorded, unknown)))
        .extracting(RetryResult::location)
        .containsExactly(TOKYO);
    assertThat(failed.retry(List.of())).isEmpty();
  }

  @Test
  void locations_of_every_service_are_listed_in_configured_order() {
    for (ServiceName service : ServiceName.values()) {
      List<LocationStatus> all = locations.list(service);
      assertThat(all).isEqualTo(reference.locations().list(service));
      for (LocationStatus one : all) {
        assertThat(locations.get(service, one.location())).isEqualTo(one);
      }
    }
    assertThat(locations.list(CRR))
        .extracting(LocationStatus::location)
        .containsExactly(PARIS, TOKYO, OSLO, ODD);
    assertThat(locations.get(CRR, OSLO).observed()).isEqualTo(ObservedState.PAUSED);
    assertThat(locations.get(ServiceName.INGESTION, RING).target()).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void pause_schedule_and_resume_tell_what_became_of_the_location() {
    Instant tomorrow = engine.clock.instant().plus(Duration.ofDays(1)).plusMillis(7);
    for (ServiceName service : ServiceName.values()) {
      LocationName location = service == ServiceName.INGESTION ? RING : PARIS;

      assertThat(locations.pause(service, location).target()).isEqualTo(TargetState.PAUSED);
      assertThat(locations.pause(service, location)).satisfies(this::isWhatTheEngineTells);
      assertThat(locations.resumeAt(service, location, tomorrow))
          .satisfies(this::isWhatTheEngineTells)
          .satisfies(s -> assertThat(s.resumeAt()).contains(tomorrow));
      assertThat(locations.pause(service, location).resumeAt()).contains(tomorrow);
      assertThat(locations.cancelResume(service, location))
          .satisfies(this::isWhatTheEngineTells)
          .satisfies(s -> assertThat(s.resumeAt()).isEmpty())
          .satisfies(s -> assertThat(s.target()).isEqualTo(TargetState.PAUSED));
      assertThat(locations.resume(service, location))
          .satisfies(this::isWhatTheEngineTells)
          .satisfies(s -> assertThat(s.target()).isEqualTo(TargetState.RUNNING));
      assertThat(locations.resumeAt(service, location, tomorrow).resumeAt()).isEmpty();
    }
  }

  @Test
  void schedule_in_the_past_resumes_now() {
    Instant past = engine.clock.instant().minusMillis(1);

    assertThat(locations.resumeAt(CRR, OSLO, past))
        .satisfies(this::isWhatTheEngineTells)
        .satisfies(s -> assertThat(s.target()).isEqualTo(TargetState.RUNNING));
  }

  @Test
  void location_with_an_odd_name_is_steered_like_any_other() {
    Instant later = engine.clock.instant().plusSeconds(1);

    assertThat(locations.pause(CRR, ODD)).satisfies(this::isWhatTheEngineTells);
    assertThat(locations.resumeAt(CRR, ODD, later)).satisfies(this::isWhatTheEngineTells);
    assertThat(locations.cancelResume(CRR, ODD)).satisfies(this::isWhatTheEngineTells);
    assertThat(locations.resume(CRR, ODD)).satisfies(this::isWhatTheEngineTells);
    assertThat(locations.get(CRR, ODD)).satisfies(this::isWhatTheEngineTells);
  }

  @Test
  void unknown_location_cannot_be_steered_and_changes_nothing() {
    List<LocationStatus> before = reference.locations().list(CRR);
    Instant later = engine.clock.instant().plusSeconds(1);
    for (LocationName unknown : List.of(NOWHERE, ALL, RING, LocationName.of(".."))) {
      assertCode(
          ErrorCode.ROUTE_NOT_FOUND,
          () -> locations.get(CRR, unknown),
          () -> locations.pause(CRR, unknown),
          () -> locations.resume(CRR, unknown),
          () -> locations.resumeAt(CRR, unknown, later),
          () -> locations.cancelResume(CRR, unknown));
    }
    assertThat(reference.locations().list(CRR)).isEqualTo(before);
  }

  @Test
  void status_of_every_object_is_told_whatever_its_name() {
    for (ObjectVersion object : ContractEngine.objects()) {
      Optional<ReplicationStatus> status = subject.objects().status(object);
      assertThat(status).as(object.toString()).isEqualTo(reference.objects().status(object));
      assertThat(status.orElseThrow().userMetadata())
          .containsEntry("paris-replication-status", "COMPLETED")
          .containsEntry("paris-version-id", "copy of " + object.key())
          .containsEntry("tokyo-replication-status", "FAILED")
          .containsEntry("oslo-replication-status", "PENDING");
    }
    assertThat(subject.objects().status(UNKNOWN)).isEmpty();
    assertThat(subject.objects().status(ObjectVersion.unversioned("photos", "2026/cat.jpg")))
        .isEmpty();
  }

  @Test
  void every_object_is_explained_whatever_its_name() {
    List<ObjectVersion> objects = ContractEngine.objects();
    // Histories are written a moment after the event.
    await()
        .untilAsserted(
            () ->
                assertThat(objects)
                    .allSatisfy(
                        object ->
                            assertThat(
                                    explained(reference, object).locations().get(1).transitions())
                                .extracting(Transition::event)
                                .contains(Transition.Event.FAILED)));
    for (ObjectVersion object : objects) {
      await()
          .untilAsserted(
              () ->
                  assertThat(explained(subject, object))
                      .as(object.toString())
                      .isEqualTo(explained(reference, object)));
      ObjectExplanation explanation = explained(subject, object);
      assertThat(explanation.overall()).isEqualTo(OverallStatus.FAILED);
      assertThat(explanation.size()).hasValue(1234);
      assertThat(explanation.lastModified()).isPresent();
      assertThat(explanation.locations())
          .extracting(LocationExplanation::location)
          .containsExactly(PARIS, TOKYO, OSLO);

      LocationExplanation paris = explanation.locations().get(0);
      assertThat(paris.site().dataStoreVersionId()).isEqualTo("copy of " + object.key());
      assertThat(paris.job()).isEmpty();
      assertThat(paris.blockers()).isEmpty();

      LocationExplanation tokyo = explanation.locations().get(1);
      UnfinishedJob failure = tokyo.job().orElseThrow();
      assertThat(failure.state()).isEqualTo(UnfinishedJob.State.FAILED);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(failure.lastFailure().orElseThrow().message()).contains("\"tokyo\": é");
      assertThat(reasons(tokyo)).containsExactly(Blocker.Reason.FAILED);
      assertThat(tokyo.transitions())
          .filteredOn(transition -> transition.event() == Transition.Event.FAILED)
          .extracting(Transition::errorClass)
          .containsExactly("Full");

      LocationExplanation oslo = explanation.locations().get(2);
      assertThat(oslo.job().orElseThrow().state()).isEqualTo(UnfinishedJob.State.QUEUED);
      assertThat(oslo.job().orElseThrow().queuePosition()).isPresent();
      assertThat(reasons(oslo)).startsWith(Blocker.Reason.PAUSED);
    }
    assertThat(subject.objects().explain(UNKNOWN)).isEmpty();
    assertThat(subject.objects().explain(ObjectVersion.unversioned("photos", "2026/cat.jpg")))
        .isEmpty();
  }

  private static ObjectExplanation explained(Backbeat backbeat, ObjectVersion object) {
    return backbeat.objects().explain(object).orElseThrow();
  }

  private static List<Blocker.Reason> reasons(LocationExplanation location) {
    return location.blockers().stream().map(Blocker::reason).toList();
  }

  @Test
  void deep_health_tells_every_partition() {
    DeepHealth deep = subject.deepHealth();

    assertThat(deep.ok()).isTrue();
    assertThat(deep.partitions()).isEqualTo(reference.deepHealth().partitions()).isNotEmpty();
  }

  @Test
  void meters_are_prometheus_text() {
    assertThat(subject.monitoring()).contains("# TYPE ").endsWith("\n");
  }

  @Test
  void workflows_must_be_json() {
    subject.workflows().apply("{}");

    assertCode(
        ErrorCode.MALFORMED_REQUEST,
        () -> subject.workflows().apply("{"),
        () -> subject.workflows().apply(""));
  }

  @Test
  void resync_plans_queues_and_ends() {
    BulkTask plan =
        ended(
            bulk.start(
                Resync.of(ObjectSelection.of("photos", "2026/").at(List.of(PARIS, TOKYO)))
                    .of(Set.of(SiteStatus.FAILED, SiteStatus.COMPLETED))
                    .planOnly()));

    int photos = ContractEngine.VERSIONED.size();
    assertThat(plan.state()).isEqualTo(BulkTask.State.DONE);
    assertThat(plan.plan()).isEqualTo(new BulkCounts(photos, 2L * photos, 0, 2468L * photos));
    assertThat(plan.progress()).isEqualTo(BulkCounts.NONE);
    assertThat(metrics.report(CRR, TOKYO).failures().count()).isEqualTo(COUNT);

    engine.freeze(TOKYO);
    BulkTask done =
        ended(
            bulk.start(
                Resync.of(ObjectSelection.ALL.at(List.of(TOKYO))).of(Set.of(SiteStatus.FAILED))));
    assertThat(done.progress()).isEqualTo(new BulkCounts(COUNT, COUNT, COUNT, BYTES));
    assertThat(failed.all(TOKYO)).isEmpty();
  }

  @Test
  void bulk_retry_queues_what_failed_and_fits() {
    engine.freeze(TOKYO);
    Retry other =
        new Retry(ObjectSelection.ALL, TimeRange.ALWAYS, Optional.of("Timeout"), false, 0);
    assertThat(ended(bulk.start(other)).plan()).isEqualTo(new BulkCounts(COUNT, 0, 0, 0));

    TimeRange lately = TimeRange.before(engine.clock.instant().plusSeconds(1));
    Retry fitting =
        new Retry(ObjectSelection.of("photos", "2026/"), lately, Optional.of("Full"), false, 0);
    BulkTask done = ended(bulk.start(fitting));

    assertThat(done.request()).isEqualTo(fitting);
    assertThat(done.progress().queued()).isEqualTo(ContractEngine.VERSIONED.size());
    assertThat(failed.stream(TOKYO)).hasSize(COUNT - ContractEngine.VERSIONED.size());
  }

  @Test
  void bulk_task_is_paused_resumed_and_cancelled() {
    engine.freeze(TOKYO);
    // The clock all but stands still, so that the second step of a limited task never comes.
    BulkTask task = bulk.start(Retry.of(ObjectSelection.ALL).atMost(1));
    await().until(() -> aLittleLater(task).progress().queued() == 1);

    assertThat(bulk.pause(task.id()).state()).isEqualTo(BulkTask.State.PAUSED);
    assertThat(bulk.get(task.id())).isEqualTo(reference.bulk().get(task.id()));
    assertThat(bulk.resume(task.id()).state()).isEqualTo(BulkTask.State.RUNNING);
    BulkTask cancelled = bulk.cancel(task.id());
    assertThat(cancelled.state()).isEqualTo(BulkTask.State.CANCELLED);
    assertThat(bulk.resume(task.id())).isEqualTo(cancelled);
    assertThat(bulk.list()).containsExactly(cancelled);
    assertThat(bulk.list()).isEqualTo(reference.bulk().list());
  }

  @Test
  void unknown_bulk_task_and_location_are_refused() {
    assertCode(
        ErrorCode.ROUTE_NOT_FOUND,
        () -> bulk.get("nothing"),
        () -> bulk.pause("nothing"),
        () -> bulk.resume("nothing"),
        () -> bulk.cancel("nothing"));
    assertCode(
        ErrorCode.MALFORMED_REQUEST,
        () -> bulk.start(Resync.of(ObjectSelection.ALL.at(List.of(PARIS, NOWHERE)))),
        () -> bulk.start(Retry.of(ObjectSelection.ALL.at(List.of(RING)))));
    assertThat(bulk.list()).isEmpty();
  }

  /** Time goes on for plans, which are made at a limited rate, and hardly for other limits. */
  private BulkTask aLittleLater(BulkTask task) {
    engine.clock.advance(Duration.ofMillis(1));
    return bulk.get(task.id());
  }

  private BulkTask ended(BulkTask task) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> aLittleLater(task), BulkTask::ended);
  }

  private void isWhatTheEngineTells(LocationStatus status) {
    LocationStatus told = reference.locations().get(status.service(), status.location());
    // The engine may have followed in between.
    assertThat(status).usingRecursiveComparison().ignoringFields("observed").isEqualTo(told);
  }

  private static List<FailedPage> pages(FailedOperations failed, int limit) {
    List<FailedPage> pages = new ArrayList<>();
    OptionalLong marker = OptionalLong.of(FailedOperations.FIRST_PAGE);
    while (marker.isPresent()) {
      FailedPage page = failed.list(TOKYO, marker.getAsLong(), limit);
      pages.add(page);
      marker = page.nextMarker();
    }
    return pages;
  }

  /** Throughputs have two decimals where they are texts. */
  private static void assertSame(MetricsReport actual, MetricsReport expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= 0.005 ? 0 : Double.compare(a, b), Double.class)
        .isEqualTo(expected);
  }

  private static void assertCode(ErrorCode code, ThrowingCallable... calls) {
    Consumer<BackbeatException> isCode = e -> assertThat(e.code()).isEqualTo(code);
    for (ThrowingCallable call : calls) {
      assertThatExceptionOfType(BackbeatException.class).isThrownBy(call).satisfies(isCode);
    }
  }
}
