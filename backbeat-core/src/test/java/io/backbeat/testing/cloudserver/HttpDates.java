package io.backbeat.testing.cloudserver;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Times in conditional headers. */
final class HttpDates {
  private HttpDates() {}

  /** Reads a date as HTTP writes it, or as an ISO timestamp, which Backbeat sends. */
  static Instant parse(String text) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw StandInException.of("InvalidArgument", "no date: " + text);
    }
  }
}
