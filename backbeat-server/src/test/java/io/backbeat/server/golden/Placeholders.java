package io.backbeat.server.golden;

import io.backbeat.metrics.CounterStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times that the recording wrote relative to its clock: {@code {H-n+k}} is {@code k} ms after the
 * start of the hour {@code n} hours back, <code>{I-n}</code> the start of the five-minute interval
 * {@code n} back; both in epoch milliseconds.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([HI])-(\\d+)(?:\\+(\\d+))?}");

  private final Instant now;

  Placeholders(Instant now) {
    this.now = now;
  }

  String resolve(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(this::millis);
  }

  private String millis(java.util.regex.MatchResult match) {
    boolean hours = match.group(1).equals("H");
    Instant start = hours ? now.truncatedTo(ChronoUnit.HOURS) : CounterStore.intervalStart(now);
    Duration step = hours ? Duration.ofHours(1) : Duration.ofSeconds(CounterStore.INTERVAL_SECONDS);
    Instant then = start.minus(step.multipliedBy(Long.parseLong(match.group(2))));
    String more = match.group(3);
    return Matcher.quoteReplacement(
        Long.toString(then.toEpochMilli() + (more == null ? 0 : Long.parseLong(more))));
  }
}
