package io.backbeat.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The body of a scheduled resume: {@code {"hours":N}}.
 *
 * <p>Like the original it takes a number or its decimal text, drops the fraction, and means six
 * hours when nothing, or a value that stands for nothing, is given. Unlike the original it refuses
 * {@code true} and numbers that no date can hold.
 */
final class ScheduleBody {
  static final int DEFAULT_HOURS = 6;

  /** A hundred years: beyond any purpose, and far from the limits of dates. */
  static final int MAX_HOURS = 876_000;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,15}\\.?\\d{0,15}|\\.\\d{1,15})");

  private ScheduleBody() {}

  /**
   * The hours until the resume.
   *
   * @throws RequestError if the body is not JSON, or {@code null}, or the hours are not a number
   *     from 1 to {@value #MAX_HOURS}
   */
  static int hours(byte[] body) {
    if (body.length == 0) {
      return DEFAULT_HOURS;
    }
    JsonNode request = Json.read(body);
    if (request.isNull()) {
      throw RequestError.notJson();
    }
    JsonNode hours = request.path("hours");
    return standsForNothing(hours) ? DEFAULT_HOURS : positive(text(hours));
  }

  private static boolean standsForNothing(JsonNode hours) {
    return hours.isMissingNode()
        || hours.isNull()
        || (hours.isTextual() && hours.textValue().isEmpty())
        || (hours.isNumber() && hours.decimalValue().signum() == 0)
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
