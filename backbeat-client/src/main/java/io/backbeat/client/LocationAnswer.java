package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an answer tells of locations.
 *
 * @param statuses in the order of the answer
 * @param bare whether some of them came as the original tells them: enabled or disabled and nothing
 *     else
 */
record LocationAnswer(List<LocationStatus> statuses, boolean bare) {
  private static final String DISABLED = "disabled";
  private static final String ENABLED = "enabled";

  /**
   * Reads an answer.
   *
   * @throws BackbeatException if it is an error in spite of its status, as the original sends it
   *     when the store of the lifecycle locations does not answer
   */
  static LocationAnswer of(ServiceName service, JsonNode body) {
    if (!body.isObject()) {
      throw new UnexpectedAnswer("it is no object");
    }
    Optional<ErrorAnswer> error = ErrorAnswer.named(body);
    if (error.isPresent()) {
      throw new BackbeatException(error.get().code(), body.toString());
    }
    List<LocationStatus> statuses = new ArrayList<>();
    boolean bare = false;
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      LocationName location = LocationName.of(entry.getKey());
      bare |= entry.getValue().isTextual();
      statuses.add(
          entry.getValue().isTextual()
              ? bare(service, location, entry.getValue().textValue())
              : detailed(service, location, entry.getValue()));
    }
    return new LocationAnswer(statuses, bare);
  }

  /** Completed by what another answer tells of schedules. */
  List<LocationStatus> scheduled(Map<LocationName, Instant> resumes) {
    return statuses.stream()
        .map(s -> s.target() == TargetState.PAUSED ? withResume(s, resumes) : s)
        .toList();
  }

  private static LocationStatus withResume(
      LocationStatus status, Map<LocationName, Instant> resumes) {
    return new LocationStatus(
        status.service(),
        status.location(),
        status.target(),
        status.observed(),
        status.resumeAt().or(() -> Optional.ofNullable(resumes.get(status.location()))),
        status.revision());
  }

  private static LocationStatus detailed(
      ServiceName service, LocationName location, JsonNode detail) {
    return new LocationStatus(
        service,
        location,
        Json.constant(TargetState.class, detail, "target"),
        Json.constant(ObservedState.class, detail, "observed"),
        detail.hasNonNull("resumeAt")
            ? Optional.of(Json.instant(detail, "resumeAt"))
            : Optional.empty(),
        Json.integer(detail, "revision"));
  }

  private static LocationStatus bare(ServiceName service, LocationName location, String text) {
    if (!text.equals(ENABLED) && !text.equals(DISABLED)) {
      throw new UnexpectedAnswer(location + " is neither enabled nor disabled but " + text);
    }
    return new LocationStatus(
        service,
        location,
        text.equals(DISABLED) ? TargetState.PAUSED : TargetState.RUNNING,
        ObservedState.UNKNOWN,
        Optional.empty(),
        0);
  }
}
