package io.backbeat.memory;

import io.backbeat.contract.UploadStoreContract;
import io.backbeat.replication.UploadStore;

final class InMemoryUploadStoreTest extends UploadStoreContract {
  @Override
  protected UploadStore create() {
    return new InMemoryUploadStore();
  }
}
