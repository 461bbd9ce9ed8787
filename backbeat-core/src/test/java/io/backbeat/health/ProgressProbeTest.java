package io.backbeat.health;

import static io.backbeat.health.ProgressProbe.Activity.BREAKER_OPEN;
import static io.backbeat.health.ProgressProbe.Activity.PAUSED;
import static io.backbeat.health.ProgressProbe.Activity.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.health.ProgressProbe.Activity;
import io.backbeat.health.ProgressProbe.Observation;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressProbeTest {
  private static final Duration STALL = Duration.ofMinutes(15);

  private final MutableClock clock = MutableClock.create();
  private Observation work = new Observation(0, 0, RUNNING);
  private final ProgressProbe probe =
      new ProgressProbe("replication/paris", () -> work, STALL, clock);

  private State after(Duration time, long lag, long progress, Activity activity) {
    clock.advance(time);
    work = new Observation(lag, progress, activity);
    return probe.get().state();
  }

  @Test
  void no_work_is_fine_for_any_time() {
    assertThat(after(STALL, 0, 0, RUNNING)).isEqualTo(State.OK);
    assertThat(after(STALL.multipliedBy(100), 0, 0, RUNNING)).isEqualTo(State.OK);
  }

  @Test
  void work_after_a_long_rest_gets_its_time() {
    after(Duration.ZERO, 0, 5, RUNNING);
    assertThat(after(STALL.multipliedBy(100), 1, 5, RUNNING)).isEqualTo(State.OK);
    assertThat(after(STALL.minusSeconds(1), 1, 5, RUNNING)).isEqualTo(State.OK);
  }

  @Test
  void work_that_stands_for_long_is_failing_and_names_the_queue() {
    after(Duration.ZERO, 10, 5, RUNNING);
    assertThat(after(STALL.minusSeconds(1), 11, 5, RUNNING)).isEqualTo(State.OK);
    assertThat(after(Duration.ofSeconds(1), 12, 5, RUNNING)).isEqualTo(State.FAILING);
    ComponentHealth health = probe.get();
    assertThat(health.component()).isEqualTo("replication/paris");
    assertThat(health.detail()).contains("replication/paris", "12", "900 s");
  }

  @Test
  void any_progress_ends_the_stall() {
    after(Duration.ZERO, 10, 5, RUNNING);
    assertThat(after(STALL, 10, 5, RUNNING)).isEqualTo(State.FAILING);
    assertThat(after(Duration.ofSeconds(1), 1000, 6, RUNNING)).isEqualTo(State.OK);
    assertThat(after(STALL.minusSeconds(1), 1000, 6, RUNNING)).isEqualTo(State.OK);
  }

  @Test
  void slow_and_steady_work_is_fine() {
    for (int i = 0; i < 20; i++) {
      assertThat(after(STALL.minusSeconds(1), 1000, i, RUNNING)).isEqualTo(State.OK);
    }
  }

  @Test
  void paused_work_is_fine_and_gets_its_time_after_the_pause() {
    after(Duration.ZERO, 10, 5, RUNNING);
    assertThat(after(STALL.multipliedBy(9), 10, 5, PAUSED)).isEqualTo(State.OK);
    assertThat(probe.get().detail()).contains("paused", "10");
    assertThat(after(STALL.minusSeconds(1), 10, 5, RUNNING)).isEqualTo(State.OK);
    assertThat(after(STALL, 10, 5, RUNNING)).isEqualTo(State.FAILING);
  }

  @Test
  void open_breaker_is_degraded_and_says_so() {
    assertThat(after(STALL.multipliedBy(9), 10, 5, BREAKER_OPEN)).isEqualTo(State.DEGRADED);
    assertThat(probe.get().detail()).contains("circuit breaker");
  }
}
