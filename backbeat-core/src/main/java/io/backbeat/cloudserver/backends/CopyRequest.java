package io.backbeat.cloudserver.backends;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.ObjectMetadata;
import java.time.Instant;
import java.util.Optional;

/**
 * The message of action {@code copyLocation} that a job carries, and the results made of it. Pure.
 */
final class CopyRequest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode message;

  private CopyRequest(ObjectNode message) {
    this.message = message;
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is no JSON object; a retry does not help
   */
  static CopyRequest parse(String json) {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a copyLocation message must be a JSON object: " + e.getOriginalMessage(), e);
    }
    if (tree instanceof ObjectNode object) {
      return new CopyRequest(object);
    }
    throw new IllegalArgumentException(
        "a copyLocation message must be a JSON object, was " + tree.getNodeType());
  }

  /**
   * In whose name it has to be done: the ARN of a role, else the id of the account that the object
   * belongs to; empty if it names neither.
   */
  String identity() {
    String role = message.path("auth").path("roleArn").asText("");
    return role.isEmpty() ? message.path("target").path("accountId").asText("") : role;
  }

  /** Where the result goes; empty if nobody wants one. */
  String resultsTopic() {
    return message.path("resultsTopic").asText("");
  }

  /** Why the version is not, or no more, what is to be copied; empty if it is. */
  Optional<String> mismatch(ObjectMetadata current) {
    String eTag = message.path("target").path("eTag").asText("");
    // The first and the last character are quotes.
    String md5 = eTag.length() < 2 ? "" : eTag.substring(1, eTag.length() - 1);
    return md5.isEmpty() || md5.equals(current.contentMd5())
        ? Optional.empty()
        : Optional.of("has content " + current.contentMd5() + ", the request is about " + md5);
  }

  /**
   * Whether somebody waits for the result: a transition is in progress. A request that comes again
   * after its copy has become the object must not be answered with an error, which would count as a
   * failed attempt.
   *
   * @param metadata the current one
   */
  static boolean isAwaited(String metadata) {
    try {
      return JSON.readTree(metadata).path("x-amz-scal-transition-in-progress").asBoolean();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The result of a copy that was made.
   *
   * @param location where the data is now, a JSON array
   */
  String success(String location, Instant started, Instant ended) {
    ObjectNode result = result("success", started, ended);
    try {
      result.putObject("results").set("location", JSON.readTree(location));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "location must be JSON, was " + location + ": " + e.getOriginalMessage(), e);
    }
    return result.toString();
  }

  /** The result of a copy that was not made and will not be. */
  String error(String code, String description, Instant started, Instant ended) {
    ObjectNode result = result("error", started, ended);
    result
        .putObject("error")
        .put("code", code)
        .put("message", code)
        .put("description", description);
    return result.toString();
  }

  private ObjectNode result(String status, Instant started, Instant ended) {
    ObjectNode result = message.deepCopy();
    if (!result.hasNonNull("startTime")) {
      result.put("startTime", started.toEpochMilli());
    }
    result.put("endTime", ended.toEpochMilli());
    return result.put("status", status);
  }
}
