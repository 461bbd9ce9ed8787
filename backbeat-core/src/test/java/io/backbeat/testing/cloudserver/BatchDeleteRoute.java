package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The internal route that deletes data ("batch delete"). */
final class BatchDeleteRoute {
  private final Server server;

  BatchDeleteRoute(Server server) {
    this.server = server;
  }

  void delete(Request request) throws IOException {
    server.buckets().get(request.bucket());
    JsonNode locations =
        JsonText.tryObject(request.bodyText())
            .map(body -> body.path("Locations"))
            .filter(JsonNode::isArray)
            .orElseThrow(() -> StandInException.of("MalformedPOSTRequest"));
    for (JsonNode location : locations) {
      String name = location.path("dataStoreName").asText();
      if (server.stores().location(name).isEmpty()) {
        throw StandInException.of("LocationNotFound");
      }
    }
    if (!isConditional(locations) || mayDelete(request, locations.path(0))) {
      server.stores().delete(locations);
    }
    request.json(NullNode.getInstance());
  }

  /** In a cloud, and without a version id that would say which object is meant. */
  private boolean isConditional(JsonNode locations) {
    JsonNode first = locations.path(0);
    return server.stores().findCloud(first.path("dataStoreName").asText()).isPresent()
        && first.path("dataStoreVersionId").asText().isEmpty();
  }

  /** Azure deletes on a condition; other clouds get tags, by which their own lifecycle deletes. */
  private boolean mayDelete(Request request, JsonNode location) {
    String condition = request.header("if-unmodified-since");
    if (condition.isEmpty()) {
      return false;
    }
    String name = location.path("dataStoreName").asText();
    Cloud cloud = server.stores().cloud(name);
    String key = location.path("key").asText();
    Optional<CloudObject> object = cloud.object(key);
    Instant limit = HttpDates.parse(condition).truncatedTo(ChronoUnit.SECONDS);
    boolean modified =
        object
            .filter(o -> o.lastModified().truncatedTo(ChronoUnit.SECONDS).isAfter(limit))
            .isPresent();
    if (server.stores().location(name).orElseThrow().type() == Location.Type.AZURE) {
      if (modified) {
        throw StandInException.of("PreconditionFailed");
      }
      return true;
    }
    if (!modified && object.isPresent()) {
      String tags = request.header("x-scal-tags");
      cloud.tag(key, "", tags.isEmpty() ? Map.of() : JsonText.texts(JsonText.parse(tags)));
    }
    return false;
  }
}
