package io.backbeat.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** JSON, read as generously as other servers of the same contract need it. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /** A reader of bodies that are JSON. */
  static <T> Function<byte[], T> reader(Function<JsonNode, T> ofTree) {
    return body -> ofTree.apply(read(body));
  }

  /**
   * The one value of a body.
   *
   * @throws UnexpectedAnswer if it is not JSON
   */
  static JsonNode read(byte[] body) {
    return parse(body).orElseThrow(() -> new UnexpectedAnswer("it is not JSON"));
  }

  /** The one value of a body, if it is JSON. */
  static Optional<JsonNode> parse(byte[] body) {
    try {
      return Optional.ofNullable(MAPPER.readTree(body)).filter(node -> !node.isMissingNode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Compact UTF-8. */
  static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  /**
   * A child that must be there.
   *
   * @throws UnexpectedAnswer if it is not
   */
  static JsonNode child(JsonNode parent, String name) {
    JsonNode child = parent.path(name);
    if (child.isMissingNode()) {
      throw new UnexpectedAnswer("it has no \"" + name + '"');
    }
    return child;
  }

  /** An integer, also written as text; null counts as 0, as where the original has no number. */
  static long integer(JsonNode parent, String name) {
    return decimal(parent, name).longValue();
  }

  /** A number, also written as text; null counts as 0. */
  static BigDecimal decimal(JsonNode parent, String name) {
    JsonNode value = child(parent, name);
    if (value.isNull()) {
      return BigDecimal.ZERO;
    }
    String text = value.isValueNode() ? value.asText().strip() : "";
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new UnexpectedAnswer('"' + name + "\" is no number: " + value);
    }
  }

  /** A text. */
  static String text(JsonNode parent, String name) {
    JsonNode value = child(parent, name);
    if (!value.isValueNode() || value.isNull()) {
      throw new UnexpectedAnswer('"' + name + "\" is no text: " + value);
    }
    return value.asText();
  }

  /** A text that may be missing; then empty. */
  static String textOrEmpty(JsonNode parent, String name) {
    return parent.hasNonNull(name) ? text(parent, name) : "";
  }

  /** An instant in ISO form. */
  static Instant instant(JsonNode parent, String name) {
    String text = text(parent, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnexpectedAnswer('"' + name + "\" is no instant: " + text);
    }
  }

  /** A constant of an enum. */
  static <E extends Enum<E>> E constant(Class<E> type, JsonNode parent, String name) {
    String text = text(parent, name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswer('"' + name + "\" is unknown: " + text);
    }
  }
}
