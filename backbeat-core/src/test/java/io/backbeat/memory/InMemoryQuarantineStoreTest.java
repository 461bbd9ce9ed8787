package io.backbeat.memory;

import io.backbeat.contract.QuarantineStoreContract;
import io.backbeat.log.QuarantineStore;

final class InMemoryQuarantineStoreTest extends QuarantineStoreContract {
  @Override
  protected QuarantineStore create() {
    return new InMemoryQuarantineStore();
  }
}
