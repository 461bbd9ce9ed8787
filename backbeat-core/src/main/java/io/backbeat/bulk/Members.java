package io.backbeat.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads members of a JSON object; an error names the member, its value and what would be right. */
final class Members {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Members() {}

  static void requireKnown(ObjectNode json, Set<String> common, Set<String> more) {
    Set<String> known = new TreeSet<>(common);
    known.addAll(more);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(
                    "\"" + name + "\" is not known; known are " + String.join(", ", known));
              }
            });
  }

  /** A text that is not empty. */
  static Optional<String> text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw wrong(name, "a non-empty text", value);
    }
    return Optional.of(value.textValue());
  }

  static List<String> texts(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return isAbsent(value) ? List.of() : texts(value, name, false);
  }

  static List<String> texts(JsonNode array, String name, boolean some) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isTextual()) {
        throw wrong(name, "an array of texts", array);
      }
      texts.add(element.textValue());
    }
    if (!array.isArray() || (some && texts.isEmpty())) {
      throw wrong(name, some ? "a non-empty array of texts" : "an array of texts", array);
    }
    return texts;
  }

  static boolean flag(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!isAbsent(value) && !value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.asBoolean();
  }

  static int count(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!isAbsent(value) && (!value.canConvertToInt() || !value.isInt() || value.intValue() < 0)) {
      throw wrong(name, "a whole number from 0 to 2147483647", value);
    }
    return value.asInt();
  }

  static Optional<Instant> instant(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    try {
      if (value.isTextual()) {
        Instant at = OffsetDateTime.parse(value.textValue()).toInstant();
        if (at.atOffset(ZoneOffset.UTC).getYear() >= 0
            && at.atOffset(ZoneOffset.UTC).getYear() <= 9999) {
          return Optional.of(at);
        }
      }
    } catch (DateTimeException e) {
      // Told below, like any other value that is no instant.
    }
    throw wrong(name, "an instant such as 2030-01-31T12:00:00Z", value);
  }

  static String iso(Instant at) {
    return ISO.format(at);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static IllegalArgumentException wrong(String name, String right, JsonNode value) {
    String shown = value.toString();
    return new IllegalArgumentException(
        name
            + " must be "
            + right
            + ", was "
            + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "..."));
  }
}
