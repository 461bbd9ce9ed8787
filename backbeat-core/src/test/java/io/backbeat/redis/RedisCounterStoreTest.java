package io.backbeat.redis;

import io.backbeat.contract.CounterStoreContract;
import io.backbeat.metrics.CounterStore;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import org.junit.jupiter.api.AfterEach;

final class RedisCounterStoreTest extends CounterStoreContract {
  private final RedisStore store =
      RedisStore.open(RedisService.shared().options(), MutableClock.create());

  @Override
  protected CounterStore create() {
    return store.counters();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
