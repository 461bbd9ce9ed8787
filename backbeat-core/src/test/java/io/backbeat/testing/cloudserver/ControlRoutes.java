package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/**
 * What a test in another process asks of this double; no part of CloudServer, and not signed. All
 * below {@code /_/standin/}:
 *
 * <ul>
 *   <li>{@code POST faults} with a fault as JSON switches it on and answers its {@code id}, {@code
 *       GET faults} lists them, {@code DELETE faults} and {@code DELETE faults/<id>} switch off
 *   <li>{@code GET requests} answers counters per route, {@code DELETE requests} sets them to 0
 *   <li>{@code GET clouds/<location>} answers the objects and the open uploads of a cloud
 *   <li>{@code GET orphans} answers the keys of data that no metadata refers to
 *   <li>{@code POST roles} with {@code {"refuse": ARN}}, {@code {"allow": ARN}} or {@code
 *       {"sessionsLastMs": n}}
 *   <li>{@code POST down} with {@code {"ms": n}}: nobody listens for so long
 * </ul>
 */
final class ControlRoutes {
  private final CloudServerStandIn standIn;

  ControlRoutes(CloudServerStandIn standIn) {
    this.standIn = standIn;
  }

  void handle(Request request) throws IOException {
    String[] path = request.path().substring(Routing.CONTROL.length()).split("/");
    String what = path.length > 1 ? path[1] : "";
    String which = path.length > 2 ? path[2] : "";
    request.json(
        switch (request.method() + ' ' + what) {
          case "GET " -> JsonText.object().put("standIn", "CloudServer");
          case "POST faults" -> inject(request.bodyText());
          case "GET faults" -> faults();
          case "DELETE faults" -> remove(which);
          case "GET requests" -> requests();
          case "DELETE requests" -> {
            standIn.requests().clear();
            yield JsonText.object();
          }
          case "GET clouds" -> cloud(which);
          case "GET orphans" -> {
            ArrayNode keys = JsonText.array();
            standIn.orphans().forEach(keys::add);
            yield keys;
          }
          case "POST roles" -> roles(JsonText.parse(request.bodyText()));
          case "POST down" -> {
            standIn.downFor(
                Duration.ofMillis(JsonText.parse(request.bodyText()).path("ms").asLong()));
            yield JsonText.object();
          }
          default -> throw StandInException.of("MethodNotAllowed");
        });
  }

  private JsonNode inject(String body) {
    try {
      return JsonText.object()
          .put("id", standIn.faults().inject(Fault.ofJson(JsonText.parse(body))).id());
    } catch (IllegalArgumentException | AssertionError e) {
      throw StandInException.of("InvalidArgument", String.valueOf(e.getMessage()));
    }
  }

  private JsonNode faults() {
    ArrayNode all = JsonText.array();
    standIn.faults().all().forEach((id, fault) -> all.add(fault.json().put("id", id)));
    return all;
  }

  private JsonNode remove(String id) {
    if (id.isEmpty()) {
      standIn.faults().clear();
    } else {
      standIn.faults().remove(Long.parseLong(id));
    }
    return JsonText.object();
  }

  private JsonNode requests() {
    ObjectNode answer = JsonText.object();
    for (Route route : Route.values()) {
      long count = standIn.requests().count(route);
      if (count > 0) {
        answer
            .putObject(route.name())
            .put("count", count)
            .put("failures", standIn.requests().failures(route));
      }
    }
    return answer;
  }

  private JsonNode cloud(String location) {
    Cloud cloud = standIn.cloud(location);
    ObjectNode answer = JsonText.object();
    ArrayNode objects = answer.putArray("objects");
    for (String key : cloud.keys()) {
      cloud
          .object(key)
          .ifPresent(
              object -> {
                ObjectNode one = objects.addObject();
                one.put("key", key).put("versionId", object.versionId());
                one.put("size", object.size()).put("etag", object.etag());
                one.put("contentMd5", object.contentMd5());
                one.set("userMetadata", JsonText.ofTexts(object.userMetadata()));
                one.set("tags", JsonText.ofTexts(object.tags()));
                one.set("headers", JsonText.ofTexts(object.headers()));
              });
    }
    answer.set("openUploads", JsonText.ofTexts(cloud.openUploads()));
    return answer;
  }

  private JsonNode roles(JsonNode body) {
    if (body.has("refuse")) {
      standIn.refuseRole(body.path("refuse").asText());
    }
    if (body.has("allow")) {
      standIn.allowRole(body.path("allow").asText());
    }
    if (body.has("sessionsLastMs")) {
      standIn.sessionsLast(Duration.ofMillis(body.path("sessionsLastMs").asLong()));
    }
    return JsonText.object();
  }
}
