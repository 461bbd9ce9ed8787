package io.backbeat.location;

import static io.backbeat.api.ServiceName.INGESTION;
import static io.backbeat.api.ServiceName.LIFECYCLE;
import static io.backbeat.api.ServiceName.REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.memory.InMemoryLocationStateStore;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LocationControllerTest {
  private static final LocationName A = LocationName.of("a");
  private static final LocationName B = LocationName.of("b");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final LocationStateStore store = new InMemoryLocationStateStore();
  private final LocationController locations = controller();

  private LocationController controller() {
    return new LocationController(
        store,
        service -> service == LIFECYCLE ? List.of() : List.of(B, A),
        LocationController::defaultTarget,
        clock);
  }

  private Instant in(int hours) {
    return clock.instant().plus(Duration.ofHours(hours));
  }

  @Test
  void untouched_locations_run_and_are_listed_in_configured_order() {
    locations.pause(REPLICATION, A);
    assertThat(locations.list(REPLICATION))
        .extracting(LocationStatus::location, LocationStatus::target)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(B, TargetState.RUNNING),
            org.assertj.core.groups.Tuple.tuple(A, TargetState.PAUSED));
    assertThat(locations.get(REPLICATION, B))
        .isEqualTo(
            new LocationStatus(
                REPLICATION, B, TargetState.RUNNING, ObservedState.UNKNOWN, Optional.empty(), 0));
  }

  @Test
  void ingestion_starts_paused() {
    assertThat(locations.get(INGESTION, A).target()).isEqualTo(TargetState.PAUSED);
    assertThat(locations.resume(INGESTION, A).target()).isEqualTo(TargetState.RUNNING);
    assertThat(locations.list(INGESTION))
        .extracting(LocationStatus::target)
        .containsExactly(TargetState.PAUSED, TargetState.RUNNING);
  }

  @Test
  void pause_is_in_the_store_when_it_returns() {
    LocationStatus paused = locations.pause(REPLICATION, A);
    assertThat(store.find(REPLICATION, A)).contains(paused);
    assertThat(controller().get(REPLICATION, A)).isEqualTo(paused);
  }

  @Test
  void services_and_locations_are_paused_one_by_one() {
    locations.pause(REPLICATION, A);
    assertThat(locations.get(REPLICATION, B).target()).isEqualTo(TargetState.RUNNING);
    locations.resume(INGESTION, A);
    assertThat(locations.get(REPLICATION, A).target()).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void life_of_a_schedule() {
    locations.pause(REPLICATION, A);
    assertThat(locations.resumeAt(REPLICATION, A, in(6)).resumeAt()).contains(in(6));
    assertThat(locations.resumeAt(REPLICATION, A, in(1)).resumeAt()).contains(in(1));
    assertThat(locations.pause(REPLICATION, A).resumeAt()).contains(in(1));
    assertThat(locations.cancelResume(REPLICATION, A))
        .satisfies(s -> assertThat(s.target()).isEqualTo(TargetState.PAUSED))
        .satisfies(s -> assertThat(s.resumeAt()).isEmpty());
  }

  @Test
  void schedule_that_has_passed_resumes_now() {
    locations.pause(REPLICATION, A);
    assertThat(locations.resumeAt(REPLICATION, A, in(-1)).target()).isEqualTo(TargetState.RUNNING);
  }

  @Test
  void schedule_of_a_running_location_does_nothing() {
    LocationStatus before = locations.resume(REPLICATION, A);
    assertThat(locations.resumeAt(REPLICATION, A, in(1))).isEqualTo(before);
  }

  @Test
  void repeated_commands_write_nothing() {
    LocationStatus paused = locations.pause(REPLICATION, A);
    assertThat(locations.pause(REPLICATION, A)).isEqualTo(paused);
    assertThat(locations.cancelResume(REPLICATION, A)).isEqualTo(paused);
    LocationStatus running = locations.resume(REPLICATION, A);
    assertThat(locations.resume(REPLICATION, A)).isEqualTo(running);
  }

  @Test
  void initialize_makes_states_observable_and_changes_none() {
    locations.pause(REPLICATION, A);
    locations.initialize(REPLICATION);
    locations.initialize(REPLICATION);
    store.observe(REPLICATION, B, ObservedState.RUNNING);
    assertThat(locations.get(REPLICATION, A).target()).isEqualTo(TargetState.PAUSED);
    assertThat(locations.get(REPLICATION, A).revision()).isEqualTo(1);
    assertThat(locations.get(REPLICATION, B).observed()).isEqualTo(ObservedState.RUNNING);
  }

  @Test
  void unknown_location_is_not_found_and_nothing_is_written() {
    LocationName unknown = LocationName.of("nowhere");
    for (ServiceName service : ServiceName.values()) {
      assertThatThrownBy(() -> locations.pause(service, unknown))
          .isInstanceOfSatisfying(
              BackbeatException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_NOT_FOUND))
          .hasMessageContaining("nowhere");
      assertThatThrownBy(() -> locations.get(service, unknown))
          .isInstanceOf(BackbeatException.class);
      assertThat(store.list(service)).isEmpty();
    }
  }

  @Test
  void endless_interference_ends_in_a_conflict() {
    LocationStateStore contended =
        new StubLocationStateStore(store) {
          @Override
          public Optional<LocationStatus> compareAndSet(
              ServiceName service,
              LocationName location,
              long expectedRevision,
              TargetState target,
              Optional<Instant> resumeAt) {
            return Optional.empty();
          }
        };
    LocationController unlucky =
        new LocationController(
            contended, s -> List.of(A), LocationController::defaultTarget, clock);
    assertThatThrownBy(() -> unlucky.pause(REPLICATION, A))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void controllers_of_one_store_agree_and_lose_no_decision() throws Exception {
    int threads = 6;
    int rounds = 50;
    List<Set<Long>> revisions =
        Concurrently.run(
            threads,
            thread -> {
              LocationController own = controller();
              Set<Long> seen = new HashSet<>();
              for (int i = 0; i < rounds; i++) {
                LocationStatus after =
                    (thread + i) % 2 == 0 ? own.pause(REPLICATION, A) : own.resume(REPLICATION, A);
                assertThat(after.target())
                    .isEqualTo((thread + i) % 2 == 0 ? TargetState.PAUSED : TargetState.RUNNING);
                seen.add(after.revision());
              }
              return seen;
            });
    LocationStatus last = store.find(REPLICATION, A).orElseThrow();
    assertThat(locations.get(REPLICATION, A)).isEqualTo(last);
    Set<Long> all = new HashSet<>();
    revisions.forEach(all::addAll);
    assertThat(all).containsAll(LongStream.rangeClosed(1, last.revision()).boxed().toList());
  }
}
