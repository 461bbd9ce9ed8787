package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random histories of one partition, against the plainest list that keeps the same books. */
class OffsetTrackerPropertyTest {
  /** What happens to a partition. */
  enum Step {
    CONSUME,
    COMPLETE_SOME,
    COMPLETE_FIRST,
    REASSIGN_TO_COMMITTED,
    REASSIGN_ELSEWHERE
  }

  record Event(Step step, int pick) {}

  @Property(tries = 500)
  void agrees_with_a_plain_list(@ForAll("histories") List<Event> history) {
    var tracker = new OffsetTracker();
    var model = new Model();
    long next = 1000;
    for (Event event : history) {
      switch (event.step()) {
        case CONSUME -> next = consume(tracker, model, next);
        case COMPLETE_SOME -> complete(tracker, model, next - 1 - event.pick() % 20);
        case COMPLETE_FIRST -> complete(tracker, model, model.committable().orElse(0));
        case REASSIGN_TO_COMMITTED ->
            next = consume(tracker, model, model.committable().orElse(next));
        case REASSIGN_ELSEWHERE ->
            next = consume(tracker, model, Math.max(0, next + event.pick() - 50));
      }
      assertThat(tracker.committable()).isEqualTo(model.committable());
      assertThat(tracker.inFlight()).isEqualTo(model.processing.size());
    }
  }

  /**
   * With reads that always go on from what was committed, as every store does, no job is ever
   * passed over.
   */
  @Property(tries = 500)
  void what_may_be_committed_is_complete(@ForAll("histories") List<Event> history) {
    var tracker = new OffsetTracker();
    var completed = new HashSet<Long>();
    long next = 0;
    long committed = 0;
    for (Event event : history) {
      switch (event.step()) {
        case CONSUME -> tracker.begin(next++);
        case COMPLETE_SOME, COMPLETE_FIRST -> {
          long offset =
              event.step() == Step.COMPLETE_FIRST ? committed : next - 1 - event.pick() % 20;
          if (offset >= 0 && offset < next) {
            completed.add(offset);
            tracker.complete(offset);
          }
        }
        case REASSIGN_TO_COMMITTED, REASSIGN_ELSEWHERE -> {
          // The work of the old assignment ends unseen, and is done again.
          tracker = new OffsetTracker();
          next = committed;
        }
      }
      long before = committed;
      committed = tracker.committable().orElse(committed);
      assertThat(committed).isGreaterThanOrEqualTo(before);
      for (long offset = before; offset < committed; offset++) {
        assertThat(completed).contains(offset);
      }
    }
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(10, Step.CONSUME),
                Tuple.of(6, Step.COMPLETE_SOME),
                Tuple.of(4, Step.COMPLETE_FIRST),
                Tuple.of(1, Step.REASSIGN_TO_COMMITTED),
                Tuple.of(1, Step.REASSIGN_ELSEWHERE)),
            Arbitraries.integers().between(0, 99))
        .as(Event::new)
        .list()
        .ofMaxSize(200);
  }

  private static long consume(OffsetTracker tracker, Model model, long offset) {
    tracker.begin(offset);
    model.consume(offset);
    return offset + 1;
  }

  private static void complete(OffsetTracker tracker, Model model, long offset) {
    tracker.complete(offset);
    model.processing.remove(offset);
  }

  /** A list in the order of consumption, as the rules are written. */
  private static final class Model {
    final List<Long> processing = new ArrayList<>();
    OptionalLong latest = OptionalLong.empty();

    void consume(long offset) {
      if (latest.isPresent() && offset != latest.getAsLong() + 1) {
        processing.removeIf(other -> other >= offset);
      }
      processing.add(offset);
      latest = OptionalLong.of(offset);
    }

    OptionalLong committable() {
      if (latest.isEmpty()) {
        return latest;
      }
      return OptionalLong.of(processing.isEmpty() ? latest.getAsLong() + 1 : processing.get(0));
    }
  }
}
