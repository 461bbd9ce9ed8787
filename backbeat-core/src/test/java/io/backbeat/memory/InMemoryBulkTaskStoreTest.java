package io.backbeat.memory;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.contract.BulkTaskStoreContract;

class InMemoryBulkTaskStoreTest extends BulkTaskStoreContract {
  @Override
  protected BulkTaskStore create() {
    return new InMemoryBulkTaskStore();
  }
}
