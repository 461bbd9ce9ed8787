package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads when pauses end, in both ways in which the original writes dates. */
final class ScheduleAnswer {
  private static final String NONE = "none";

  /** Sun Nov 22 2026 13:11:46 GMT+0100; the name of the zone, which may follow, is cut off. */
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("EEE MMM dd uuuu HH:mm:ss 'GMT'xx", Locale.ENGLISH);

  private ScheduleAnswer() {}

  /** The scheduled ones only. */
  static Map<LocationName, Instant> of(JsonNode body) {
    Map<LocationName, Instant> resumes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      String text = entry.getValue().asText();
      if (!text.equals(NONE)) {
        resumes.put(LocationName.of(entry.getKey()), instant(text));
      }
    }
    return resumes;
  }

  private static Instant instant(String text) {
    try {
      return text.contains("GMT")
          ? OffsetDateTime.parse(text.replaceFirst(" \\(.*", ""), LONG).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnexpectedAnswer("a schedule is no date: " + text);
    }
  }
}
