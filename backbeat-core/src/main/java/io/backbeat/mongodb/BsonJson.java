package io.backbeat.mongodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Metadata as JSON and as it stands in a document. To JSON as CloudServer, a program in JavaScript,
 * would write what it reads: numbers plain whatever their type, dates as ISO texts. Tag keys are
 * escaped in documents, because their names may not have {@code .} and {@code $}: U+FF0E and U+FF04
 * stand for them. Pure.
 */
final class BsonJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();
  private static final DateTimeFormatter JS_DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Whole doubles up to here are written without a fraction, as JavaScript does. */
  private static final double LARGEST_PLAIN = 1e21;

  private static final String TAGS = "tags";
  private static final char DOT = '\uFF0E';
  private static final char DOLLAR = '\uFF04';

  private BsonJson() {}

  /** Metadata as UTF-8 JSON, with tag keys as the client gave them. */
  static byte[] toJson(BsonDocument value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      for (Map.Entry<String, BsonValue> member : value.entrySet()) {
        if (isWritten(member.getValue())) {
          json.writeFieldName(member.getKey());
          if (member.getKey().equals(TAGS) && member.getValue().isDocument()) {
            writeTags(json, member.getValue().asDocument());
          } else {
            write(json, member.getValue());
          }
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeTags(JsonGenerator json, BsonDocument tags) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, BsonValue> tag : tags.entrySet()) {
      if (isWritten(tag.getValue())) {
        json.writeFieldName(tag.getKey().replace(DOT, '.').replace(DOLLAR, '$'));
        write(json, tag.getValue());
      }
    }
    json.writeEndObject();
  }

  /** Members that JavaScript leaves out. */
  private static boolean isWritten(BsonValue value) {
    return switch (value.getBsonType()) {
      case UNDEFINED, JAVASCRIPT, JAVASCRIPT_WITH_SCOPE, SYMBOL, MIN_KEY, MAX_KEY -> false;
      default -> true;
    };
  }

  private static void write(JsonGenerator json, BsonValue value) throws IOException {
    switch (value.getBsonType()) {
      case STRING -> json.writeString(value.asString().getValue());
      case INT32 -> json.writeNumber(value.asInt32().getValue());
      case INT64 -> json.writeNumber(value.asInt64().getValue());
      case DOUBLE -> writeDouble(json, value.asDouble().getValue());
      case DECIMAL128 -> writeDecimal(json, value);
      case BOOLEAN -> json.writeBoolean(value.asBoolean().getValue());
      case DATE_TIME ->
          json.writeString(JS_DATE.format(Instant.ofEpochMilli(value.asDateTime().getValue())));
      case OBJECT_ID -> json.writeString(value.asObjectId().getValue().toHexString());
      case BINARY ->
          json.writeString(Base64.getEncoder().encodeToString(value.asBinary().getData()));
      case TIMESTAMP -> json.writeNumber(value.asTimestamp().getValue());
      case DOCUMENT -> {
        json.writeStartObject();
        for (Map.Entry<String, BsonValue> member : value.asDocument().entrySet()) {
          if (isWritten(member.getValue())) {
            json.writeFieldName(member.getKey());
            write(json, member.getValue());
          }
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        for (BsonValue element : value.asArray()) {
          write(json, element);
        }
        json.writeEndArray();
      }
      default -> json.writeNull();
    }
  }

  private static void writeDouble(JsonGenerator json, double number) throws IOException {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      json.writeNull();
    } else if (number == Math.rint(number) && Math.abs(number) < LARGEST_PLAIN) {
      json.writeNumber(new BigDecimal(number).toBigInteger());
    } else {
      json.writeNumber(number);
    }
  }

  private static void writeDecimal(JsonGenerator json, BsonValue value) throws IOException {
    var number = value.asDecimal128().getValue();
    if (number.isNaN() || number.isInfinite()) {
      json.writeNull();
    } else {
      json.writeNumber(number.bigDecimalValue());
    }
  }

  /**
   * Metadata as it is stored.
   *
   * @throws IllegalArgumentException if it is no JSON object, or has a text that is no Unicode
   */
  static BsonDocument toBson(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("metadata must be a JSON object");
      }
      BsonDocument document = new BsonDocument();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        boolean tags = name.equals(TAGS) && parser.currentToken() == JsonToken.START_OBJECT;
        document.put(unicode(name), tags ? readTags(parser) : read(parser));
      }
      return document;
    } catch (IOException e) {
      throw new IllegalArgumentException("metadata must be a JSON object: " + e.getMessage(), e);
    }
  }

  private static BsonDocument readTags(JsonParser parser) throws IOException {
    BsonDocument tags = new BsonDocument();
    for (String tag = parser.nextFieldName(); tag != null; tag = parser.nextFieldName()) {
      parser.nextToken();
      tags.put(unicode(tag).replace('.', DOT).replace('$', DOLLAR), read(parser));
    }
    return tags;
  }

  private static BsonValue read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new BsonString(unicode(parser.getText()));
      case VALUE_TRUE -> BsonBoolean.TRUE;
      case VALUE_FALSE -> BsonBoolean.FALSE;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> new BsonDouble(parser.getDoubleValue());
      case START_ARRAY -> {
        BsonArray array = new BsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        yield array;
      }
      case START_OBJECT -> {
        BsonDocument document = new BsonDocument();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          document.put(unicode(name), read(parser));
        }
        yield document;
      }
      default -> BsonNull.VALUE;
    };
  }

  private static BsonValue integer(JsonParser parser) throws IOException {
    BigInteger number = parser.getBigIntegerValue();
    if (number.bitLength() < Integer.SIZE) {
      return new BsonInt32(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? new BsonInt64(number.longValue())
        : new BsonDouble(number.doubleValue());
  }

  /** UTF-8 cannot hold half of a surrogate pair; it would come back as another text. */
  private static String unicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "text must be well-formed Unicode, has a lone surrogate at index " + i);
      }
    }
    return text;
  }
}
