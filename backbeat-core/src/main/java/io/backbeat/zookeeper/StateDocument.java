package io.backbeat.zookeeper;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.TargetState;
import io.backbeat.location.ScheduleText;
import java.time.Instant;
import java.util.Optional;

/**
 * The document of a state node: {@code
 * {"paused":true,"scheduledResume":"2030-01-01T00:00:00.000Z"}}. Immutable. Read as the original
 * does: {@code paused} by truth of JavaScript; a value without members, such as {@code null}, like
 * {@code {}}.
 */
final class StateDocument {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Members of others are to come out as they went in.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final String PAUSED = "paused";
  private static final String SCHEDULE = "scheduledResume";

  private final ObjectNode json;

  private StateDocument(ObjectNode json) {
    this.json = json;
  }

  /** A document without members of others; without a schedule it has no such member. */
  static StateDocument first(TargetState target, Optional<Instant> resumeAt) {
    ObjectNode json = MAPPER.createObjectNode().put(PAUSED, target == TargetState.PAUSED);
    resumeAt.ifPresent(when -> json.put(SCHEDULE, ScheduleText.write(when)));
    return new StateDocument(json);
  }

  /** Empty if the text is no JSON; a value that has no members says as little as {@code {}}. */
  static Optional<StateDocument> parse(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      return json.isMissingNode()
          ? Optional.empty()
          : Optional.of(
              new StateDocument(json instanceof ObjectNode o ? o : MAPPER.createObjectNode()));
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  TargetState target() {
    JsonNode paused = json.path(PAUSED);
    boolean truth =
        paused.isBoolean()
            ? paused.booleanValue()
            : paused.isNumber()
                ? paused.doubleValue() != 0
                : paused.isTextual() ? !paused.textValue().isEmpty() : paused.isContainerNode();
    return truth ? TargetState.PAUSED : TargetState.RUNNING;
  }

  /** When the pause ends; never for a text that is no date, and for what is not paused. */
  Optional<Instant> resumeAt() {
    return target() == TargetState.PAUSED
        ? ScheduleText.read(json.path(SCHEDULE).asText())
        : Optional.empty();
  }

  /** The same with another state; members that are not ours stay as they are. */
  StateDocument with(TargetState target, Optional<Instant> resumeAt) {
    ObjectNode changed = json.deepCopy();
    changed.put(PAUSED, target == TargetState.PAUSED);
    changed.put(SCHEDULE, resumeAt.map(ScheduleText::write).orElse(null));
    return new StateDocument(changed);
  }

  String text() {
    return json.toString();
  }
}
