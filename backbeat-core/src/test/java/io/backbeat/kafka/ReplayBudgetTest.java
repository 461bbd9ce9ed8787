package io.backbeat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.job.ReplayTopics;
import io.backbeat.task.RetryPolicy;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReplayBudgetTest {
  private static final ReplayTopics SEVEN =
      new ReplayTopics(List.of(new ReplayTopics.Topic("r0", 5), new ReplayTopics.Topic("r1", 2)));

  @Test
  void attempts_count_up_what_replays_count_down() {
    ReplayBudget budget = ReplayBudget.of(SEVEN, RetryPolicy.SCALITY);

    assertThat(budget.attempts(OptionalInt.empty())).isZero();
    assertThat(budget.attempts(OptionalInt.of(6))).isEqualTo(1);
    assertThat(budget.attempts(OptionalInt.of(0))).isEqualTo(7);
    assertThat(budget.replaysLeft(0)).isEmpty();
    for (int attempts = 1; attempts <= 7; attempts++) {
      assertThat(budget.attempts(budget.replaysLeft(attempts))).isEqualTo(attempts);
    }
  }

  @Test
  void numbers_of_another_configuration_are_taken_to_its_ends() {
    ReplayBudget budget = ReplayBudget.of(SEVEN, RetryPolicy.SCALITY);

    assertThat(budget.attempts(OptionalInt.of(100))).isZero();
    assertThat(budget.attempts(OptionalInt.of(-1))).isEqualTo(7);
    assertThat(budget.replaysLeft(100)).hasValue(0);
  }

  @Test
  void without_replay_topics_the_policy_is_the_budget() {
    ReplayBudget budget = ReplayBudget.of(new ReplayTopics(List.of()), RetryPolicy.SCALITY);

    assertThat(budget.replays()).isEqualTo(5);
    assertThat(budget.attempts(OptionalInt.of(3))).isEqualTo(2);
  }
}
