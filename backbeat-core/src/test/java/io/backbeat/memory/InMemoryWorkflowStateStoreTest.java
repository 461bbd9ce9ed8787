package io.backbeat.memory;

import io.backbeat.contract.WorkflowStateStoreContract;
import io.backbeat.workflow.WorkflowStateStore;

class InMemoryWorkflowStateStoreTest extends WorkflowStateStoreContract {
  @Override
  protected WorkflowStateStore create() {
    return new InMemoryWorkflowStateStore();
  }
}
