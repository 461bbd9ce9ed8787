package io.backbeat.mongodb;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.contract.BulkTaskStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoBulkTasksTest extends BulkTaskStoreContract {
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected BulkTaskStore create() {
    return opened.fresh().bulkTasks();
  }
}
