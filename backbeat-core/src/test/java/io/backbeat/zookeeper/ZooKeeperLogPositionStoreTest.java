package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.contract.LogPositionStoreContract;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ZooKeeperLogPositionStoreTest extends LogPositionStoreContract {
  private static final String LOG = "mongo_s3-recordlog";

  private final ZooKeeperOptions options = ZooKeeperService.shared().options();
  private final ZooKeeperStore store = ZooKeeperStore.open(options, MutableClock.create());

  @Override
  protected LogPositionStore create() {
    return store.positions();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void position_is_where_the_original_keeps_it() throws Exception {
    store.positions().save(LOG, new LogPosition("{\"uniqID\":\"7\"}"));

    byte[] data =
        store
            .nodes()
            .client()
            .getData()
            .forPath(
                options.chroot()
                    + "/queue-populator/queue-populator/logState/mongo_s3-recordlog/logOffset");
    assertThat(data).asString().isEqualTo("{\"uniqID\":\"7\"}");
  }

  private static void assertConflict(ThrowingCallable save) {
    assertThatThrownBy(save)
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("was saved by another process")
        .extracting(e -> ((BackbeatException) e).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void populator_that_was_replaced_cannot_save_until_it_loads_again() {
    try (ZooKeeperStore other = ZooKeeperStore.open(options, MutableClock.create())) {
      LogPositionStore old = store.positions();
      LogPositionStore successor = other.positions();
      old.save(LOG, new LogPosition("1"));
      assertConflict(() -> successor.save(LOG, new LogPosition("0")));
      assertThat(successor.load(LOG)).contains(new LogPosition("1"));
      successor.save(LOG, new LogPosition("5"));

      assertConflict(() -> old.save(LOG, new LogPosition("2")));
      assertConflict(() -> old.save(LOG, new LogPosition("3")));

      assertThat(successor.load(LOG)).contains(new LogPosition("5"));
      assertThat(old.load(LOG)).contains(new LogPosition("5"));
      old.save(LOG, new LogPosition("6"));
      assertThat(successor.load(LOG)).contains(new LogPosition("6"));
    }
  }

  @Test
  void same_text_of_another_process_is_a_conflict_too() {
    try (ZooKeeperStore other = ZooKeeperStore.open(options, MutableClock.create())) {
      store.positions().save(LOG, new LogPosition("1"));
      other.positions().load(LOG);
      other.positions().save(LOG, new LogPosition("2"));
      other.positions().save(LOG, new LogPosition("2"));

      assertConflict(() -> store.positions().save(LOG, new LogPosition("2")));
    }
  }
}
