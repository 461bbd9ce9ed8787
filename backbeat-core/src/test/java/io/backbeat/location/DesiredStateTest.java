package io.backbeat.location;

import static io.backbeat.location.DesiredState.PAUSED;
import static io.backbeat.location.DesiredState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.TargetState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant SOON = NOW.plusSeconds(3600);
  private static final Instant LATER = NOW.plusSeconds(5 * 3600);
  private static final DesiredState UNTIL_SOON = pausedUntil(SOON);

  private static DesiredState pausedUntil(Instant when) {
    return new DesiredState(TargetState.PAUSED, Optional.of(when));
  }

  @Test
  void pause() {
    assertThat(RUNNING.paused()).isEqualTo(PAUSED);
    assertThat(PAUSED.paused()).isEqualTo(PAUSED);
  }

  @Test
  void pausing_a_paused_location_keeps_its_schedule() {
    assertThat(UNTIL_SOON.paused()).isEqualTo(UNTIL_SOON);
  }

  @Test
  void resume_forgets_the_schedule() {
    assertThat(UNTIL_SOON.resumed()).isEqualTo(RUNNING);
    assertThat(PAUSED.resumed()).isEqualTo(RUNNING);
    assertThat(RUNNING.resumed()).isEqualTo(RUNNING);
  }

  @Test
  void scheduled_resume_of_a_running_location_does_nothing() {
    assertThat(RUNNING.resumedAt(SOON, NOW)).isEqualTo(RUNNING);
  }

  @Test
  void scheduled_resume_replaces_an_earlier_or_later_one() {
    assertThat(PAUSED.resumedAt(SOON, NOW)).isEqualTo(UNTIL_SOON);
    assertThat(UNTIL_SOON.resumedAt(LATER, NOW)).isEqualTo(pausedUntil(LATER));
    assertThat(pausedUntil(LATER).resumedAt(SOON, NOW)).isEqualTo(UNTIL_SOON);
  }

  @Test
  void scheduled_resume_in_the_past_resumes_now() {
    assertThat(PAUSED.resumedAt(NOW.minusSeconds(1), NOW)).isEqualTo(RUNNING);
    assertThat(PAUSED.resumedAt(NOW, NOW)).isEqualTo(RUNNING);
  }

  @Test
  void cancelled_schedule_leaves_the_location_paused() {
    assertThat(UNTIL_SOON.withoutSchedule()).isEqualTo(PAUSED);
    assertThat(PAUSED.withoutSchedule()).isEqualTo(PAUSED);
    assertThat(RUNNING.withoutSchedule()).isEqualTo(RUNNING);
  }

  @Test
  void pause_is_over_exactly_when_its_schedule_says() {
    assertThat(UNTIL_SOON.due(SOON.minusMillis(1))).isFalse();
    assertThat(UNTIL_SOON.due(SOON)).isTrue();
    assertThat(UNTIL_SOON.due(LATER)).isTrue();
    assertThat(PAUSED.due(LATER)).isFalse();
    assertThat(RUNNING.due(LATER)).isFalse();
  }
}
