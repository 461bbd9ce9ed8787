package io.backbeat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final Instant START = Instant.parse("2026-11-22T12:05:00Z");

  /**
   * The original answers 11.11 for these numbers, because it counts the fourth interval in full.
   */
  @Test
  void oldest_interval_counts_by_its_share_of_the_window() {
    long[] series = {9, 90, 900, 9000, 90_000};
    double expected = (999 + 9000 * (300 - 139) / 300.0) / 900;
    assertThat(Series.perSecond(series, START.plusSeconds(139)))
        .isEqualTo(expected)
        .isBetween(6.47, 6.48);
  }

  @Test
  void at_the_start_of_an_interval_the_oldest_one_counts_in_full() {
    assertThat(Series.perSecond(new long[] {0, 0, 0, 900}, START)).isEqualTo(1.0);
  }

  @Test
  void at_the_end_of_an_interval_the_oldest_one_hardly_counts() {
    assertThat(Series.perSecond(new long[] {0, 0, 0, 900_000}, START.plusMillis(299_999)))
        .isEqualTo(900_000 * (0.001 / 300) / 900, within(1e-9));
  }

  @Test
  void sum_beyond_the_range_of_a_long_does_not_turn_negative() {
    assertThat(Series.perSecond(new long[] {Long.MAX_VALUE, Long.MAX_VALUE, 0, 0}, START))
        .isEqualTo(20_496_382_304_121_724.0);
  }

  @Test
  void throughput_of_recent_work_does_not_depend_on_the_moment() {
    long[] series = {450, 0, 0, 0};
    assertThat(Series.perSecond(series, START)).isEqualTo(0.5);
    assertThat(Series.perSecond(series, START.plusSeconds(299))).isEqualTo(0.5);
  }

  @Test
  void numbers_at_both_ends_of_the_window_stay_between_the_bounds() {
    for (int second = 0; second < 300; second++) {
      assertThat(Series.perSecond(new long[] {25, 0, 0, 25}, START.plusSeconds(second)))
          .isBetween(0.027, 0.0556);
    }
  }

  @Property
  void steady_work_reads_the_same_at_every_moment(
      @ForAll @IntRange(min = 0, max = 299_999) int millis) {
    double perInterval = 3000;
    long[] series = {Math.round(perInterval * millis / 300_000.0), 3000, 3000, 3000, 3000};
    assertThat(Series.perSecond(series, START.plusMillis(millis))).isEqualTo(10.0, within(0.001));
  }
}
