package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final CounterKey PENDING =
      CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING);
  private static final CounterKey DONE =
      CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_DONE);

  @TempDir Path directory;

  private final AtomicLong writes = new AtomicLong();
  private final List<String> reads = new ArrayList<>();

  @Test
  void answer_is_read_once_per_write() {
    try (Readers open = new Readers(directory, List.of())) {
      Remembered<String, String> remembered = new Remembered<>(open, writes::get);

      assertThat(ask(remembered, "a")).isEqualTo("a at 0");
      assertThat(ask(remembered, "a")).isEqualTo("a at 0");
      assertThat(ask(remembered, "b")).isEqualTo("b at 0");
      writes.incrementAndGet();
      assertThat(ask(remembered, "a")).isEqualTo("a at 1");

      assertThat(reads).containsExactly("a", "b", "a");
    }
  }

  @Test
  void write_during_a_read_makes_its_answer_old() {
    try (Readers open = new Readers(directory, List.of())) {
      Remembered<String, String> remembered = new Remembered<>(open, writes::get);

      remembered.get("a", () -> "read before " + writes.incrementAndGet());

      assertThat(ask(remembered, "a")).isEqualTo("a at 1");
    }
  }

  @Test
  void any_number_of_different_reads_is_answered() {
    try (Readers open = new Readers(directory, List.of())) {
      Remembered<String, String> remembered = new Remembered<>(open, writes::get);

      IntStream.range(0, 3_000)
          .forEach(i -> assertThat(ask(remembered, "k" + i)).isEqualTo("k" + i + " at 0"));
      writes.incrementAndGet();

      assertThat(ask(remembered, "k0")).isEqualTo("k0 at 1");
    }
  }

  @Test
  void what_was_written_is_read_at_once_however_often_it_was_asked_before() {
    Instant now = Instant.parse("2026-11-22T12:01:00Z");
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      for (long round = 1; round <= 20; round++) {
        store.counters().add(Map.of(PENDING, 1L, DONE, 2L), now);
        store
            .locationStates()
            .compareAndSet(
                ServiceName.REPLICATION, PARIS, round - 1, TargetState.PAUSED, Optional.empty());

        assertThat(store.counters().gauges(List.of(PENDING))).containsExactly(round);
        assertThat(store.counters().series(List.of(DONE), now, 2).get(0))
            .containsExactly(2 * round, 0);
        assertThat(store.counters().series(List.of(DONE), now.plusSeconds(300), 2).get(0))
            .containsExactly(0, 2 * round);
        assertThat(store.locationStates().list(ServiceName.REPLICATION).get(0).revision())
            .isEqualTo(round);
      }
    }
  }

  @Test
  void caller_that_changes_an_answer_changes_only_its_own() {
    Instant now = Instant.parse("2026-11-22T12:01:00Z");
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      store.counters().series(List.of(DONE), now, 2).get(0)[0] = 7;

      assertThat(store.counters().series(List.of(DONE), now, 2).get(0)).containsExactly(0, 0);
    }
  }

  @Test
  void closed_store_does_not_answer_from_memory() {
    EmbeddedStore store = EmbeddedStore.open(directory);
    store.counters().gauges(List.of(PENDING));
    store.close();

    assertThatThrownBy(() -> store.counters().gauges(List.of(PENDING)))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
  }

  private String ask(Remembered<String, String> remembered, String key) {
    return remembered.get(
        key,
        () -> {
          reads.add(key);
          return key + " at " + writes.get();
        });
  }
}
