package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The resume that a POST asks for.
 *
 * @param when empty for now
 */
record ScheduledResume(Optional<Instant> when) {
  /**
   * Reads what follows the location in the path, and the body if that is {@code schedule}.
   *
   * @throws io.backbeat.api.BackbeatException for any other path: ROUTE_NOT_FOUND. The original
   *     resumes at once whatever follows, which turns a typing error into a resume
   * @throws RequestError if the body does not say for how many hours
   */
  static ScheduledResume parse(String rest, byte[] body, Clock clock) {
    if (rest.isEmpty()) {
      return new ScheduledResume(Optional.empty());
    }
    if (!rest.equals(ApiPaths.SCHEDULE) && !rest.startsWith(ApiPaths.SCHEDULE + '/')) {
      throw RequestError.noSuchPath("only a schedule can follow the location");
    }
    Duration pause = Duration.ofHours(ScheduleBody.hours(body));
    return new ScheduledResume(Optional.of(clock.instant().plus(pause)));
  }

  void apply(LocationOperations locations, LocationStatus status) {
    if (when.isPresent()) {
      locations.resumeAt(status.service(), status.location(), when.get());
    } else {
      locations.resume(status.service(), status.location());
    }
  }
}
