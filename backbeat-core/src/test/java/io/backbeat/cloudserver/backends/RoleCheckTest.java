package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.task.TaskOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleCheckTest {
  private static Optional<String> refusal(String role, Optional<BucketReplication> configuration) {
    return RoleCheck.refusal(
            Source.of(new byte[1], "aws").role(role).metadata().replicationInfo(),
            "bucket",
            "dir/photo",
            configuration)
        .map(outcome -> ((TaskOutcome.Rejected) outcome).errorClass());
  }

  private static Optional<BucketReplication> configured(String role, String prefix, boolean on) {
    return Optional.of(
        new BucketReplication(List.of(role, "d"), List.of(new BucketReplication.Rule(prefix, on))));
  }

  @Test
  void source_role_of_the_bucket_is_taken_whatever_the_other_one_is() {
    assertThat(refusal("s", configured("s", "dir/", true))).isEmpty();
    assertThat(refusal("s,other", configured("s", "", true))).isEmpty();
    assertThat(
            RoleCheck.sourceRole(
                Source.of(new byte[1], "aws").role("s,d").metadata().replicationInfo()))
        .isEqualTo("s");
  }

  @Test
  void other_role_and_too_many_roles_are_refused() {
    assertThat(refusal("x", configured("s", "", true))).contains("BadRole");
    assertThat(refusal("d,s", configured("s", "", true))).contains("BadRole");
    assertThat(refusal("s,d,e", configured("s", "", true))).contains("BadRole");
  }

  @Test
  void version_that_no_rule_in_force_covers_is_refused() {
    assertThat(refusal("s", configured("s", "dir/", false))).contains("PreconditionFailed");
    assertThat(refusal("s", configured("s", "other", true))).contains("PreconditionFailed");
    assertThat(refusal("s", Optional.empty())).contains("PreconditionFailed");
  }
}
