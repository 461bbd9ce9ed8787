package io.backbeat.location;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instants of schedules, as texts in stores and messages. Written as JavaScript's {@code
 * toISOString} does; read in every form that a date of JavaScript prints itself in, and in
 * milliseconds. Where a text names no zone, UTC is meant. Pure.
 */
public final class ScheduleText {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern MILLIS = Pattern.compile("\\d{11,15}");

  /** {@code Sun Nov 22 2026 13:11:46 GMT+0100 (Central European Standard Time)}. */
  private static final Pattern LONG =
      Pattern.compile(
          "(?:\\p{Alpha}{3} )?(?<month>\\p{Alpha}{3}) (?<day>\\d{1,2}) (?<year>\\d{4})"
              + " (?<time>\\d\\d:\\d\\d:\\d\\d)(?: (?:GMT|UTC)?(?<offset>[+-]\\d{4})?)?(?: \\(.*\\))?");

  /** {@code Sun, 22 Nov 2026 12:11:46 GMT}. */
  private static final Pattern UTC =
      Pattern.compile(
          "(?:\\p{Alpha}{3}, )?(?<day>\\d{1,2}) (?<month>\\p{Alpha}{3}) (?<year>\\d{4})"
              + " (?<time>\\d\\d:\\d\\d:\\d\\d) (?:GMT|UTC)(?<offset>[+-]\\d{4})?");

  private static final DateTimeFormatter PARTS =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC),
          text -> named(LONG.matcher(text)),
          text -> named(UTC.matcher(text)),
          text -> Instant.ofEpochMilli(Long.parseLong(matching(MILLIS.matcher(text)).group())));

  private ScheduleText() {}

  /** {@code 2030-01-01T00:00:00.000Z}; smaller fractions than milliseconds are cut off. */
  public static String write(Instant when) {
    return ISO.format(when);
  }

  /** The instant a text stands for; empty if it is none that is known. */
  public static Optional<Instant> read(String text) {
    for (Function<String, Instant> form : FORMS) {
      try {
        return Optional.of(form.apply(text.trim()));
      } catch (DateTimeException otherForm) {
        // the next one may fit
      }
    }
    return Optional.empty();
  }

  private static Instant named(Matcher text) {
    Matcher date = matching(text);
    String offset = date.group("offset") == null ? "+0000" : date.group("offset");
    String parts =
        String.join(
            " ",
            date.group("day"),
            date.group("month"),
            date.group("year"),
            date.group("time"),
            offset);
    return OffsetDateTime.parse(parts, PARTS).toInstant();
  }

  private static Matcher matching(Matcher matcher) {
    if (!matcher.matches()) {
      throw new DateTimeException("another form");
    }
    return matcher;
  }
}
