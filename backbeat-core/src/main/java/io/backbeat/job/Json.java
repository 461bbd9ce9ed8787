package io.backbeat.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads single JSON values of metadata; an error names the member, the value, the place and what
 * would be right.
 */
final class Json {
  /**
   * Names of user metadata are anyone's choice: they are neither interned for ever, nor may many of
   * one hash be an error. The log is UTF-8 by contract, so nothing is guessed from the first bytes.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private static final int SHOWN = 60;

  private Json() {}

  /** A text; null counts as empty, a number as its digits. */
  static String text(JsonParser parser, String member) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
      case VALUE_NULL -> "";
      default -> throw malformed(parser, member + " must be a text");
    };
  }

  /** A truth value; null and the empty text, which old servers wrote, count as false. */
  static boolean flag(JsonParser parser, String member) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE) {
      return true;
    }
    boolean absent =
        token == JsonToken.VALUE_FALSE
            || token == JsonToken.VALUE_NULL
            || (token == JsonToken.VALUE_STRING && parser.getText().isEmpty());
    if (!absent) {
      throw malformed(parser, member + " must be true or false");
    }
    return false;
  }

  /** A number of bytes, as a number or as its digits; null and the empty text count as 0. */
  static long size(JsonParser parser, String member) throws IOException {
    long size = -1;
    try {
      size =
          switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_STRING -> parser.getText().isEmpty() ? 0 : Long.parseLong(parser.getText());
            case VALUE_NULL -> 0;
            default -> -1;
          };
    } catch (NumberFormatException | JsonProcessingException tooLargeOrNoNumber) {
      size = -1;
    }
    if (size < 0) {
      throw malformed(parser, member + " must be a whole number from 0 to 2^63-1");
    }
    return size;
  }

  /** What is wrong with the current value. */
  static MalformedMetadataException malformed(JsonParser parser, String right) {
    return at(parser.currentTokenLocation(), right + ", was " + shown(parser), null);
  }

  /** What is wrong at the current value, said by a check that found it. */
  static MalformedMetadataException malformed(
      JsonParser parser, String member, IllegalArgumentException found) {
    return at(parser.currentTokenLocation(), member + ": " + found.getMessage(), found);
  }

  /** What is wrong with the JSON itself. */
  static MalformedMetadataException malformed(IOException syntax) {
    String must = "metadata must be one JSON object in UTF-8: ";
    if (syntax instanceof JsonProcessingException json) {
      return at(json.getLocation(), must + json.getOriginalMessage(), syntax);
    }
    return at(null, must + syntax.getMessage(), syntax);
  }

  private static MalformedMetadataException at(
      @Nullable JsonLocation place, String problem, @Nullable Throwable cause) {
    JsonLocation known = place == null ? JsonLocation.NA : place;
    return new MalformedMetadataException(
        problem,
        Math.max(1, known.getLineNr()),
        Math.max(1, known.getColumnNr()),
        Math.max(0, known.getByteOffset()),
        cause);
  }

  private static String shown(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "nothing";
    }
    if (token.isStructStart()) {
      return token == JsonToken.START_OBJECT ? "an object" : "an array";
    }
    if (token.isStructEnd()) {
      return token == JsonToken.END_OBJECT ? "an object that ends here" : "an array that ends here";
    }
    try {
      String text = parser.getText();
      String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
      return token == JsonToken.VALUE_STRING ? '"' + cut + '"' : cut;
    } catch (IOException unreadable) {
      return "unreadable";
    }
  }
}
