package io.backbeat.redis;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.location.ScheduleText;
import io.backbeat.redis.LocationCommand.CancelResume;
import io.backbeat.redis.LocationCommand.Pause;
import io.backbeat.redis.LocationCommand.Resume;
import io.backbeat.redis.LocationCommand.ResumeAt;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The messages of pause and resume: {@code {"action":"resumeService","date":"2026-..."}}. Pure. A
 * revision is a member of our own, which the original reads over.
 */
final class LocationMessage {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private LocationMessage() {}

  static String encode(LocationCommand command) {
    ObjectNode message = MAPPER.createObjectNode();
    if (command instanceof Pause) {
      message.put("action", "pauseService");
    } else if (command instanceof CancelResume) {
      message.put("action", "deleteScheduledResumeService");
    } else {
      message.put("action", "resumeService");
    }
    if (command instanceof ResumeAt later) {
      message.put("date", ScheduleText.write(later.date()));
    }
    command.revision().ifPresent(revision -> message.put("revision", revision));
    return message.toString();
  }

  /**
   * The command; empty for what is no JSON, for an unknown action, and for a resume whose date is
   * no date: a typing error must not start work.
   */
  static Optional<LocationCommand> decode(String message) {
    JsonNode json;
    try {
      json = MAPPER.readTree(message);
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
    JsonNode number = json.path("revision");
    OptionalLong revision =
        number.canConvertToLong() && number.isIntegralNumber()
            ? OptionalLong.of(number.longValue())
            : OptionalLong.empty();
    return switch (json.path("action").asText()) {
      case "pauseService" -> Optional.of(new Pause(revision));
      case "deleteScheduledResumeService" -> Optional.of(new CancelResume(revision));
      case "resumeService" -> resume(json.path("date"), revision);
      default -> Optional.empty();
    };
  }

  private static Optional<LocationCommand> resume(JsonNode date, OptionalLong revision) {
    if (date.isMissingNode() || date.isNull() || date.asText().isEmpty()) {
      return Optional.of(new Resume(revision));
    }
    return ScheduleText.read(date.asText()).map(when -> new ResumeAt(when, revision));
  }
}
