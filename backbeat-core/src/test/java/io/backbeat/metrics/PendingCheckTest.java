package io.backbeat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.memory.InMemoryCounterStore;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gauges that have drifted are corrected, and others are left alone. */
class PendingCheckTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName ROME = LocationName.of("rome");

  private final MutableClock clock = MutableClock.create();
  private final CounterStore counters = new InMemoryCounterStore();
  private final Map<LocationName, Amount> ledger = new HashMap<>();
  private final Map<LocationName, Long> backlog = new HashMap<>();
  private int reads;
  private final PendingCheck check =
      new PendingCheck(
          counters,
          location -> backlog.getOrDefault(location, 0L),
          this::readLedger,
          List.of(PARIS, ROME),
          clock);

  private Amount readLedger(LocationName location) {
    reads++;
    return ledger.getOrDefault(location, Amount.ZERO);
  }

  private void count(LocationName location, Counter counter, long delta) {
    counters.add(
        Map.of(CounterKey.of(ServiceName.REPLICATION, location, counter), delta), clock.instant());
  }

  private void pending(LocationName location, long operations, long bytes) {
    count(location, Counter.OPS_PENDING, operations);
    count(location, Counter.BYTES_PENDING, bytes);
  }

  private Amount pending(LocationName location) {
    List<Long> values =
        counters.gauges(
            List.of(
                CounterKey.of(ServiceName.REPLICATION, location, Counter.OPS_PENDING),
                CounterKey.of(ServiceName.REPLICATION, location, Counter.BYTES_PENDING)));
    return new Amount(values.get(0), values.get(1));
  }

  @Test
  void difference_that_stays_while_nothing_is_counted_is_corrected() {
    pending(PARIS, 3, 300);
    pending(ROME, -2, -20);
    ledger.put(PARIS, new Amount(1, 100));

    assertThat(check.look()).isEmpty();
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).containsExactlyInAnyOrder(PARIS, ROME);

    assertThat(pending(PARIS)).isEqualTo(new Amount(1, 100));
    assertThat(pending(ROME)).isEqualTo(Amount.ZERO);
    for (int i = 0; i < 5; i++) {
      assertThat(check.look()).isEmpty();
    }
  }

  @Test
  void difference_in_bytes_alone_is_one() {
    pending(PARIS, 1, 300);
    ledger.put(PARIS, new Amount(1, 100));
    check.look();
    check.look();
    assertThat(check.look()).containsExactly(PARIS);
    assertThat(pending(PARIS)).isEqualTo(new Amount(1, 100));
  }

  @Test
  void what_is_on_its_way_to_the_counters_is_no_drift() {
    pending(PARIS, 3, 300);
    ledger.put(PARIS, new Amount(2, 200));
    check.look();
    check.look();
    pending(PARIS, -1, -100); // arrives
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).isEmpty();
    assertThat(pending(PARIS)).isEqualTo(new Amount(2, 200));
  }

  @Test
  void ledger_that_moves_is_waited_for() {
    pending(PARIS, 9, 900);
    for (int left = 8; left > 0; left--) {
      ledger.put(PARIS, new Amount(left, 100L * left));
      assertThat(check.look()).isEmpty();
    }
    assertThat(pending(PARIS)).isEqualTo(new Amount(9, 900));
    assertThat(check.look()).containsExactly(PARIS);
  }

  @Test
  void busy_location_is_left_alone_though_its_gauge_looks_the_same() {
    pending(PARIS, 3, 300);
    for (Counter counter : List.of(Counter.OPS, Counter.OPS_DONE, Counter.OPS_FAIL)) {
      for (int i = 0; i < 4; i++) {
        count(PARIS, counter, 1);
        assertThat(check.look()).isEmpty();
      }
    }
    assertThat(pending(PARIS)).isEqualTo(new Amount(3, 300));
  }

  @Test
  void queue_that_is_not_empty_may_have_more_jobs_than_the_ledger() {
    pending(PARIS, 2, 200); // of one version, that was changed while its location is paused
    ledger.put(PARIS, new Amount(1, 100));
    backlog.put(PARIS, 2L);
    for (int i = 0; i < 5; i++) {
      assertThat(check.look()).isEmpty();
    }
    backlog.put(PARIS, 0L);
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).containsExactly(PARIS);
  }

  @Test
  void ledger_is_read_now_and_then_once_the_gauges_are_right() {
    pending(PARIS, 1, 1);
    ledger.put(PARIS, new Amount(1, 1));
    check.look();
    assertThat(reads).isZero();
    for (int i = 0; i < 10; i++) {
      check.look();
    }
    assertThat(reads).as("once for each location").isEqualTo(2);
    count(PARIS, Counter.OPS, 1);
    check.look();
    check.look();
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void drift_that_leaves_no_trace_is_found_too() {
    pending(PARIS, 1, 1);
    ledger.put(PARIS, new Amount(1, 1));
    check.look();
    check.look();
    ledger.clear(); // settled by a process that was killed before it counted that
    int looks = 0;
    while (check.look().isEmpty()) {
      looks++;
      assertThat(looks).isLessThan(30);
    }
    assertThat(pending(PARIS)).isEqualTo(Amount.ZERO);
  }

  @Test
  void gauge_that_changes_while_it_is_compared_is_left_alone() {
    PendingCheck disturbed =
        new PendingCheck(
            counters,
            location -> 0,
            location -> {
              pending(PARIS, 1, 1);
              return Amount.ZERO;
            },
            List.of(PARIS),
            clock);
    for (int i = 0; i < 10; i++) {
      assertThat(disturbed.look()).isEmpty();
    }
  }

  @Test
  void looks_before_it_was_told_to_forget_do_not_count() {
    pending(PARIS, 1, 1);
    check.look();
    check.look();
    check.forget();
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).containsExactly(PARIS);
  }

  @Test
  void end_of_an_interval_only_costs_another_look() {
    count(PARIS, Counter.OPS, 5);
    pending(PARIS, 1, 1);
    check.look();
    check.look();
    clock.advance(Duration.ofMinutes(5));
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).isEmpty();
    assertThat(check.look()).containsExactly(PARIS);
  }

  @Test
  void store_that_does_not_answer_is_an_error_and_changes_nothing() {
    boolean[] away = {true};
    PendingCheck failing =
        new PendingCheck(
            counters,
            location -> {
              if (away[0]) {
                throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "away");
              }
              return 0;
            },
            location -> Amount.ZERO,
            List.of(PARIS),
            clock);
    pending(PARIS, 1, 1);
    failing.look();
    assertThatThrownBy(failing::look).hasMessage("away");
    assertThatThrownBy(failing::look).hasMessage("away");
    away[0] = false;
    assertThat(failing.look()).isEmpty();
    assertThat(failing.look()).containsExactly(PARIS);
  }
}
