package io.backbeat.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.Transition;
import io.backbeat.contract.TransitionStoreContract;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryTransitionStoreTest extends TransitionStoreContract {
  @Override
  protected TransitionStore create() {
    return new InMemoryTransitionStore();
  }

  @Test
  void history_that_nothing_was_added_to_for_the_longest_time_goes_first() {
    TransitionStore store = create();
    for (int i = 0; i < 10_000; i++) {
      add(store, i);
    }
    add(store, 0);
    add(store, 10_000);

    assertThat(store.known(List.of(key(0), key(1), key(2), key(10_000))))
        .containsExactlyInAnyOrder(key(0), key(2), key(10_000));
  }

  private static void add(TransitionStore store, int n) {
    Transition transition = Transition.of(Instant.EPOCH, Transition.Event.FAILED, 1);
    store.append(Map.of(key(n), List.of(transition)), Retention.DEFAULT);
  }

  private static HistoryKey key(int n) {
    return HistoryKey.of(ObjectVersion.unversioned("b", "k" + n), LocationName.of("paris"));
  }
}
