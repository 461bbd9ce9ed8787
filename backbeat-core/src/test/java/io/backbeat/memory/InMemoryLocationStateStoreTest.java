package io.backbeat.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.contract.LocationStateStoreContract;
import io.backbeat.location.LocationStateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InMemoryLocationStateStoreTest extends LocationStateStoreContract {
  @Override
  protected LocationStateStore create() {
    return new InMemoryLocationStateStore();
  }

  @Test
  void listener_that_throws_stops_neither_the_change_nor_other_listeners() {
    LocationStateStore store = create();
    List<LocationStatus> seen = new ArrayList<>();
    store.watch(
        changed -> {
          throw new IllegalStateException("on purpose");
        });
    store.watch(seen::add);

    Optional<LocationStatus> stored =
        store.compareAndSet(
            ServiceName.REPLICATION,
            LocationName.of("paris"),
            0,
            TargetState.PAUSED,
            Optional.empty());

    assertThat(stored).isPresent();
    assertThat(seen).containsExactly(stored.orElseThrow());
  }
}
