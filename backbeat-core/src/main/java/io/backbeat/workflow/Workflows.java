package io.backbeat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ServiceName;
import io.backbeat.api.WorkflowOperations;
import io.backbeat.workflow.WorkflowStateStore.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes buckets follow the configured workflows. One configuration at a time in this process; two
 * processes see each other's by the revision of the state.
 *
 * <p>Before a bucket is changed, the state says so; after it has changed, the state says how. So
 * whatever ends the process, and whichever bucket fails, the next call finds what is missing.
 */
public final class Workflows implements WorkflowOperations {
  private static final Logger LOG = LoggerFactory.getLogger(Workflows.class);
  private static final List<ServiceName> SERVICES =
      List.of(ServiceName.REPLICATION, ServiceName.LIFECYCLE);

  /** Others have written that often in between; they will not for ever. */
  private static final int MOST_TRIES = 10;

  private final WorkflowStateStore store;
  private final BucketConfiguration buckets;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  /** Keeps workflows in a store and writes them to buckets. */
  public Workflows(WorkflowStateStore store, BucketConfiguration buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  @Override
  public void apply(String configuration) {
    Overlay overlay = Overlay.parse(configuration);
    oneAtATime.lock();
    try {
      SERVICES.forEach(service -> rules(service, plan(service, overlay))); // all is well-formed
      List<RuntimeException> failures = new ArrayList<>();
      SERVICES.forEach(service -> failures.addAll(converge(service, overlay)));
      if (!failures.isEmpty()) {
        RuntimeException first = failures.get(0);
        throw new BackbeatException(
            ErrorCode.INTERNAL_ERROR,
            failures.size()
                + " changes of buckets failed, the same configuration completes them; first: "
                + first.getMessage(),
            first);
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private WorkflowPlan plan(ServiceName service, Overlay overlay) {
    return WorkflowPlan.of(service, state(store.load(service)), overlay);
  }

  private static WorkflowState state(Optional<Stored> stored) {
    return stored.map(Stored::document).map(WorkflowState::parse).orElse(WorkflowState.NONE);
  }

  private List<RuntimeException> converge(ServiceName service, Overlay overlay) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Stored> stored = store.load(service);
      WorkflowState before = state(stored);
      WorkflowPlan plan = WorkflowPlan.of(service, before, overlay);
      if (plan.changes().isEmpty() && plan.version().compareTo(before.overlayVersion()) == 0) {
        return List.of();
      }
      long revision = stored.map(Stored::revision).orElse(0L);
      WorkflowState begun = before.inDoubt(plan.changes().keySet());
      if (!store.compareAndSet(service, revision, begun.document())) {
        continue;
      }
      List<RuntimeException> failures = new ArrayList<>();
      WorkflowState after = follow(service, plan, begun, failures);
      if (store.compareAndSet(service, revision + 1, after.document())) {
        return failures;
      }
    }
    throw new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        "others keep changing the workflows of " + service + "; the same call can be repeated");
  }

  private WorkflowState follow(
      ServiceName service,
      WorkflowPlan plan,
      WorkflowState begun,
      List<RuntimeException> failures) {
    WorkflowState state = begun;
    for (Map.Entry<String, Runnable> change : rules(service, plan).entrySet()) {
      String bucket = change.getKey();
      try {
        change.getValue().run();
        state = state.with(bucket, plan.changes().getOrDefault(bucket, Map.of()));
      } catch (RuntimeException e) { // whatever it is, the other buckets go on
        LOG.warn("bucket {} does not follow its {} workflows: {}", bucket, service, e.toString());
        failures.add(e);
      }
    }
    return failures.isEmpty() ? state.withVersion(plan.version()) : state;
  }

  /** What is to be done for each bucket; throws now what is malformed, and changes nothing yet. */
  private Map<String, Runnable> rules(ServiceName service, WorkflowPlan plan) {
    Map<String, Runnable> changes = new LinkedHashMap<>();
    plan.changes()
        .forEach(
            (bucket, workflows) ->
                changes.put(
                    bucket,
                    service == ServiceName.REPLICATION
                        ? replication(bucket, workflows)
                        : lifecycle(bucket, workflows)));
    return changes;
  }

  private Runnable replication(String bucket, Map<String, JsonNode> workflows) {
    List<ReplicationRule> rules = WorkflowRules.replication(bucket, workflows);
    return rules.isEmpty()
        ? () -> buckets.removeReplication(bucket)
        : () -> buckets.putReplication(bucket, rules);
  }

  private Runnable lifecycle(String bucket, Map<String, JsonNode> workflows) {
    List<LifecycleRule> rules = WorkflowRules.lifecycle(workflows);
    return rules.isEmpty()
        ? () -> buckets.removeLifecycle(bucket)
        : () -> buckets.putLifecycle(bucket, rules);
  }
}
