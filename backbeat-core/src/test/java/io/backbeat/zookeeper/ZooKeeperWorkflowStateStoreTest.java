package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ServiceName;
import io.backbeat.contract.WorkflowStateStoreContract;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import io.backbeat.workflow.WorkflowStateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ZooKeeperWorkflowStateStoreTest extends WorkflowStateStoreContract {
  private final ZooKeeperOptions options = ZooKeeperService.shared().options();
  private final ZooKeeperStore store = ZooKeeperStore.open(options, MutableClock.create());

  @Override
  protected WorkflowStateStore create() {
    return store.workflowStates();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void node_of_the_original_without_text_is_its_initial_state() throws Exception {
    store
        .nodes()
        .client()
        .create()
        .creatingParentsIfNeeded()
        .forPath(options.chroot() + "/lifecycle/management/serviceState", new byte[0]);

    WorkflowStateStore.Stored stored =
        store.workflowStates().load(ServiceName.LIFECYCLE).orElseThrow();

    assertThat(stored)
        .isEqualTo(new WorkflowStateStore.Stored("{\"workflows\":{},\"overlayVersion\":0}", 1));
    assertThat(store.workflowStates().compareAndSet(ServiceName.LIFECYCLE, 1, "{}")).isTrue();
  }
}
