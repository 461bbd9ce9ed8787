package io.backbeat.embedded;

import io.backbeat.contract.WorkflowStateStoreContract;
import io.backbeat.workflow.WorkflowStateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedWorkflowStatesTest extends WorkflowStateStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected WorkflowStateStore create() {
    return opened.in(directory).workflowStates();
  }
}
