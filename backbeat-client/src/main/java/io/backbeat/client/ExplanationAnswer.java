package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.Blocker;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the body of {@code crr/objects}. */
final class ExplanationAnswer {
  private ExplanationAnswer() {}

  static ObjectExplanation of(ObjectVersion object, JsonNode body) {
    List<LocationExplanation> locations = new ArrayList<>();
    Json.child(body, "Sites").forEach(site -> locations.add(location(site)));
    return new ObjectExplanation(
        object,
        Json.text(body, "Revision"),
        integer(body, "Size"),
        instant(body, "LastModified"),
        locations);
  }

  private static LocationExplanation location(JsonNode site) {
    List<Blocker> blockers = new ArrayList<>();
    for (JsonNode blocker : Json.child(site, "BlockedBy")) {
      blockers.add(
          new Blocker(
              Json.constant(Blocker.Reason.class, blocker, "Reason"),
              instant(blocker, "Until"),
              Json.textOrEmpty(blocker, "Detail")));
    }
    List<Transition> transitions = new ArrayList<>();
    for (JsonNode transition : Json.child(site, "Transitions")) {
      transitions.add(
          new Transition(
              Json.instant(transition, "Time"),
              Json.constant(Transition.Event.class, transition, "Event"),
              Math.toIntExact(Json.integer(transition, "Attempts")),
              instant(transition, "Until"),
              Json.textOrEmpty(transition, "ErrorClass"),
              Json.textOrEmpty(transition, "Message")));
    }
    return new LocationExplanation(
        ObjectAnswer.site(site),
        site.hasNonNull("Job") ? Optional.of(job(site.path("Job"))) : Optional.empty(),
        blockers,
        transitions);
  }

  private static UnfinishedJob job(JsonNode job) {
    return new UnfinishedJob(
        Json.constant(UnfinishedJob.State.class, job, "State"),
        Math.toIntExact(Json.integer(job, "Attempts")),
        Json.instant(job, "CreatedAt"),
        instant(job, "LastFailure")
            .map(
                at ->
                    new UnfinishedJob.Failure(
                        at, Json.textOrEmpty(job, "ErrorClass"), Json.textOrEmpty(job, "Message"))),
        instant(job, "NextAttempt"),
        integer(job, "QueuePosition"));
  }

  private static Optional<Instant> instant(JsonNode parent, String name) {
    return parent.hasNonNull(name) ? Optional.of(Json.instant(parent, name)) : Optional.empty();
  }

  private static OptionalLong integer(JsonNode parent, String name) {
    return parent.hasNonNull(name)
        ? OptionalLong.of(Json.integer(parent, name))
        : OptionalLong.empty();
  }
}
