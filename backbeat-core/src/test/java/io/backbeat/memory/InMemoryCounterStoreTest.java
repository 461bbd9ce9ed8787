package io.backbeat.memory;

import io.backbeat.contract.CounterStoreContract;
import io.backbeat.metrics.CounterStore;
import java.util.OptionalLong;

final class InMemoryCounterStoreTest extends CounterStoreContract {
  private final InMemoryCounterStore store = new InMemoryCounterStore();

  @Override
  protected CounterStore create() {
    return store;
  }

  @Override
  protected OptionalLong storedNumbers() {
    return OptionalLong.of(store.storedNumbers());
  }
}
