package io.backbeat.server.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ServiceName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What commands of pause and resume do to nodes and say on channels. Pure. The original sends a
 * command whatever the state is, and leaves the writing to its processors, none of which ran while
 * it was recorded; ours writes the state and sends what has changed it. So commands are given in a
 * state that they change.
 */
final class Commands {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEDULED =
      "{\"paused\":true,\"scheduledResume\":\"2099-01-01T00:00:00.000Z\"}";

  private Commands() {}

  /** The nodes of the locations that a record commands, as they are before. */
  static List<GoldenRecord.Node> before(GoldenRecord record, Map<ServiceName, String> topics) {
    return record.effects().published().stream()
        .map(
            message ->
                new GoldenRecord.Node(
                    node(record, message, topics), Optional.of(before(parsed(message.text())))))
        .toList();
  }

  private static String before(JsonNode message) {
    return switch (message.path("action").asText()) {
      case "pauseService" -> "{\"paused\":false}";
      case "resumeService" -> "{\"paused\":true}";
      default -> SCHEDULED;
    };
  }

  /** What the original's processors leave in a node after a message. */
  static String after(GoldenRecord.Message message) {
    JsonNode command = parsed(message.text());
    boolean now = command.path("action").asText().equals("resumeService") && !command.has("date");
    return JSON.createObjectNode()
        .put("paused", !now)
        .put("scheduledResume", command.path("date").textValue())
        .toString();
  }

  /** The date in a message, if it is one. */
  static Optional<Instant> date(GoldenRecord.Message message) {
    try {
      String text = parsed(message.text()).path("date").asText();
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The message without our own member, which the original reads over. */
  static GoldenRecord.Message withoutRevision(GoldenRecord.Message message) {
    ObjectNode text = parsed(message.text());
    text.remove("revision");
    return new GoldenRecord.Message(message.channel(), text.toString());
  }

  /** The node of the location whose channel a message came on. */
  static String node(
      GoldenRecord record, GoldenRecord.Message message, Map<ServiceName, String> topics) {
    for (Map.Entry<ServiceName, String> topic : topics.entrySet()) {
      if (message.channel().startsWith(topic.getValue() + '-')) {
        String location = message.channel().substring(topic.getValue().length() + 1);
        return node(record.mode().equals("ci"), topic.getKey(), location);
      }
    }
    throw new AssertionError("a channel of no service: " + message);
  }

  /** The node of a location. */
  static String node(boolean ci, ServiceName service, String location) {
    return (ci ? "/backbeattest/" : "/backbeat/")
        + (service == ServiceName.INGESTION ? "ingestion" : "replication")
        + "/state/"
        + location;
  }

  private static ObjectNode parsed(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
