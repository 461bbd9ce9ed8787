package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads messages that are JSON objects, member by member and without a tree. */
final class TopicJson {
  private static final int SHOWN = 60;

  /** Takes one member; the parser stands at its value. A structure left alone is skipped. */
  @FunctionalInterface
  interface Visitor {
    void member(String name, JsonParser parser) throws IOException;
  }

  private TopicJson() {}

  /**
   * Visits the members of a message, in order.
   *
   * @throws IllegalArgumentException if it is no JSON object in UTF-8, or the visitor says so
   */
  static void visit(byte[] json, Visitor visitor) {
    try (JsonParser parser = MessageJson.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a message must be a JSON object");
      }
      visitObject(parser, visitor);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("nothing may follow the JSON object of a message");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a message must be JSON in UTF-8: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("a message must be JSON in UTF-8: " + e.getMessage(), e);
    }
  }

  /**
   * The bytes of a message.
   *
   * @throws IllegalArgumentException if it has none
   */
  static byte[] present(ConsumerRecord<byte[], byte[]> message) {
    byte @Nullable [] value = message.value();
    if (value == null) {
      throw new IllegalArgumentException("a message must be a JSON object, was empty");
    }
    return value;
  }

  /** Visits the members of the object at which the parser stands; it then stands at its end. */
  static void visitObject(JsonParser parser, Visitor visitor) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      visitor.member(name, parser);
      if (parser.currentToken().isStructStart()) {
        parser.skipChildren();
      }
    }
  }

  /** A text; null counts as empty. */
  static String text(JsonParser parser, String member) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> "";
      default -> throw malformed(parser, member, "a text");
    };
  }

  /** A whole number; null counts as 0, and a fraction is rounded. */
  static long number(JsonParser parser, String member) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> Math.round(parser.getDoubleValue());
      case VALUE_NULL -> 0;
      default -> throw malformed(parser, member, "a number");
    };
  }

  private static IllegalArgumentException malformed(JsonParser parser, String member, String right)
      throws IOException {
    String text = parser.getText();
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new IllegalArgumentException(member + " must be " + right + ", was " + shown);
  }
}
