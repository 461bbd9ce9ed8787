package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OffsetTrackerTest {
  private final OffsetTracker tracker = new OffsetTracker();

  @Test
  void nothing_delivered_gives_nothing_to_commit() {
    assertThat(tracker.committable()).isEmpty();
    assertThat(tracker.complete(7)).isEmpty();
    assertThat(tracker.inFlight()).isZero();
  }

  @Test
  void an_unfinished_offset_is_where_to_read_on() {
    tracker.begin(42);

    assertThat(tracker.committable()).hasValue(42);
    assertThat(tracker.inFlight()).isOne();
  }

  @Test
  void a_complete_offset_is_passed() {
    tracker.begin(42);

    assertThat(tracker.complete(42)).hasValue(43);
    assertThat(tracker.inFlight()).isZero();
  }

  @Test
  void a_later_offset_waits_for_the_one_before_it() {
    begin(42, 43);

    assertThat(tracker.complete(43)).hasValue(42);
    assertThat(tracker.complete(42)).hasValue(44);
  }

  @Test
  void ten_offsets_completed_in_any_order() {
    begin(42, 51);

    assertThat(completeAll(46, 49, 50, 42, 51, 44, 48, 47, 43, 45))
        .containsExactly(42L, 42L, 42L, 43L, 43L, 43L, 43L, 43L, 45L, 52L);
  }

  @Test
  void deliveries_and_completions_in_turns() {
    begin(42, 51);
    long[] completed = {
      44, 50, 46, 53, 45, 42, 51, 57, 49, 56, 47, 43, 55, 61, 59, 54, 48, 60, 52, 58
    };
    List<Long> committable = new ArrayList<>();
    for (int i = 0; i < completed.length; i++) {
      tracker.complete(completed[i]);
      if (i < 10) {
        tracker.begin(52 + i);
      }
      committable.add(tracker.committable().getAsLong());
    }

    assertThat(committable)
        .containsExactly(
            42L, 42L, 42L, 42L, 42L, 43L, 43L, 43L, 43L, 43L, 43L, 48L, 48L, 48L, 48L, 48L, 52L,
            52L, 58L, 62L);
  }

  @Test
  void a_redelivery_replaces_what_was_in_flight_from_there_on() {
    begin(42, 51);
    assertThat(completeAll(46, 44, 50, 42, 51)).containsExactly(42L, 42L, 42L, 43L, 43L);

    long[] completed = {49, 43, 45, 47, 48};
    List<Long> committable = new ArrayList<>();
    for (int i = 0; i < completed.length; i++) {
      tracker.begin(47 + i);
      committable.add(tracker.complete(completed[i]).getAsLong());
    }

    assertThat(committable).containsExactly(43L, 45L, 47L, 48L, 49L);
  }

  @Test
  void a_jump_forward_keeps_what_is_unfinished_before_it() {
    begin(1, 3);
    tracker.begin(100);

    assertThat(tracker.complete(100)).hasValue(1);
    assertThat(completeAll(1, 2, 3)).containsExactly(2L, 3L, 101L);
  }

  @Test
  void a_jump_back_before_everything_forgets_everything() {
    begin(10, 20);
    tracker.begin(5);

    assertThat(tracker.inFlight()).isOne();
    assertThat(tracker.complete(20)).hasValue(5);
    assertThat(tracker.complete(5)).hasValue(6);
  }

  @Test
  void the_same_offset_delivered_again_is_in_flight_again() {
    begin(10, 11);
    tracker.complete(11);
    tracker.begin(11);

    assertThat(tracker.complete(10)).hasValue(11);
    assertThat(tracker.complete(11)).hasValue(12);
  }

  @Test
  void completing_twice_or_what_is_unknown_changes_nothing() {
    begin(1, 2);
    tracker.complete(2);

    assertThat(tracker.complete(2)).hasValue(1);
    assertThat(tracker.complete(99)).hasValue(1);
    assertThat(tracker.inFlight()).isOne();
  }

  @Test
  void partitions_are_independent() {
    var other = new OffsetTracker();
    begin(5, 6);
    other.begin(1000);

    assertThat(tracker.complete(5)).hasValue(6);
    assertThat(other.committable()).hasValue(1000);
  }

  @Test
  void a_negative_offset_is_a_mistake() {
    assertThatThrownBy(() -> tracker.begin(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void messages_name_what_is_in_flight() {
    assertThat(tracker).hasToString("nothing delivered");
    begin(7, 9);
    assertThat(tracker).hasToString("3 in flight, committable 7");
  }

  /**
   * With a scan of a list this takes minutes; with a tree a second at most, even on a busy machine.
   */
  @Test
  @Timeout(20)
  void a_hundred_thousand_in_flight_complete_in_random_order_quickly() {
    var random = new Random(1);
    List<Long> offsets = new ArrayList<>(LongStream.range(0, 100_000).boxed().toList());
    Collections.shuffle(offsets, random);
    begin(0, 99_999);

    OptionalLong last = OptionalLong.empty();
    for (long offset : offsets) {
      last = tracker.complete(offset);
    }

    assertThat(last).hasValue(100_000);
  }

  private void begin(long first, long last) {
    LongStream.rangeClosed(first, last).forEach(tracker::begin);
  }

  private List<Long> completeAll(long... offsets) {
    return LongStream.of(offsets).mapToObj(offset -> tracker.complete(offset).getAsLong()).toList();
  }
}
