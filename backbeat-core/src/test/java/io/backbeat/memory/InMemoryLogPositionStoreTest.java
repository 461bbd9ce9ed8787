package io.backbeat.memory;

import io.backbeat.contract.LogPositionStoreContract;
import io.backbeat.log.LogPositionStore;

final class InMemoryLogPositionStoreTest extends LogPositionStoreContract {
  @Override
  protected LogPositionStore create() {
    return new InMemoryLogPositionStore();
  }
}
