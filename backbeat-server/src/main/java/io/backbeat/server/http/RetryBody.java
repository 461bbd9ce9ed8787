package io.backbeat.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of a retry: what is asked and what was queued. */
final class RetryBody {
  private static final List<String> REQUIRED = List.of("Bucket", "Key", "StorageClass");

  private RetryBody() {}

  /**
   * Reads an array of operations; of equal ones the first counts. An operation at a location that
   * cannot exist is left out, as one at an unknown location would be from the answer.
   *
   * @throws RequestError if it is no array of well-formed operations
   */
  static List<RetryRequest> parse(byte[] body) {
    JsonNode array = Json.read(body);
    if (!array.isArray() || array.isEmpty()) {
      throw RequestError.malformed("body must be a non-empty array");
    }
    check(array);
    Map<List<Object>, RetryRequest> requests = new LinkedHashMap<>();
    for (JsonNode element : array) {
      request(element).ifPresent(r -> requests.putIfAbsent(List.of(r.object(), r.location()), r));
    }
    return new ArrayList<>(requests.values());
  }

  static ArrayNode of(List<RetryResult> results) {
    ArrayNode body = JsonNodeFactory.instance.arrayNode();
    for (RetryResult result : results) {
      ObjectNode operation = body.addObject();
      OperationFields.put(
          operation, result.object(), result.location(), result.size(), result.lastModified());
      operation.put("ReplicationStatus", result.status().name());
      result.role().ifPresent(role -> operation.put("Role", role));
    }
    return body;
  }

  /** An element that is no object is reported at once; of the others the last wrong one is. */
  private static void check(JsonNode array) {
    Optional<String> wrong = Optional.empty();
    for (JsonNode element : array) {
      if (!element.isContainerNode()) {
        throw RequestError.malformed("body must be an array of objects");
      }
      Optional<String> here = REQUIRED.stream().filter(p -> text(element, p).isEmpty()).findFirst();
      wrong = here.isPresent() ? here : wrong;
    }
    if (wrong.isPresent()) {
      throw RequestError.malformed(wrong.get() + " must be a non-empty string");
    }
  }

  private static Optional<RetryRequest> request(JsonNode element) {
    // A version id may come as a number or null; both are taken as the text they are written as.
    String versionId = element.path("VersionId").asText();
    ObjectVersion object = object(text(element, "Bucket"), text(element, "Key"), versionId);
    boolean force = isTruthy(element.path("ForceRetry"));
    return Site.name(text(element, "StorageClass"))
        .map(location -> new RetryRequest(object, location, force));
  }

  /** JSON can write what is no text: half of a surrogate pair. */
  private static ObjectVersion object(String bucket, String key, String versionId) {
    try {
      return new ObjectVersion(bucket, key, versionId);
    } catch (IllegalArgumentException e) {
      throw RequestError.malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The text of a property; empty when it is absent or no text. */
  private static String text(JsonNode element, String property) {
    JsonNode value = element.path(property);
    return value.isTextual() ? value.textValue() : "";
  }

  private static boolean isTruthy(JsonNode value) {
    return value.isContainerNode()
        || (value.isTextual() && !value.textValue().isEmpty())
        || (value.isNumber() && value.doubleValue() != 0)
        || (value.isBoolean() && value.booleanValue());
  }
}
