package io.backbeat.api;

import java.util.List;

/**
 * The health of the system by its parts.
 *
 * @param components every part, in a stable order
 * @param topics the topics that the job queues are on; none where the store has no topics, or does
 *     not answer, which the components tell then
 */
public record HealthReport(List<ComponentHealth> components, List<TopicHealth> topics) {
  /** Copies the lists. */
  public HealthReport {
    components = List.copyOf(components);
    topics = List.copyOf(topics);
  }

  /** The health of a system whose queues are on no topics. */
  public HealthReport(List<ComponentHealth> components) {
    this(components, List.of());
  }

  /** The worst state of all parts; OK when there is none. */
  public ComponentHealth.State overall() {
    return components.stream()
        .map(ComponentHealth::state)
        .max(Enum::compareTo)
        .orElse(ComponentHealth.State.OK);
  }
}
