package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.workflow.LifecycleRule.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What workflows come to as rules of a bucket. Pure. */
final class WorkflowRules {
  private static final String EXPIRATION = "expiration";
  private static final String TRANSITION = "transition";

  private WorkflowRules() {}

  /**
   * One rule for each workflow.
   *
   * @throws io.backbeat.api.BackbeatException MALFORMED_REQUEST if one has no destination
   */
  static List<ReplicationRule> replication(String bucket, Map<String, JsonNode> workflows) {
    List<ReplicationRule> rules = new ArrayList<>();
    workflows.forEach((id, workflow) -> rules.add(replication(bucket, id, workflow)));
    return rules;
  }

  private static ReplicationRule replication(String bucket, String id, JsonNode workflow) {
    JsonNode source = workflow.path("source");
    JsonNode destination = workflow.path("destination");
    String place = "destination.locations of the workflow " + id;
    List<String> locations = new ArrayList<>();
    for (JsonNode location : WorkflowJson.requireArray(destination.path("locations"), place)) {
      locations.add(WorkflowJson.requireText(location.path("name"), place + ": name"));
    }
    if (locations.isEmpty()) {
      throw WorkflowJson.malformed(place, "an array that is not empty", destination);
    }
    return new ReplicationRule(
        source.path("prefix").asText(""),
        workflow.path("enabled").asBoolean(),
        source.path("bucketName").asText(bucket),
        locations,
        destination.path("preferredReadLocation").asText(""));
  }

  /**
   * One rule for each workflow that does anything.
   *
   * @throws io.backbeat.api.BackbeatException MALFORMED_REQUEST if a number of days is none, or a
   *     transition goes nowhere
   */
  static List<LifecycleRule> lifecycle(Map<String, JsonNode> workflows) {
    List<LifecycleRule> rules = new ArrayList<>();
    workflows.forEach((id, workflow) -> rules.add(lifecycle(id, workflow)));
    rules.removeIf(rule -> !rule.acts());
    return rules;
  }

  private static LifecycleRule lifecycle(String id, JsonNode workflow) {
    String type = workflow.path("type").asText("");
    OptionalInt current = days(id, workflow, "currentVersionTriggerDelayDays");
    OptionalInt previous = days(id, workflow, "previousVersionTriggerDelayDays");
    boolean expires = type.contains(EXPIRATION);
    return new LifecycleRule(
        id,
        workflow.path("enabled").asBoolean(),
        workflow.path("filter").path("objectKeyPrefix").asText(""),
        expires ? current : OptionalInt.empty(),
        type.contains(TRANSITION) && current.isPresent()
            ? Optional.of(new Transition(current.getAsInt(), target(id, workflow)))
            : Optional.empty(),
        expires ? previous : OptionalInt.empty());
  }

  private static String target(String id, JsonNode workflow) {
    return WorkflowJson.requireText(
        workflow.path("currentVersionLocations").path(0).path("name"),
        "currentVersionLocations[0].name of the workflow " + id);
  }

  /** Zero is as good as nothing. */
  private static OptionalInt days(String id, JsonNode workflow, String member) {
    JsonNode days = WorkflowJson.member(workflow, member);
    if (days.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!days.canConvertToInt() || !days.canConvertToExactIntegral() || days.intValue() < 0) {
      throw WorkflowJson.malformed(
          member + " of the workflow " + id, "a whole number of days, at least 0", days);
    }
    return days.intValue() == 0 ? OptionalInt.empty() : OptionalInt.of(days.intValue());
  }
}
