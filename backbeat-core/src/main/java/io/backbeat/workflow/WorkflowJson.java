package io.backbeat.workflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.Optional;

/** JSON of workflows, and the errors of who sends something else. */
final class WorkflowJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // As a double, a number that is too large for one would be kept as "Infinity".
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // JSON can say what no store can keep as it is: halves of characters.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final int SHOWN = 60;

  /** Beyond what a number can need, and small enough for one to be written out. */
  private static final int MOST_DECIMALS = 1_000;

  private WorkflowJson() {}

  /** The one value of a text; empty if it is none. */
  static Optional<JsonNode> parse(String text) {
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      return Optional.ofNullable(node).filter(n -> !n.isMissingNode());
    } catch (JacksonException
        | NumberFormatException e) { // an exponent beyond an int is the latter
      return Optional.empty();
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  /** A member; missing if there is none, or if it is null. */
  static JsonNode member(JsonNode node, String name) {
    JsonNode member = node.path(name);
    return member.isNull() ? MissingNode.getInstance() : member;
  }

  static BackbeatException malformed(String place, String right, JsonNode found) {
    String text = found.isMissingNode() ? "nothing" : found.toString();
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new BackbeatException(
        ErrorCode.MALFORMED_REQUEST,
        "invalid configuration: " + place + " must be " + right + ", was " + shown);
  }

  /** Checks every number in a value. */
  static void requireFinite(JsonNode node) {
    if (node.isNumber() && !isFinite(node)) {
      throw malformed("every number", "within the range of a double", node);
    }
    node.forEach(WorkflowJson::requireFinite);
  }

  /** The scale comes first: with a large one everything else is costly. */
  private static boolean isFinite(JsonNode number) {
    return (!number.isBigDecimal()
            || Math.abs((long) number.decimalValue().scale()) <= MOST_DECIMALS)
        && Double.isFinite(number.doubleValue());
  }

  static JsonNode requireObject(JsonNode node, String place) {
    if (!node.isObject()) {
      throw malformed(place, "an object", node);
    }
    return node;
  }

  static JsonNode requireArray(JsonNode node, String place) {
    if (!node.isArray()) {
      throw malformed(place, "an array", node);
    }
    return node;
  }

  static String requireText(JsonNode node, String place) {
    if (!node.isTextual() || node.textValue().isEmpty()) {
      throw malformed(place, "a text", node);
    }
    return node.textValue();
  }
}
