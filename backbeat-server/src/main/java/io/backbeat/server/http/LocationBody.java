package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.TargetState;
import java.util.List;

/** The bodies that tell of locations: what is wanted of them, by name. */
final class LocationBody {
  private LocationBody() {}

  static ObjectNode status(List<LocationStatus> statuses) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (LocationStatus status : statuses) {
      body.put(
          status.location().value(),
          status.target() == TargetState.PAUSED ? "disabled" : "enabled");
    }
    return body;
  }

  static ObjectNode schedule(List<LocationStatus> statuses) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (LocationStatus status : statuses) {
      body.put(
          status.location().value(),
          status.resumeAt().map(when -> Dates.resume(status.service(), when)).orElse("none"));
    }
    return body;
  }
}
