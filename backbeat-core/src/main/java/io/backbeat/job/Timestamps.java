package io.backbeat.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads the timestamps of metadata. */
final class Timestamps {
  /** What every server writes. */
  private static final String USUAL = "0000-00-00T00:00:00.000Z";

  private Timestamps() {}

  /** An ISO 8601 timestamp; null and the empty text count as absent. */
  static Optional<Instant> read(JsonParser parser, String member) throws IOException {
    String text = Json.text(parser, member);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return Optional.of(isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant());
      }
    } catch (DateTimeException noTimestamp) {
      // said below, with the place
    }
    throw Json.malformed(parser, member + " must be a timestamp like 2026-11-22T10:47:44.365Z");
  }

  private static boolean isUsual(String text) {
    if (text.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < USUAL.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (USUAL.charAt(i) == '0' ? !digit : c != USUAL.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Reading by position: the general parser would take a third of the planner's time. */
  private static Instant usual(String text) {
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("time of day out of range: " + text);
    }
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    long secondOfDay = hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(day * 86_400 + secondOfDay, number(text, 20, 23) * 1_000_000L);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
