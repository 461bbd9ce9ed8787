package io.backbeat.cloudserver.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may be replicated, and how often the bucket is asked. */
class ReplicationRightsTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "dir/photo", "v");

  private final MutableClock clock = MutableClock.create();
  private final ReplicationRights rights = new ReplicationRights(clock, Duration.ofSeconds(30));
  private Optional<BucketReplication> stored = configured("s", "dir/", true);
  private int asked;

  private final CloudServer source =
      (CloudServer)
          Proxy.newProxyInstance(
              CloudServer.class.getClassLoader(),
              new Class<?>[] {CloudServer.class},
              (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("bucketReplication");
                asked++;
                return stored;
              });

  private static Optional<BucketReplication> configured(String role, String prefix, boolean on) {
    return Optional.of(
        new BucketReplication(List.of(role, "d"), List.of(new BucketReplication.Rule(prefix, on))));
  }

  private static Optional<String> errorClass(Optional<TaskOutcome> refusal) {
    return refusal.map(outcome -> ((TaskOutcome.Rejected) outcome).errorClass());
  }

  private static Optional<String> refusal(
      Optional<BucketReplication> configuration, String... roles) {
    return errorClass(ReplicationRights.refusal(OBJECT, List.of(roles), configuration));
  }

  @Test
  void roles_that_count_must_be_those_of_the_bucket() {
    assertThat(refusal(configured("s", "dir/", true), "s")).isEmpty();
    assertThat(refusal(configured("s", "", true), "s", "d")).isEmpty();
    assertThat(refusal(configured("s", "", true), "x")).contains("BadRole");
    assertThat(refusal(configured("s", "", true), "s", "other")).contains("BadRole");
    assertThat(refusal(configured("s", "", true), "d", "s")).contains("BadRole");
    Optional<BucketReplication> one =
        Optional.of(
            new BucketReplication(List.of("s"), List.of(new BucketReplication.Rule("", true))));
    assertThat(refusal(one, "s")).isEmpty();
    assertThat(refusal(one, "s", "d")).contains("BadRole");
  }

  @Test
  void version_that_no_rule_in_force_covers_is_refused() {
    assertThat(refusal(configured("s", "dir/", false), "s")).contains("PreconditionFailed");
    assertThat(refusal(configured("s", "other", true), "s")).contains("PreconditionFailed");
    assertThat(refusal(Optional.empty(), "s")).contains("PreconditionFailed");
  }

  @Test
  void bucket_is_asked_once_a_while_and_once_more_before_a_refusal() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(rights.refusal(source, OBJECT, List.of("s"))).isEmpty();
    }
    assertThat(asked).isEqualTo(1);
    stored = configured("new", "", true);
    assertThat(rights.refusal(source, OBJECT, List.of("s"))).isEmpty();
    assertThat(rights.refusal(source, OBJECT, List.of("new"))).isEmpty(); // another place to ask at
    clock.advance(Duration.ofSeconds(30));
    assertThat(errorClass(rights.refusal(source, OBJECT, List.of("s")))).contains("BadRole");
    stored = configured("s", "", true);
    assertThat(rights.refusal(source, OBJECT, List.of("s")))
        .as("what was put right is seen at once")
        .isEmpty();
  }
}
