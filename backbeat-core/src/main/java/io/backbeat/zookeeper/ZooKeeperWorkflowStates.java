package io.backbeat.zookeeper;

import io.backbeat.api.ServiceName;
import io.backbeat.workflow.WorkflowStateStore;
import java.util.Optional;

/** Workflows at {@code /<service>/management/serviceState}, as the original's operator mode. */
final class ZooKeeperWorkflowStates implements WorkflowStateStore {
  /** What the original takes a node without text for. */
  private static final String INITIAL = "{\"workflows\":{},\"overlayVersion\":0}";

  private final Nodes nodes;

  ZooKeeperWorkflowStates(Nodes nodes) {
    this.nodes = nodes;
  }

  private static String path(ServiceName service) {
    return "/" + StatePaths.component(service) + "/management/serviceState";
  }

  @Override
  public Optional<Stored> load(ServiceName service) {
    return nodes
        .read(path(service))
        .map(node -> new Stored(node.text().isEmpty() ? INITIAL : node.text(), node.revision()));
  }

  @Override
  public boolean compareAndSet(ServiceName service, long expectedRevision, String document) {
    if (expectedRevision == 0) {
      return nodes.create(path(service), document);
    }
    long version = expectedRevision - 1;
    return version >= 0
        && version <= Integer.MAX_VALUE
        && nodes.set(path(service), document, (int) version).isPresent();
  }
}
