package io.backbeat.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.bulk.BulkJson;
import java.util.List;
import java.util.function.Function;

/** The bodies of bulk tasks. */
final class BulkBody {
  private BulkBody() {}

  static ObjectNode of(BulkTask task) {
    return (ObjectNode) Json.read(BulkJson.task(task).getBytes(UTF_8));
  }

  static ObjectNode of(List<BulkTask> tasks) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode array = body.putArray("tasks");
    tasks.forEach(task -> array.add(of(task)));
    return body;
  }

  /**
   * Reads what a resync is to do.
   *
   * @throws RequestError if it is no JSON object, or a member is unknown or malformed
   */
  static BulkRequest resync(byte[] body) {
    return read(body, BulkJson::resync);
  }

  /**
   * Reads what a retry is to do.
   *
   * @throws RequestError as from {@link #resync}
   */
  static BulkRequest retry(byte[] body) {
    return read(body, BulkJson::retry);
  }

  private static BulkRequest read(byte[] body, Function<String, BulkRequest> reader) {
    JsonNode request = Json.read(body);
    try {
      return reader.apply(request.toString());
    } catch (IllegalArgumentException e) {
      throw RequestError.malformed(String.valueOf(e.getMessage()));
    }
  }
}
