package io.backbeat.server.http;

import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The resume that a POST asks for.
 *
 * @param when empty for now
 */
record ScheduledResume(Optional<Instant> when) {
  /**
   * Reads what is asked.
   *
   * @param later whether the path ends in {@code schedule}; otherwise the body does not matter
   * @throws RequestError if the body does not say until when
   */
  static ScheduledResume parse(boolean later, byte[] body, Clock clock) {
    return new ScheduledResume(
        later ? Optional.of(ScheduleBody.resumeAt(body, clock.instant())) : Optional.empty());
  }

  LocationStatus apply(LocationOperations locations, LocationStatus status) {
    return when.map(w -> locations.resumeAt(status.service(), status.location(), w))
        .orElseGet(() -> locations.resume(status.service(), status.location()));
  }
}
