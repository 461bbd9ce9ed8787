package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.Blocker;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;

/** The body that tells why an object version stands where it stands. */
final class ExplanationBody {
  private ExplanationBody() {}

  static ObjectNode of(ObjectExplanation explanation) {
    ObjectNode body = ObjectBody.head(explanation.object(), explanation.overall());
    explanation.size().ifPresent(size -> body.put("Size", size));
    explanation.lastModified().ifPresent(at -> body.put("LastModified", Dates.iso(at)));
    body.put("Revision", explanation.revision());
    ArrayNode sites = body.putArray("Sites");
    explanation.locations().forEach(location -> site(sites.addObject(), location));
    return body;
  }

  private static void site(ObjectNode body, LocationExplanation location) {
    ObjectBody.site(body, location.site());
    location.job().ifPresent(job -> job(body.putObject("Job"), job));
    ArrayNode blockers = body.putArray("BlockedBy");
    location.blockers().forEach(blocker -> blocker(blockers.addObject(), blocker));
    ArrayNode transitions = body.putArray("Transitions");
    location.transitions().forEach(step -> transition(transitions.addObject(), step));
  }

  private static void job(ObjectNode body, UnfinishedJob job) {
    body.put("State", job.state().name())
        .put("Attempts", job.attempts())
        .put("CreatedAt", Dates.iso(job.createdAt()));
    job.lastFailure()
        .ifPresent(
            failure ->
                body.put("LastFailure", Dates.iso(failure.at()))
                    .put("ErrorClass", failure.errorClass())
                    .put("Message", failure.message()));
    job.nextAttempt().ifPresent(at -> body.put("NextAttempt", Dates.iso(at)));
    job.queuePosition().ifPresent(position -> body.put("QueuePosition", position));
  }

  private static void blocker(ObjectNode body, Blocker blocker) {
    body.put("Reason", blocker.reason().name());
    blocker.until().ifPresent(until -> body.put("Until", Dates.iso(until)));
    putText(body, "Detail", blocker.detail());
  }

  private static void transition(ObjectNode body, Transition transition) {
    body.put("Time", Dates.iso(transition.at())).put("Event", transition.event().name());
    transition.event().status().ifPresent(status -> body.put("Status", status.name()));
    body.put("Attempts", transition.attempts());
    transition.until().ifPresent(until -> body.put("Until", Dates.iso(until)));
    putText(body, "ErrorClass", transition.errorClass());
    putText(body, "Message", transition.message());
  }

  private static void putText(ObjectNode body, String name, String text) {
    if (!text.isEmpty()) {
      body.put(name, text);
    }
  }
}
