package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.TargetState;
import java.util.List;

/** The bodies that tell of locations, by name. */
final class LocationBody {
  private LocationBody() {}

  /** What is wanted of each. */
  static ObjectNode status(List<LocationStatus> statuses) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (LocationStatus status : statuses) {
      body.put(
          status.location().value(),
          status.target() == TargetState.PAUSED ? "disabled" : "enabled");
    }
    return body;
  }

  /** When the pause of each ends. */
  static ObjectNode schedule(List<LocationStatus> statuses) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (LocationStatus status : statuses) {
      body.put(
          status.location().value(),
          status.resumeAt().map(when -> Dates.resume(status.service(), when)).orElse("none"));
    }
    return body;
  }

  /** All that is known of each. */
  static ObjectNode detail(List<LocationStatus> statuses) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (LocationStatus status : statuses) {
      ObjectNode location = body.putObject(status.location().value());
      location.put("target", status.target().name()).put("observed", status.observed().name());
      status.resumeAt().ifPresent(when -> location.put("resumeAt", Dates.iso(when)));
      location.put("revision", status.revision());
    }
    return body;
  }
}
