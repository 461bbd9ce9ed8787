package io.backbeat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backbeat.job.ReplayTopics.Replay;
import io.backbeat.job.ReplayTopics.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReplayTopicsTest {
  private static final ReplayTopics ONE = new ReplayTopics(List.of(new Topic("r0", 5)));
  private static final ReplayTopics TWO =
      new ReplayTopics(List.of(new Topic("r0", 5), new Topic("r1", 2)));
  private static final ReplayTopics NONE = new ReplayTopics(List.of());

  @Test
  void stops_are_the_reversed_topics_each_repeated() {
    assertThat(ONE.stops()).containsExactly("r0", "r0", "r0", "r0", "r0");
    assertThat(TWO.stops()).containsExactly("r1", "r1", "r0", "r0", "r0", "r0", "r0");
    assertThat(NONE.stops()).isEmpty();
  }

  @Test
  void names_are_unique_in_configured_order() {
    assertThat(
            new ReplayTopics(List.of(new Topic("b", 1), new Topic("a", 1), new Topic("b", 2)))
                .names())
        .containsExactly("b", "a");
  }

  @Test
  void job_goes_through_every_stop_and_then_fails() {
    List<String> way = new ArrayList<>();
    Optional<Replay> next = TWO.next(OptionalInt.empty());
    assertThat(next).contains(new Replay("r0", 6));
    while (next.isPresent()) {
      way.add(next.get().topic());
      next = TWO.next(OptionalInt.of(next.get().replaysLeft()));
    }
    assertThat(way).containsExactly("r0", "r0", "r0", "r0", "r0", "r1", "r1");
  }

  @Test
  void last_replay_leaves_none() {
    assertThat(ONE.next(OptionalInt.of(1))).contains(new Replay("r0", 0));
    assertThat(ONE.next(OptionalInt.of(0))).isEmpty();
  }

  @Test
  void without_topics_a_job_fails_at_once() {
    assertThat(NONE.next(OptionalInt.empty())).isEmpty();
    assertThat(NONE.next(OptionalInt.of(3))).isEmpty();
  }

  /**
   * The original dereferences a missing element when topics were removed while jobs were under way.
   */
  @Test
  void count_from_an_older_configuration_is_cut_to_the_present_one() {
    assertThat(ONE.next(OptionalInt.of(99))).contains(new Replay("r0", 4));
  }

  @Test
  void topic_needs_a_name_and_a_retry() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Topic("", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Topic("r0", 0))
        .withMessage("retries of replay topic r0 must be >= 1, was 0");
  }
}
