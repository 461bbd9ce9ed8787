package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.job.ReplicationInfo;
import io.backbeat.task.TaskOutcome;
import org.junit.jupiter.api.Test;

class SourceRoleTest {
  private static ReplicationInfo of(String role) {
    return Source.of(new byte[1], "aws").role(role).metadata().replicationInfo();
  }

  @Test
  void first_of_one_or_two_roles_is_that_of_the_source() {
    assertThat(SourceRole.of(of("s"))).isEqualTo("s");
    assertThat(SourceRole.of(of("s,d"))).isEqualTo("s");
    assertThat(SourceRole.refusal(of("s,d"))).isEmpty();
  }

  @Test
  void more_roles_are_refused() {
    assertThat(SourceRole.refusal(of("s,d,e")))
        .hasValueSatisfying(
            outcome ->
                assertThat(((TaskOutcome.Rejected) outcome).errorClass()).isEqualTo("BadRole"));
  }
}
