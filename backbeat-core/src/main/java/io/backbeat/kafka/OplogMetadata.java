package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/**
 * Metadata in a document of MongoDB, turned back into what the object server wrote:
 *
 * <ul>
 *   <li>tag keys, in which MongoDB would not have {@code .} and {@code $}, have them again
 *   <li>numbers and dates in MongoDB's extended JSON ({@code {"$numberLong":"5"}}) are plain ones
 *   <li>whole numbers that MongoDB keeps as doubles ({@code 5.0E9}: every one beyond 2^31) are
 *       whole numbers
 * </ul>
 *
 * @param json the metadata, UTF-8
 * @param deleted whether its member {@code deleted} is true
 */
@SuppressWarnings("ArrayRecordComponent") // made to be passed on, never compared
record OplogMetadata(byte[] json, boolean deleted) {
  private static final char ESCAPED_DOT = '\uff0e';
  private static final char ESCAPED_DOLLAR = '\uff04';
  private static final double EXACT = 1L << 53;
  private static final Set<String> WHOLE = Set.of("$numberLong", "$numberInt");
  private static final Set<String> REAL = Set.of("$numberDouble", "$numberDecimal");

  /** Reads the object at which the parser stands; it then stands at its end. */
  static OplogMetadata copy(JsonParser parser) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    boolean deleted = false;
    try (JsonGenerator json = MessageJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        json.writeFieldName(name);
        if (name.equals("deleted")) {
          deleted = value == JsonToken.VALUE_TRUE;
        }
        if (name.equals("tags") && value == JsonToken.START_OBJECT) {
          copyTags(parser, json);
        } else {
          copyValue(parser, json);
        }
      }
      json.writeEndObject();
    }
    return new OplogMetadata(bytes.toByteArray(), deleted);
  }

  /** A tag key as the client wrote it. */
  static String unescape(String tagKey) {
    return tagKey.replace(ESCAPED_DOT, '.').replace(ESCAPED_DOLLAR, '$');
  }

  private static void copyTags(JsonParser parser, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (String tag = parser.nextFieldName(); tag != null; tag = parser.nextFieldName()) {
      parser.nextToken();
      json.writeFieldName(unescape(tag));
      copyValue(parser, json);
    }
    json.writeEndObject();
  }

  private static void copyValue(JsonParser parser, JsonGenerator json) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> copyObject(parser, json);
      case START_ARRAY -> {
        json.writeStartArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          copyValue(parser, json);
        }
        json.writeEndArray();
      }
      case VALUE_NUMBER_FLOAT -> writeReal(parser.getText(), json);
      default -> json.copyCurrentEvent(parser);
    }
  }

  private static void copyObject(JsonParser parser, JsonGenerator json) throws IOException {
    String name = parser.nextFieldName();
    if (name != null && name.startsWith("$") && copyExtended(name, parser, json)) {
      return;
    }
    json.writeStartObject();
    for (; name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      json.writeFieldName(name);
      copyValue(parser, json);
    }
    json.writeEndObject();
  }

  /** Writes what an object of extended JSON stands for; false if it is none. */
  private static boolean copyExtended(String name, JsonParser parser, JsonGenerator json)
      throws IOException {
    if (WHOLE.contains(name)) {
      parser.nextToken();
      json.writeNumber(Long.parseLong(parser.getText()));
    } else if (REAL.contains(name)) {
      parser.nextToken();
      writeReal(parser.getText(), json);
    } else if (name.equals("$date")) {
      parser.nextToken();
      json.writeString(date(parser));
    } else {
      return false;
    }
    parser.nextToken();
    return true;
  }

  /** A date is a text, milliseconds, or milliseconds in extended JSON, as the mode may be. */
  private static String date(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> Instant.ofEpochMilli(parser.getLongValue()).toString();
      case START_OBJECT -> {
        parser.nextToken();
        parser.nextToken();
        long millis = Long.parseLong(parser.getText());
        parser.nextToken();
        yield Instant.ofEpochMilli(millis).toString();
      }
      default -> parser.getText();
    };
  }

  private static void writeReal(String text, JsonGenerator json) throws IOException {
    double value = Double.parseDouble(text);
    if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      json.writeNumber((long) value);
    } else if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
