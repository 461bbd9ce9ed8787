package io.backbeat.lag;

import static io.backbeat.api.CatchUpState.CATCHING_UP;
import static io.backbeat.api.CatchUpState.CAUGHT_UP;
import static io.backbeat.api.CatchUpState.DESTINATION_DOWN;
import static io.backbeat.api.CatchUpState.FALLING_BEHIND;
import static io.backbeat.api.CatchUpState.KEEPING_UP;
import static io.backbeat.api.CatchUpState.PAUSED;
import static io.backbeat.api.CatchUpState.STANDING_STILL;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.CatchUp;
import io.backbeat.api.Rate;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class CatchUpEstimateTest {
  private static CatchUp of(Amount pending, Rate arrivals, Rate completions) {
    return CatchUpEstimate.of(pending, arrivals, completions, false, false);
  }

  private static CatchUp objects(long pending, double arrivals, double completions) {
    return of(new Amount(pending, 0), new Rate(arrivals, 0), new Rate(completions, 0));
  }

  @Test
  void nothing_pending_is_caught_up_also_while_paused_or_down() {
    assertThat(CatchUpEstimate.of(Amount.ZERO, Rate.ZERO, Rate.ZERO, true, true))
        .isEqualTo(CatchUp.in(CAUGHT_UP, Duration.ZERO));
  }

  @Test
  void pause_is_a_better_reason_than_what_follows_from_it() {
    Amount pending = new Amount(1000, 0);
    assertThat(CatchUpEstimate.of(pending, Rate.ZERO, Rate.ZERO, true, true))
        .isEqualTo(CatchUp.unknown(PAUSED));
    assertThat(CatchUpEstimate.of(pending, Rate.ZERO, Rate.ZERO, false, true))
        .isEqualTo(CatchUp.unknown(DESTINATION_DOWN));
    assertThat(CatchUpEstimate.of(pending, Rate.ZERO, Rate.ZERO, false, false))
        .isEqualTo(CatchUp.unknown(STANDING_STILL));
  }

  @Test
  void backlog_shrinks_by_what_is_completed_beyond_what_comes_in() {
    assertThat(objects(10_000, 60, 100))
        .isEqualTo(CatchUp.in(CATCHING_UP, Duration.ofSeconds(250)));
    assertThat(objects(10_000, 100, 100)).isEqualTo(CatchUp.unknown(FALLING_BEHIND));
    assertThat(objects(10_000, 101, 100)).isEqualTo(CatchUp.unknown(FALLING_BEHIND));
  }

  @Test
  void what_passes_through_under_a_steady_load_is_not_behind() {
    assertThat(objects(50, 1000, 1000)).isEqualTo(CatchUp.in(KEEPING_UP, Duration.ofMillis(50)));
  }

  @Test
  void one_large_object_is_not_done_as_fast_as_many_small_ones() {
    Amount pending = new Amount(1, 1_000_000_000);
    assertThat(of(pending, Rate.ZERO, new Rate(100, 1_000_000)))
        .isEqualTo(CatchUp.in(CATCHING_UP, Duration.ofSeconds(1000)));
    assertThat(of(pending, Rate.ZERO, new Rate(100, 0))).isEqualTo(CatchUp.unknown(STANDING_STILL));
  }

  @Test
  void many_small_objects_are_not_done_as_fast_as_their_few_bytes() {
    assertThat(of(new Amount(6000, 10), Rate.ZERO, new Rate(100, 1_000_000)))
        .isEqualTo(CatchUp.in(CATCHING_UP, Duration.ofSeconds(60)));
  }

  @Test
  void more_than_a_year_is_no_estimate() {
    assertThat(objects(1_000_000_000, 0, 1)).isEqualTo(CatchUp.unknown(FALLING_BEHIND));
  }

  @Property
  void always_answers_and_never_sooner_for_more_that_is_pending(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long pending,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long more,
      @ForAll @DoubleRange(min = 0, max = 1e9) double arrivals,
      @ForAll @DoubleRange(min = 0, max = 1e9) double completions) {
    CatchUp less = objects(pending, arrivals, completions);
    CatchUp greater = objects(pending + more, arrivals, completions);

    assertThat(greater.state()).isGreaterThanOrEqualTo(less.state());
    if (greater.eta().isPresent()) {
      assertThat(greater.eta().get()).isGreaterThanOrEqualTo(less.eta().orElseThrow());
    }
  }

  @Property
  void faster_completion_never_takes_longer(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long pending,
      @ForAll @DoubleRange(min = 0, max = 1e6) double arrivals,
      @ForAll @DoubleRange(min = 0, max = 1e6) double completions,
      @ForAll @DoubleRange(min = 0, max = 1e6) double faster) {
    CatchUp slow = objects(pending, arrivals, completions);
    CatchUp fast = objects(pending, arrivals, completions + faster);

    if (slow.eta().isPresent()) {
      assertThat(fast.eta().orElseThrow()).isLessThanOrEqualTo(slow.eta().get());
    }
  }
}
