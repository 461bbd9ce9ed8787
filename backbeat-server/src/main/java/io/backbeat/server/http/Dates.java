package io.backbeat.server.http;

import io.backbeat.api.ServiceName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as the contract writes them, all in UTC. */
final class Dates {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern(
              "EEE MMM dd uuuu HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Dates() {}

  /** {@code 2030-01-01T00:00:00.000Z}, always with milliseconds. */
  static String iso(Instant instant) {
    return ISO.format(instant);
  }

  /** The date of a scheduled resume; lifecycle has a long form of its own. */
  static String resume(ServiceName service, Instant instant) {
    return service == ServiceName.LIFECYCLE ? LONG.format(instant) : iso(instant);
  }
}
