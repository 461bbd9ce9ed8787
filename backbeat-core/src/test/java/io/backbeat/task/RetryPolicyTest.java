package io.backbeat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RetryPolicy STEADY =
      new RetryPolicy(10, SECOND, Duration.ofMinutes(1), 2, 0);

  @Test
  void the_wait_grows_by_the_factor_up_to_the_cap() {
    List<Long> seconds =
        IntStream.rangeClosed(1, 9)
            .mapToObj(attempt -> STEADY.delayAfter(attempt, new Random()).toSeconds())
            .toList();

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void a_cloud_waits_a_minute_then_half_as_much_more() {
    RetryPolicy noJitter =
        new RetryPolicy(
            6,
            RetryPolicy.CLOUD.firstDelay(),
            RetryPolicy.CLOUD.maxDelay(),
            RetryPolicy.CLOUD.factor(),
            0);

    assertThat(noJitter.delayAfter(1, new Random())).isEqualTo(Duration.ofSeconds(60));
    assertThat(noJitter.delayAfter(2, new Random())).isEqualTo(Duration.ofSeconds(90));
    assertThat(noJitter.delayAfter(3, new Random())).isEqualTo(Duration.ofSeconds(135));
    assertThat(noJitter.delayAfter(30, new Random())).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void presets_are_those_of_the_original() {
    assertThat(RetryPolicy.CLOUD)
        .isEqualTo(
            new RetryPolicy(6, Duration.ofMillis(60_000), Duration.ofMillis(900_000), 1.5, 0.1));
    assertThat(RetryPolicy.SCALITY)
        .isEqualTo(
            new RetryPolicy(6, Duration.ofMillis(1000), Duration.ofMillis(300_000), 1.5, 0.1));
    assertThat(RetryPolicy.UNLIMITED)
        .isEqualTo(RetryPolicy.SCALITY.withMaxAttempts(Integer.MAX_VALUE));
  }

  @Test
  void a_last_attempt_is_the_last() {
    assertThat(RetryPolicy.CLOUD.allowsAfter(0)).isTrue();
    assertThat(RetryPolicy.CLOUD.allowsAfter(5)).isTrue();
    assertThat(RetryPolicy.CLOUD.allowsAfter(6)).isFalse();
    assertThat(RetryPolicy.CLOUD.allowsAfter(7)).isFalse();
  }

  @Test
  void jitter_goes_both_ways_and_as_far_as_it_may() {
    var policy = new RetryPolicy(3, Duration.ofSeconds(100), Duration.ofHours(1), 1, 0.1);

    assertThat(policy.delayAfter(1, fixed(0.5, true))).isEqualTo(Duration.ofSeconds(105));
    assertThat(policy.delayAfter(1, fixed(0.5, false))).isEqualTo(Duration.ofSeconds(95));
    assertThat(policy.delayAfter(1, fixed(0, true))).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void jitter_also_spreads_waits_at_the_cap() {
    var policy = new RetryPolicy(99, SECOND, Duration.ofSeconds(100), 2, 0.1);

    assertThat(policy.delayAfter(50, fixed(0.5, false))).isEqualTo(Duration.ofSeconds(95));
    assertThat(policy.delayAfter(50, fixed(0.5, true))).isEqualTo(Duration.ofSeconds(100));
  }

  @Property(tries = 500)
  void a_wait_is_within_its_bounds_whatever_the_numbers(
      @ForAll @IntRange(min = 1) int attempt,
      @ForAll @LongRange(min = 1, max = 3_000_000_000_000L) long firstMillis,
      @ForAll @LongRange(max = 100_000_000_000L) long moreMillis,
      @ForAll @DoubleRange(min = 1, max = 1e300) double factor,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll long seed) {
    Duration first = Duration.ofMillis(firstMillis);
    Duration max = first.plusMillis(moreMillis);
    var policy = new RetryPolicy(5, first, max, factor, jitter);

    Duration delay = policy.delayAfter(attempt, new Random(seed));

    assertThat(delay).isBetween(Duration.ZERO, max);
    long least = (long) (first.toNanos() * (1 - jitter) * 0.999999) - 1;
    assertThat(delay.toNanos()).isGreaterThanOrEqualTo(least);
    if (attempt == 1) {
      assertThat(delay.toNanos())
          .isLessThanOrEqualTo((long) (first.toNanos() * (1 + jitter) * 1.000001) + 1);
    }
  }

  @Property(tries = 200)
  void without_jitter_a_wait_is_never_shorter_than_the_one_before(
      @ForAll @IntRange(min = 1, max = 10_000) int attempt,
      @ForAll @DoubleRange(min = 1, max = 1000) double factor) {
    var policy = new RetryPolicy(5, SECOND, Duration.ofDays(1), factor, 0);

    assertThat(policy.delayAfter(attempt + 1, new Random()))
        .isGreaterThanOrEqualTo(policy.delayAfter(attempt, new Random()));
  }

  @Test
  void the_longest_wait_of_all_does_not_overflow() {
    Duration longest = Duration.ofDays(36_500);
    var policy = new RetryPolicy(5, longest, longest, Double.MAX_VALUE, 1);

    assertThat(policy.delayAfter(Integer.MAX_VALUE, fixed(0.999, true))).isEqualTo(longest);
  }

  @Test
  void senseless_numbers_are_mistakes_that_name_the_value() {
    assertMistake(() -> new RetryPolicy(0, SECOND, SECOND, 1, 0), "maxAttempts", "0");
    assertMistake(() -> new RetryPolicy(1, Duration.ZERO, SECOND, 1, 0), "firstDelay", "PT0S");
    assertMistake(() -> new RetryPolicy(1, SECOND.negated(), SECOND, 1, 0), "firstDelay", "PT-1S");
    assertMistake(
        () -> new RetryPolicy(1, SECOND, Duration.ofMillis(999), 1, 0), "maxDelay", "PT0.999S");
    assertMistake(
        () -> new RetryPolicy(1, SECOND, Duration.ofDays(36_501), 1, 0), "maxDelay", "PT876024H");
    assertMistake(() -> new RetryPolicy(1, SECOND, SECOND, 0.9, 0), "factor", "0.9");
    assertMistake(() -> new RetryPolicy(1, SECOND, SECOND, Double.NaN, 0), "factor", "NaN");
    assertMistake(
        () -> new RetryPolicy(1, SECOND, SECOND, Double.POSITIVE_INFINITY, 0),
        "factor",
        "Infinity");
    assertMistake(() -> new RetryPolicy(1, SECOND, SECOND, 1, -0.1), "jitter", "-0.1");
    assertMistake(() -> new RetryPolicy(1, SECOND, SECOND, 1, 1.1), "jitter", "1.1");
    assertMistake(() -> new RetryPolicy(1, SECOND, SECOND, 1, Double.NaN), "jitter", "NaN");
    assertMistake(() -> STEADY.delayAfter(0, new Random()), "attempt", "0");
  }

  private static void assertMistake(Runnable code, String what, String value) {
    assertThatThrownBy(code::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(value);
  }

  private static RandomGenerator fixed(double share, boolean more) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("not asked for here");
      }

      @Override
      public double nextDouble() {
        return share;
      }

      @Override
      public boolean nextBoolean() {
        return more;
      }
    };
  }
}
