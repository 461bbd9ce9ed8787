package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.Transition;
import io.backbeat.contract.TransitionStoreContract;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTransitionsTest extends TransitionStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final HistoryKey OLD = key("old");
  private static final HistoryKey NEW = key("new");

  @TempDir Path directory;
  @RegisterExtension final Opened opened = new Opened();

  @Override
  protected TransitionStore create() {
    return opened.in(directory).transitions();
  }

  @Test
  void what_is_too_old_is_swept_away_by_later_appends() {
    TransitionStore store = opened.get().transitions();
    Retention week = new Retention(20, Duration.ofDays(7));
    store.append(Map.of(OLD, List.of(at(NOW.minus(Duration.ofDays(7))))), week);
    store.append(Map.of(NEW, List.of(at(NOW))), week);
    assertThat(store.known(List.of(OLD, NEW))).containsExactlyInAnyOrder(OLD, NEW);

    store.append(Map.of(NEW, List.of(at(NOW.plusMillis(1)))), week);

    assertThat(store.find(List.of(OLD, NEW))).containsOnlyKeys(NEW);
    assertThat(opened.get().rows("transition")).isEqualTo(2);
  }

  @Test
  void histories_are_known_after_a_restart() {
    opened.get().transitions().append(Map.of(OLD, List.of(at(NOW))), Retention.DEFAULT);
    opened.get().close();

    TransitionStore again = opened.in(directory).transitions();

    assertThat(again.known(List.of(OLD, NEW))).containsExactly(OLD);
    assertThat(again.find(List.of(OLD)).get(OLD)).containsExactly(at(NOW));
  }

  private static Transition at(Instant at) {
    return Transition.of(at, Transition.Event.FAILED, 1);
  }

  private static HistoryKey key(String name) {
    return HistoryKey.of(ObjectVersion.unversioned("b", name), LocationName.of("paris"));
  }
}
