package io.backbeat.embedded;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.contract.BulkTaskStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBulkTasksTest extends BulkTaskStoreContract {
  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected BulkTaskStore create() {
    return opened.in(directory).bulkTasks();
  }
}
