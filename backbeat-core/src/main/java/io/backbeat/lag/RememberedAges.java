package io.backbeat.lag;

import io.backbeat.api.LocationName;
import io.backbeat.status.JobAges;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Ages as they were read a moment ago. An answer is given again for at least a configured time, and
 * for {@value #TIMES_AS_LONG} times as long as it took to read: so reading takes a small part of
 * one core, however long the backlog is and however many ask. Thread-safe; two who ask at the same
 * moment may both read.
 */
final class RememberedAges {
  private static final int TIMES_AS_LONG = 10;

  /**
   * An answer.
   *
   * @param at as of when
   * @param readAt by the monotonic clock, which no change of the time can move
   */
  record Answer(JobAges ages, Instant at, long readAt, long keptNanos) {}

  private final Duration atLeast;
  private final Map<LocationName, Answer> answers = new ConcurrentHashMap<>();

  RememberedAges(Duration atLeast) {
    this.atLeast = atLeast;
  }

  /**
   * What is remembered, or else what is read now. Never an answer of another time than the caller's
   * clock allows: a clock that was moved makes it old too.
   */
  Answer get(LocationName location, Instant now, Function<Instant, JobAges> read) {
    Answer known = answers.get(location);
    if (known != null && isFresh(known, now)) {
      return known;
    }
    long before = System.nanoTime();
    JobAges ages = read.apply(now);
    long after = System.nanoTime();
    long kept = Math.max(atLeast.toNanos(), TIMES_AS_LONG * (after - before));
    Answer answer = new Answer(ages, now, after, atLeast.isZero() ? 0 : kept);
    answers.put(location, answer);
    return answer;
  }

  private static boolean isFresh(Answer answer, Instant now) {
    return System.nanoTime() - answer.readAt() < answer.keptNanos()
        && Duration.between(answer.at(), now).abs().compareTo(Duration.ofNanos(answer.keptNanos()))
            <= 0;
  }
}
