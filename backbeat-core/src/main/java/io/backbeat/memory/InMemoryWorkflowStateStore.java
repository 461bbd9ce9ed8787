package io.backbeat.memory;

import io.backbeat.api.ServiceName;
import io.backbeat.workflow.WorkflowStateStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Workflows in memory: as durable as the process. Thread-safe. */
public final class InMemoryWorkflowStateStore implements WorkflowStateStore {
  private final Map<ServiceName, Stored> documents = new EnumMap<>(ServiceName.class);

  /** Creates an empty store. */
  public InMemoryWorkflowStateStore() {}

  @Override
  public synchronized Optional<Stored> load(ServiceName service) {
    return Optional.ofNullable(documents.get(service));
  }

  @Override
  public synchronized boolean compareAndSet(
      ServiceName service, long expectedRevision, String document) {
    Stored current = documents.get(service);
    if ((current == null ? 0 : current.revision()) != expectedRevision) {
      return false;
    }
    documents.put(service, new Stored(document, expectedRevision + 1));
    return true;
  }
}
