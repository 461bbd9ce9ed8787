package io.backbeat.client;

import static io.backbeat.client.PercentEncoding.checked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import java.util.ArrayList;
import java.util.List;

/** Writes retries as bodies that no server finds too large. */
final class RetryBatches {
  /** Half of the limit that servers of this project have by default. */
  static final int MAX_BYTES = 512 * 1024;

  private RetryBatches() {}

  /** Bodies of at most {@link #MAX_BYTES}, as long as no request alone is larger; in order. */
  static List<byte[]> of(List<RetryRequest> requests) {
    List<byte[]> bodies = new ArrayList<>();
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    int bytes = 2;
    for (RetryRequest request : requests) {
      JsonNode element = element(request);
      int more = Json.write(element).length + 1;
      if (bytes + more > MAX_BYTES && !batch.isEmpty()) {
        bodies.add(Json.write(batch));
        batch = JsonNodeFactory.instance.arrayNode();
        bytes = 2;
      }
      batch.add(element);
      bytes += more;
    }
    if (!batch.isEmpty()) {
      bodies.add(Json.write(batch));
    }
    return bodies;
  }

  private static ObjectNode element(RetryRequest request) {
    ObjectVersion object = request.object();
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    element.put("Bucket", checked(object.bucket())).put("Key", checked(object.key()));
    if (!object.versionId().isEmpty()) {
      element.put("VersionId", checked(object.versionId()));
    }
    element.put("StorageClass", request.location().value());
    if (request.force()) {
      element.put("ForceRetry", true);
    }
    return element;
  }
}
