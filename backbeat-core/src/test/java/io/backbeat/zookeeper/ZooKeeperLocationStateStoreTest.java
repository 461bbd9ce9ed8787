package io.backbeat.zookeeper;

import io.backbeat.contract.LocationStateStoreContract;
import io.backbeat.location.LocationStateStore;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import org.junit.jupiter.api.AfterEach;

final class ZooKeeperLocationStateStoreTest extends LocationStateStoreContract {
  private final ZooKeeperStore store =
      ZooKeeperStore.open(ZooKeeperService.shared().options(), MutableClock.create());

  @Override
  protected LocationStateStore create() {
    return store.locationStates();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
