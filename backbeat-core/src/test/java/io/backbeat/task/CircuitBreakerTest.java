package io.backbeat.task;

import static io.backbeat.task.CircuitBreaker.State.CLOSED;
import static io.backbeat.task.CircuitBreaker.State.HALF_OPEN;
import static io.backbeat.task.CircuitBreaker.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.task.CircuitBreaker.Event;
import io.backbeat.task.CircuitBreaker.State;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration MAX = Duration.ofSeconds(60);

  private final MutableClock clock = MutableClock.create();
  private final CircuitBreaker breaker = new CircuitBreaker(clock, FIRST, MAX);

  private void down() {
    breaker.onDestinationDown(Optional.empty());
  }

  private void downFor(Duration retryAfter) {
    breaker.onDestinationDown(Optional.of(retryAfter));
  }

  /** How long it is open from now on. */
  private Duration open() {
    return Duration.between(clock.instant(), breaker.probeAt().orElseThrow());
  }

  @Test
  void closed_lets_everything_through() {
    assertThat(breaker.state()).isEqualTo(CLOSED);
    assertThat(breaker.allowed(16)).isEqualTo(16);
    assertThat(breaker.probeAt()).isEmpty();
  }

  @Test
  void a_destination_that_is_down_gets_nothing_until_the_delay_is_over() {
    down();

    assertThat(breaker.allowed(16)).isZero();
    assertThat(breaker.probeAt()).contains(clock.instant().plus(FIRST));
    clock.advance(FIRST.minusNanos(1));
    assertThat(breaker.allowed(16)).isZero();

    clock.advance(Duration.ofNanos(1));
    assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    assertThat(breaker.allowed(16)).isOne();
    assertThat(breaker.allowed(0)).as("a paused location is not probed").isZero();
    assertThat(breaker.probeAt()).isEmpty();
  }

  @Test
  void a_good_probe_closes_it() {
    down();
    clock.advance(FIRST);
    breaker.onSuccess();

    assertThat(breaker.state()).isEqualTo(CLOSED);
    assertThat(breaker.allowed(16)).isEqualTo(16);
  }

  @Test
  void each_bad_probe_doubles_the_delay_up_to_the_cap() {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      down();
      seconds.add(open().toSeconds());
      clock.advance(open());
    }

    assertThat(seconds).containsExactly(10L, 20L, 40L, 60L, 60L, 60L);
  }

  @Test
  void after_a_success_the_delay_starts_small_again() {
    down();
    clock.advance(FIRST);
    down();
    clock.advance(FIRST.multipliedBy(2));
    breaker.onSuccess();
    down();

    assertThat(open()).isEqualTo(FIRST);
  }

  @Test
  void jobs_that_were_running_when_it_opened_do_not_make_the_delay_grow() {
    down();
    clock.advance(Duration.ofSeconds(1));
    down();
    down();

    assertThat(open()).isEqualTo(Duration.ofSeconds(9));
    clock.advance(open());
    down();
    assertThat(open()).as("second delay").isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  void a_success_from_before_does_not_close_it() {
    down();
    breaker.onSuccess();

    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(open()).isEqualTo(FIRST);
  }

  @Test
  void it_stays_closed_as_long_as_the_destination_works() {
    breaker.onSuccess();

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void a_destination_is_left_alone_as_long_as_it_asks() {
    downFor(Duration.ofMinutes(10));
    assertThat(open()).as("longer than the cap").isEqualTo(Duration.ofMinutes(10));

    downFor(Duration.ofMinutes(20));
    assertThat(open()).as("asked again while open").isEqualTo(Duration.ofMinutes(20));
    downFor(Duration.ofMinutes(5));
    assertThat(open()).as("a shorter wish does not shorten it").isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void a_wish_shorter_than_its_own_delay_changes_nothing() {
    downFor(Duration.ofSeconds(1));
    assertThat(open()).isEqualTo(FIRST);

    clock.advance(FIRST);
    downFor(Duration.ofSeconds(-5));
    assertThat(open()).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  void a_senseless_wish_is_cut_to_a_day() {
    downFor(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(open()).isEqualTo(CircuitBreaker.MAX_RETRY_AFTER);
  }

  @Test
  void a_clock_that_is_set_back_does_not_make_the_delay_longer() {
    down();
    clock.advance(Duration.ofHours(-3));

    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(open()).isEqualTo(FIRST);
    clock.advance(FIRST);
    assertThat(breaker.state()).isEqualTo(HALF_OPEN);
  }

  @Test
  void a_clock_that_is_set_forward_lets_one_job_probe_early() {
    down();
    clock.advance(Duration.ofHours(3));

    assertThat(breaker.allowed(16)).isOne();
    down();
    assertThat(open()).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  void huge_delays_do_not_overflow() {
    var patient = new CircuitBreaker(clock, Duration.ofDays(100_000), Duration.ofDays(150_000));
    for (int i = 0; i < 3; i++) {
      patient.onDestinationDown(Optional.empty());
      clock.set(patient.probeAt().orElseThrow());
    }

    assertThat(patient.state()).isEqualTo(HALF_OPEN);
  }

  /** The whole table, a row for each pair. */
  @ParameterizedTest
  @CsvSource({
    "CLOSED, SUCCEEDED, CLOSED",
    "CLOSED, DESTINATION_DOWN, OPEN",
    "CLOSED, PROBE_DUE, CLOSED",
    "OPEN, SUCCEEDED, OPEN",
    "OPEN, DESTINATION_DOWN, OPEN",
    "OPEN, PROBE_DUE, HALF_OPEN",
    "HALF_OPEN, SUCCEEDED, CLOSED",
    "HALF_OPEN, DESTINATION_DOWN, OPEN",
    "HALF_OPEN, PROBE_DUE, HALF_OPEN",
  })
  void every_state_answers_every_event(State from, Event on, State to) {
    assertThat(CircuitBreaker.next(from, on)).isEqualTo(to);
  }

  @Test
  void the_table_has_one_row_for_a_state_and_an_event() {
    assertThat(CircuitBreaker.TRANSITIONS)
        .extracting(row -> row.from() + " " + row.on())
        .doesNotHaveDuplicates();
  }

  @Test
  void messages_tell_until_when() {
    assertThat(breaker).hasToString("CLOSED");
    down();
    assertThat(breaker).hasToString("OPEN until 2026-01-02T03:04:15Z");
  }

  @Test
  void senseless_delays_are_mistakes() {
    assertThatThrownBy(() -> new CircuitBreaker(clock, Duration.ZERO, MAX))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> new CircuitBreaker(clock, MAX, FIRST)).hasMessageContaining("PT10S");
  }
}
