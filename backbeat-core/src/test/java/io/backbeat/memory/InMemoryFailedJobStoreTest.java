package io.backbeat.memory;

import io.backbeat.contract.FailedJobStoreContract;
import io.backbeat.status.FailedJobStore;

final class InMemoryFailedJobStoreTest extends FailedJobStoreContract {
  @Override
  protected FailedJobStore create() {
    return new InMemoryFailedJobStore();
  }
}
