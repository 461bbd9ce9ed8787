package io.backbeat.bulk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;

/**
 * The JSON form of tasks, in the store and on the wire. Times are in UTC with milliseconds; what is
 * empty is left out.
 */
public final class BulkJson {
  /** The value of {@code type} of a {@link BulkRequest.Resync}. */
  static final String RESYNC = "resync";

  /** The value of {@code type} of a {@link BulkRequest.Retry}. */
  static final String RETRY = "retry";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private BulkJson() {}

  /** A task as everybody may see it. */
  public static String task(BulkTask task) {
    return write(BulkTaskJson.write(task));
  }

  /**
   * Reads what a resync is to do: {@code locations}, {@code bucket}, {@code prefix}, {@code
   * modifiedFrom}, {@code modifiedBefore}, {@code statuses}, {@code dryRun}, {@code
   * operationsPerSecond}, each optional.
   *
   * @throws IllegalArgumentException if it is no such JSON object, or has a member of another name,
   *     which might have been meant to narrow it down; says what would be right
   */
  public static BulkRequest.Resync resync(String json) {
    return BulkRequestJson.resync(object(json));
  }

  /**
   * Reads what a retry is to do: {@code locations}, {@code bucket}, {@code prefix}, {@code
   * failedFrom}, {@code failedBefore}, {@code errorClass}, {@code dryRun}, {@code
   * operationsPerSecond}, each optional.
   *
   * @throws IllegalArgumentException as from {@link #resync}
   */
  public static BulkRequest.Retry retry(String json) {
    return BulkRequestJson.retry(object(json));
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  static ObjectNode object(String json) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("must be JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("must be a JSON object");
  }
}
