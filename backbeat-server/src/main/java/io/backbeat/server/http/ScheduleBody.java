package io.backbeat.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * The body of a scheduled resume: {@code {"hours":N}} from now, or {@code {"at":"<ISO instant>"}},
 * which wins.
 *
 * <p>Like the original it takes a number or its decimal text, drops the fraction, and means six
 * hours when nothing, or a value that stands for nothing, is given. Unlike the original it refuses
 * {@code true} and numbers that no date can hold.
 */
final class ScheduleBody {
  static final int DEFAULT_HOURS = 6;

  /** A hundred years: beyond any purpose, and far from the limits of dates. */
  static final int MAX_HOURS = 876_000;

  /** The last instant whose date has four digits for the year, as every client expects. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,15}\\.?\\d{0,15}|\\.\\d{1,15})");

  private ScheduleBody() {}

  /**
   * When to resume.
   *
   * @throws RequestError if the body is not JSON, or {@code null}, or {@code at} is no instant, or
   *     without it the hours are not a number from 1 to {@value #MAX_HOURS}
   */
  static Instant resumeAt(byte[] body, Instant now) {
    JsonNode request = body.length == 0 ? MissingNode.getInstance() : Json.read(body);
    if (request.isNull()) {
      throw RequestError.notJson();
    }
    JsonNode at = request.path("at");
    return at.isMissingNode() || at.isNull()
        ? now.plus(Duration.ofHours(hours(request.path("hours"))))
        : instant(at);
  }

  private static Instant instant(JsonNode at) {
    try {
      Instant when = at.isTextual() ? Instant.parse(at.textValue()) : Instant.MAX;
      if (!when.isAfter(LATEST)) {
        return when.isBefore(Instant.EPOCH) ? Instant.EPOCH : when;
      }
    } catch (DateTimeParseException e) {
      // Answered below, like any other value that is no instant.
    }
    throw RequestError.malformed("at must be an instant such as 2030-01-31T12:00:00Z");
  }

  private static int hours(JsonNode hours) {
    return standsForNothing(hours) ? DEFAULT_HOURS : positive(text(hours));
  }

  private static boolean standsForNothing(JsonNode hours) {
    return hours.isMissingNode()
        || hours.isNull()
        || (hours.isTextual() && hours.textValue().isEmpty())
        || (hours.isNumber() && hours.doubleValue() == 0)
        || (hours.isBoolean() && !hours.booleanValue());
  }

  /** A list of one counts as its element. */
  private static String text(JsonNode hours) {
    JsonNode value = hours.isArray() && hours.size() == 1 ? hours.get(0) : hours;
    return value.isNumber() || value.isTextual() ? value.asText().strip() : "";
  }

  private static int positive(String text) {
    if (DECIMAL.matcher(text).matches()) {
      long hours = new BigDecimal(text).longValue();
      if (hours >= 1 && hours <= MAX_HOURS) {
        return (int) hours;
      }
    }
    throw RequestError.malformed("hours must be an integer greater than 0");
  }
}
