package io.backbeat.server.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 3h}, {@code 1h30m}, {@code 500ms} or {@code PT3H}; at most ten years. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Duration LONGEST = Duration.ofDays(3660);
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,15}(ms|s|m|h|d))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  @Override
  public Duration convert(String value) {
    try {
      Duration duration = value.startsWith("P") ? Duration.parse(value) : sum(value);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below.
    }
    throw new TypeConversionException(
        "a time is written like 500ms, 90s, 1h30m or 2d, at most 3660d, was \"" + value + '"');
  }

  private static Duration sum(String value) {
    if (!WHOLE.matcher(value).matches()) {
      throw new DateTimeException(value);
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(value);
    while (part.find()) {
      sum =
          sum.plus(
              Long.parseLong(part.group(1)), UNITS.getOrDefault(part.group(2), ChronoUnit.DAYS));
    }
    return sum;
  }
}
