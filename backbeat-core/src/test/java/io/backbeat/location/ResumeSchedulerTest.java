package io.backbeat.location;

import static io.backbeat.api.ServiceName.INGESTION;
import static io.backbeat.api.ServiceName.REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.memory.InMemoryLocationStateStore;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResumeSchedulerTest {
  private static final LocationName A = LocationName.of("a");
  private static final LocationName B = LocationName.of("b");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final LocationStateStore store = new InMemoryLocationStateStore();
  private final LocationController locations = controller(clock);
  private final ResumeScheduler scheduler =
      new ResumeScheduler(store, clock, Duration.ofSeconds(10));

  private LocationController controller(Clock time) {
    return new LocationController(
        store, s -> List.of(A, B), LocationController::defaultTarget, time);
  }

  private Instant pausedFor(ServiceName service, LocationName location, Duration pause) {
    Instant end = clock.instant().plus(pause);
    locations.pause(service, location);
    locations.resumeAt(service, location, end);
    return end;
  }

  private TargetState target(LocationName location) {
    return locations.get(REPLICATION, location).target();
  }

  @Test
  void pause_ends_when_its_time_has_come_and_not_before() {
    Instant end = pausedFor(REPLICATION, A, HOUR.multipliedBy(6));
    clock.advance(HOUR.multipliedBy(6).minusMillis(1));
    assertThat(scheduler.tick().resumed()).isEmpty();
    assertThat(scheduler.tick().nextDue()).contains(end);
    clock.advance(Duration.ofMillis(1));
    assertThat(scheduler.tick().resumed()).extracting(LocationStatus::location).containsExactly(A);
    assertThat(target(A)).isEqualTo(TargetState.RUNNING);
    assertThat(locations.get(REPLICATION, A).resumeAt()).isEmpty();
    assertThat(scheduler.tick().nextDue()).isEmpty();
  }

  @Test
  void each_location_of_each_service_has_its_own_schedule() {
    Instant last = pausedFor(REPLICATION, A, HOUR.multipliedBy(3));
    pausedFor(REPLICATION, B, HOUR);
    pausedFor(INGESTION, A, HOUR.multipliedBy(2));
    clock.advance(HOUR.multipliedBy(2));
    ResumeScheduler.Tick tick = scheduler.tick();
    assertThat(tick.resumed()).hasSize(2);
    assertThat(tick.nextDue()).contains(last);
    assertThat(target(A)).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void cancelled_schedule_never_fires() {
    pausedFor(REPLICATION, A, HOUR.multipliedBy(6));
    locations.cancelResume(REPLICATION, A);
    clock.advance(HOUR.multipliedBy(7));
    assertThat(scheduler.tick().resumed()).isEmpty();
    assertThat(target(A)).isEqualTo(TargetState.PAUSED);
  }

  /** In the original the old timer stays armed and ends the second pause. */
  @Test
  void manual_resume_disarms_the_schedule() {
    pausedFor(REPLICATION, A, HOUR);
    locations.resume(REPLICATION, A);
    locations.pause(REPLICATION, A);
    clock.advance(HOUR.multipliedBy(2));
    assertThat(scheduler.tick().resumed()).isEmpty();
    assertThat(target(A)).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void replaced_schedule_fires_at_the_new_time_only() {
    pausedFor(REPLICATION, A, HOUR);
    locations.resumeAt(REPLICATION, A, clock.instant().plus(HOUR.multipliedBy(3)));
    clock.advance(HOUR.multipliedBy(2));
    assertThat(scheduler.tick().resumed()).isEmpty();
    clock.advance(HOUR);
    assertThat(scheduler.tick().resumed()).hasSize(1);
  }

  @Test
  void schedule_outlives_the_scheduler_that_saw_it() {
    pausedFor(REPLICATION, A, HOUR);
    scheduler.tick();
    scheduler.close();
    clock.advance(HOUR.multipliedBy(10));
    try (ResumeScheduler restarted = new ResumeScheduler(store, clock, HOUR)) {
      assertThat(restarted.tick().resumed()).hasSize(1);
    }
  }

  @Test
  void of_four_schedulers_on_one_store_one_fires() throws Exception {
    for (int round = 0; round < 50; round++) {
      pausedFor(REPLICATION, A, HOUR);
      clock.advance(HOUR);
      CyclicBarrier allHaveSeenIt = new CyclicBarrier(4);
      LocationStateStore meeting =
          new StubLocationStateStore(store) {
            @Override
            public List<LocationStatus> list(ServiceName service) {
              List<LocationStatus> seen = super.list(service);
              meet(allHaveSeenIt);
              return seen;
            }
          };
      List<Integer> fired =
          Concurrently.run(
              4,
              i -> {
                try (ResumeScheduler own = new ResumeScheduler(meeting, clock, HOUR)) {
                  return own.tick().resumed().size();
                }
              });
      assertThat(fired.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
      assertThat(target(A)).isEqualTo(TargetState.RUNNING);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the others did not come", e);
    }
  }

  @Test
  void newer_decision_of_an_operator_is_not_undone() {
    pausedFor(REPLICATION, A, HOUR);
    clock.advance(HOUR);
    LocationStateStore interfered =
        new StubLocationStateStore(store) {
          @Override
          public List<LocationStatus> list(ServiceName service) {
            List<LocationStatus> before = super.list(service);
            locations.cancelResume(REPLICATION, A);
            return before;
          }
        };
    try (ResumeScheduler late = new ResumeScheduler(interfered, clock, HOUR)) {
      assertThat(late.tick().resumed()).isEmpty();
    }
    assertThat(target(A)).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void started_scheduler_wakes_up_for_a_new_schedule() {
    try (ResumeScheduler started = new ResumeScheduler(store, Clock.systemUTC(), HOUR)) {
      started.start();
      LocationController now = controller(Clock.systemUTC());
      now.pause(REPLICATION, A);
      now.resumeAt(REPLICATION, A, Instant.now().plusMillis(100));
      await().until(() -> target(A) == TargetState.RUNNING);
    }
  }

  @Test
  void started_scheduler_goes_on_after_an_outage_of_the_store() {
    AtomicBoolean down = new AtomicBoolean(true);
    AtomicBoolean asked = new AtomicBoolean();
    LocationStateStore flaky =
        new StubLocationStateStore(store) {
          @Override
          public List<LocationStatus> list(ServiceName service) {
            asked.set(true);
            if (down.get()) {
              throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "store does not answer");
            }
            return super.list(service);
          }
        };
    pausedFor(REPLICATION, A, HOUR);
    clock.advance(HOUR);
    try (ResumeScheduler started = new ResumeScheduler(flaky, clock, Duration.ofMillis(50))) {
      assertThatThrownBy(started::tick).isInstanceOf(BackbeatException.class);
      asked.set(false);
      started.start();
      await().untilTrue(asked);
      assertThat(target(A)).isEqualTo(TargetState.PAUSED);
      down.set(false);
      await().until(() -> target(A) == TargetState.RUNNING);
    }
  }

  @Test
  void close_ends_the_thread_and_may_be_repeated() {
    ResumeScheduler started = new ResumeScheduler(store, clock, HOUR);
    started.start();
    started.close();
    started.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(
            thread -> thread.getName().equals("backbeat-resume-scheduler") && thread.isAlive());
  }
}
