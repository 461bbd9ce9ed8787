package io.backbeat.memory;

import io.backbeat.contract.StoresContract;
import io.backbeat.store.Stores;

final class InMemoryStoresTest extends StoresContract {
  @Override
  protected Stores create() {
    return new InMemoryStores();
  }
}
