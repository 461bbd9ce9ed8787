package io.backbeat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TimeHistogramTest {
  private static final long FOUR_YEARS = 4L * 365 * 86_400_000;

  private static TimeHistogram of(List<Long> millis) {
    return millis.stream()
        .map(m -> TimeHistogram.of(Duration.ofMillis(m)))
        .reduce(TimeHistogram.EMPTY, TimeHistogram::plus);
  }

  /** What a quantile approximates. */
  private static long nearestRank(List<Long> millis, double share) {
    int rank = Math.max(1, (int) Math.ceil(share * millis.size()));
    return millis.stream().sorted().toList().get(rank - 1);
  }

  @Property
  void quantile_is_within_a_32nd_of_the_exact_one(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = FOUR_YEARS) Long> millis,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    long exact = nearestRank(millis, share);

    long found = of(millis).quantile(share).toMillis();

    assertThat((double) Math.abs(found - exact)).isLessThanOrEqualTo(exact / 32.0);
  }

  @Property
  void up_to_31_milliseconds_quantiles_are_exact(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 31) Long> millis,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    assertThat(of(millis).quantile(share).toMillis()).isEqualTo(nearestRank(millis, share));
  }

  @Property
  void longer_time_is_never_in_an_earlier_bucket(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long one,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long other) {
    assertThat(TimeHistogram.bucket(Duration.ofMillis(Math.max(one, other))))
        .isBetween(
            TimeHistogram.bucket(Duration.ofMillis(Math.min(one, other))),
            TimeHistogram.BUCKETS - 1);
  }

  @Property
  void histograms_of_parts_add_up_to_that_of_the_whole(
      @ForAll @Size(max = 20) List<@LongRange(min = 0, max = FOUR_YEARS) Long> one,
      @ForAll @Size(max = 20) List<@LongRange(min = 0, max = FOUR_YEARS) Long> other) {
    TimeHistogram whole = of(one).plus(of(other));

    assertThat(whole).isEqualTo(of(other).plus(of(one))).hasSameHashCodeAs(of(other).plus(of(one)));
    assertThat(whole.samples()).isEqualTo(one.size() + other.size());
    assertThat(TimeHistogram.of(whole.counts())).isEqualTo(whole);
  }

  @Test
  void middle_of_every_bucket_is_in_that_bucket() {
    for (int bucket = 0; bucket < TimeHistogram.BUCKETS; bucket++) {
      assertThat(TimeHistogram.bucket(TimeHistogram.middle(bucket))).isEqualTo(bucket);
    }
  }

  @Test
  void times_out_of_range_are_in_the_first_or_the_last_bucket() {
    assertThat(TimeHistogram.bucket(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(TimeHistogram.bucket(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(TimeHistogram.BUCKETS - 1);
  }

  @Test
  void histogram_without_times_has_no_quantiles() {
    assertThatIllegalStateException().isThrownBy(() -> TimeHistogram.EMPTY.quantile(0.5));
  }

  @Test
  void share_beyond_the_whole_is_refused() {
    TimeHistogram one = TimeHistogram.of(Duration.ZERO);
    for (double share : new double[] {0, -0.5, 1.01, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> one.quantile(share))
          .withMessageContaining(Double.toString(share));
    }
  }

  @Test
  void buckets_that_do_not_exist_and_counts_that_cannot_be_are_left_out() {
    assertThat(TimeHistogram.of(Map.of(-1, 5L, TimeHistogram.BUCKETS, 5L, 3, -2L, 4, 2L)).counts())
        .isEqualTo(Map.of(4, 2L));
  }
}
