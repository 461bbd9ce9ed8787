package io.backbeat.server.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What requests about failed operations name, and their version ids made consistent. Pure. */
final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  /**
   * The request with the version ids that servers give in place of those that none can have given;
   * see {@link FailedMember}. Only for requests about failed operations: elsewhere a version id is
   * part of the name of a counter and nothing else.
   */
  static GoldenRecord consistent(GoldenRecord record) {
    if (!record.asksForFailures()) {
      return record;
    }
    String path =
        record.path().replaceAll("([?&]versionId=)(?!&|$)[^&]*", "$1" + FailedMember.VERSION_ID);
    return record.asking(path, record.body().map(Requests::consistent));
  }

  /** The objects that a retry names, with the sites it names them at. */
  static Map<ObjectVersion, List<String>> named(GoldenRecord record) {
    Map<ObjectVersion, List<String>> named = new HashMap<>();
    record
        .body()
        .flatMap(Requests::array)
        .ifPresent(
            array ->
                array.forEach(
                    element ->
                        object(element)
                            .ifPresent(
                                object ->
                                    named
                                        .computeIfAbsent(object, o -> new ArrayList<>())
                                        .add(element.path("StorageClass").asText()))));
    return named;
  }

  private static Optional<ObjectVersion> object(JsonNode element) {
    boolean complete =
        List.of("Bucket", "Key", "VersionId", "StorageClass").stream()
            .allMatch(name -> !element.path(name).asText().isEmpty());
    return complete
        ? Optional.of(
            new ObjectVersion(
                element.path("Bucket").asText(),
                element.path("Key").asText(),
                FailedMember.knownVersion(element.path("VersionId").asText())))
        : Optional.empty();
  }

  private static String consistent(String body) {
    Optional<JsonNode> array = array(body);
    array.ifPresent(
        elements ->
            elements.forEach(
                element -> {
                  if (element.path("VersionId").isTextual()) {
                    ((ObjectNode) element).put("VersionId", FailedMember.VERSION_ID);
                  }
                }));
    return array.map(JsonNode::toString).orElse(body);
  }

  /** The body, if it is an array of well-formed operations. */
  private static Optional<JsonNode> array(String body) {
    try {
      JsonNode array = JSON.readTree(body);
      boolean objects = array.isArray() && !array.isEmpty();
      for (JsonNode element : array) {
        objects &= element.isObject() && element.path("VersionId").isTextual();
      }
      // Not what only looks like JSON to a generous parser: that is for the server to judge.
      return objects && array.toString().equals(body) ? Optional.of(array) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
