package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import io.backbeat.testing.Concurrently;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link LocationStateStore} promises. */
public abstract class LocationStateStoreContract {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Instant LATER = Instant.parse("2026-11-22T18:00:00.456Z");

  private LocationStateStore store;
  private ServiceName service = ServiceName.REPLICATION;

  /** An empty store. */
  protected abstract LocationStateStore create() throws Exception;

  /** The services that the store keeps states of; all, unless they are kept in several stores. */
  protected Set<ServiceName> services() {
    return EnumSet.allOf(ServiceName.class);
  }

  @BeforeEach
  void createStore() throws Exception {
    store = create();
    service = services().iterator().next();
  }

  private Optional<LocationStatus> set(LocationName location, long expected, TargetState target) {
    return store.compareAndSet(service, location, expected, target, Optional.empty());
  }

  @Test
  void location_that_was_never_written_has_no_state() {
    assertThat(store.find(service, PARIS)).isEmpty();
    assertThat(store.list(service)).isEmpty();
  }

  @Test
  void first_write_expects_revision_0_and_gives_revision_1() {
    LocationStatus stored = set(PARIS, 0, TargetState.PAUSED).orElseThrow();

    assertThat(stored)
        .isEqualTo(
            new LocationStatus(
                service, PARIS, TargetState.PAUSED, ObservedState.UNKNOWN, Optional.empty(), 1));
    assertThat(store.find(service, PARIS)).contains(stored);
  }

  @Test
  void write_on_the_current_revision_replaces_the_state() {
    set(PARIS, 0, TargetState.PAUSED);

    LocationStatus stored = set(PARIS, 1, TargetState.RUNNING).orElseThrow();

    assertThat(stored.target()).isEqualTo(TargetState.RUNNING);
    assertThat(stored.revision()).isEqualTo(2);
    assertThat(store.find(service, PARIS)).contains(stored);
  }

  @Test
  void write_on_an_older_or_a_future_revision_is_refused_and_changes_nothing() {
    set(PARIS, 0, TargetState.PAUSED);
    LocationStatus current = set(PARIS, 1, TargetState.RUNNING).orElseThrow();

    assertThat(set(PARIS, 0, TargetState.PAUSED)).isEmpty();
    assertThat(set(PARIS, 1, TargetState.PAUSED)).isEmpty();
    assertThat(set(PARIS, 3, TargetState.PAUSED)).isEmpty();
    assertThat(store.find(service, PARIS)).contains(current);
  }

  @Test
  void first_write_on_another_revision_than_0_is_refused() {
    assertThat(set(PARIS, 1, TargetState.PAUSED)).isEmpty();
    assertThat(store.find(service, PARIS)).isEmpty();
  }

  @Test
  void schedule_is_kept_to_the_millisecond_and_can_be_forgotten() {
    store.compareAndSet(service, PARIS, 0, TargetState.PAUSED, Optional.of(LATER));
    assertThat(store.find(service, PARIS).orElseThrow().resumeAt()).contains(LATER);

    store.compareAndSet(service, PARIS, 1, TargetState.PAUSED, Optional.empty());
    assertThat(store.find(service, PARIS).orElseThrow().resumeAt()).isEmpty();
  }

  @Test
  void services_and_locations_are_kept_apart() {
    set(PARIS, 0, TargetState.PAUSED);
    set(TOKYO, 0, TargetState.RUNNING);
    for (ServiceName other : others()) {
      store.compareAndSet(other, PARIS, 0, TargetState.RUNNING, Optional.empty());
    }

    assertThat(store.list(service))
        .extracting(LocationStatus::location, LocationStatus::target)
        .containsExactlyInAnyOrder(
            tuple(PARIS, TargetState.PAUSED), tuple(TOKYO, TargetState.RUNNING));
    for (ServiceName other : others()) {
      assertThat(store.list(other)).hasSize(1);
    }
  }

  private List<ServiceName> others() {
    return services().stream().filter(other -> other != service).toList();
  }

  @Test
  void one_of_several_threads_wins_a_revision() throws Exception {
    List<Integer> wins =
        Concurrently.run(
            8,
            thread -> {
              int won = 0;
              for (int revision = 0; revision < 100; revision++) {
                won += set(PARIS, revision, TargetState.PAUSED).isPresent() ? 1 : 0;
              }
              return won;
            });

    long revision = store.find(service, PARIS).orElseThrow().revision();
    assertThat(wins.stream().mapToInt(Integer::intValue).sum()).isEqualTo(revision);
  }

  @Test
  void threads_that_read_again_after_a_conflict_lose_no_change() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int won = 0; won < 25; ) {
            long current = store.find(service, PARIS).map(LocationStatus::revision).orElse(0L);
            won += set(PARIS, current, TargetState.PAUSED).isPresent() ? 1 : 0;
          }
          return thread;
        });

    assertThat(store.find(service, PARIS).orElseThrow().revision()).isEqualTo(200);
  }

  @Test
  void observed_state_is_stored_and_leaves_the_revision_alone() {
    set(PARIS, 0, TargetState.PAUSED);

    store.observe(service, PARIS, ObservedState.PAUSED);

    LocationStatus found = store.find(service, PARIS).orElseThrow();
    assertThat(found.observed()).isEqualTo(ObservedState.PAUSED);
    assertThat(found.target()).isEqualTo(TargetState.PAUSED);
    assertThat(found.revision()).isEqualTo(1);
    assertThat(set(PARIS, 1, TargetState.RUNNING)).isPresent();
  }

  @Test
  void observed_state_survives_a_change_of_the_desired_one() {
    set(PARIS, 0, TargetState.PAUSED);
    store.observe(service, PARIS, ObservedState.PAUSED);

    LocationStatus stored = set(PARIS, 1, TargetState.RUNNING).orElseThrow();

    assertThat(stored.observed()).isEqualTo(ObservedState.PAUSED);
  }

  @Test
  void observation_of_a_location_without_state_does_nothing() {
    store.observe(service, PARIS, ObservedState.RUNNING);

    assertThat(store.find(service, PARIS)).isEmpty();
    assertThat(set(PARIS, 0, TargetState.PAUSED)).isPresent();
  }

  @Test
  void watcher_is_told_every_change_of_a_desired_state() throws Exception {
    List<LocationStatus> seen = new CopyOnWriteArrayList<>();
    try (AutoCloseable watch = store.watch(seen::add)) {
      Objects.requireNonNull(watch);
      LocationStatus first = set(PARIS, 0, TargetState.PAUSED).orElseThrow();
      LocationStatus second = set(TOKYO, 0, TargetState.RUNNING).orElseThrow();
      LocationStatus third = set(PARIS, 1, TargetState.RUNNING).orElseThrow();

      await().untilAsserted(() -> assertThat(seen).contains(first, second, third));
    }
  }

  @Test
  void closed_watch_is_told_nothing_more() throws Exception {
    List<LocationStatus> closed = new CopyOnWriteArrayList<>();
    List<LocationStatus> open = new CopyOnWriteArrayList<>();
    AutoCloseable first = store.watch(closed::add);
    try (AutoCloseable second = store.watch(open::add)) {
      Objects.requireNonNull(second);
      first.close();
      first.close();

      set(PARIS, 0, TargetState.PAUSED);

      await().untilAsserted(() -> assertThat(open).hasSize(1));
      assertThat(closed).isEmpty();
    }
  }
}
