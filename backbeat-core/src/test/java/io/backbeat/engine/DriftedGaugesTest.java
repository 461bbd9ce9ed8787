package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.queue.QueueName;
import io.backbeat.store.Leadership;
import io.backbeat.store.Stores;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.DelegatingStores;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What engines do about pending gauges that have drifted. */
@Timeout(60)
class DriftedGaugesTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Duration SOON = Duration.ofMillis(30);
  private static final String PENDING = "pending";

  private final Stores stores = new InMemoryStores();
  private final List<BackbeatEngine> engines = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ofSeconds(5)));
    stores.close();
  }

  private BackbeatEngine started(Set<Role> roles, Duration check, boolean leads) {
    Stores seen =
        new DelegatingStores(stores) {
          @Override
          public Leadership leadership() {
            return task -> {
              asked.add(task);
              return leads || !task.equals(PENDING);
            };
          }
        };
    BackbeatEngine engine =
        BackbeatEngine.builder(seen)
            .locations(List.of(PARIS))
            .roles(roles)
            .config(EngineConfig.DEFAULT.withPendingCheck(check))
            .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
            .build();
    engines.add(engine);
    engine.start();
    return engine;
  }

  private void drift(long operations) {
    stores
        .counters()
        .add(
            Map.of(
                CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING),
                operations,
                CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.BYTES_PENDING),
                7L),
            Instant.now());
  }

  private Amount pending() {
    List<Long> gauges =
        stores
            .counters()
            .gauges(
                List.of(
                    CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING),
                    CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.BYTES_PENDING)));
    return new Amount(gauges.get(0), gauges.get(1));
  }

  private long looks() {
    return asked.stream().filter(PENDING::equals).count();
  }

  private void awaitLooks(int more) {
    long before = looks();
    await().until(() -> looks() >= before + more);
  }

  @Test
  void engine_that_populates_and_leads_corrects_them() {
    drift(3);
    started(EnumSet.of(Role.POPULATOR), SOON, true);
    await().untilAsserted(() -> assertThat(pending()).isEqualTo(Amount.ZERO));
  }

  @Test
  void engine_that_does_not_lead_leaves_them_alone() {
    drift(3);
    started(EnumSet.of(Role.POPULATOR), SOON, false);
    awaitLooks(6);
    assertThat(pending()).isEqualTo(new Amount(3, 7));
  }

  @Test
  void engine_that_does_not_populate_or_was_told_not_to_does_not_look() {
    drift(3);
    started(EnumSet.complementOf(EnumSet.of(Role.POPULATOR)), SOON, true);
    BackbeatEngine never = started(EnumSet.allOf(Role.class), Duration.ZERO, true);
    stores.journal().append(List.of(Metadata.pending("bucket", "a", "paris").put()));
    await().until(() -> never.unfinished().settled());
    assertThat(looks()).isZero();
    assertThatThrownBy(() -> EngineConfig.DEFAULT.withPendingCheck(Duration.ofMinutes(5)))
        .hasMessageContaining("from 0 to PT4M")
        .hasMessageContaining("PT5M");
  }

  @Test
  void paused_location_may_have_several_jobs_of_a_version() {
    BackbeatEngine engine = started(EnumSet.allOf(Role.class), SOON, true);
    engine.operations().locations().pause(ServiceName.REPLICATION, PARIS);
    await()
        .until(
            () ->
                engine.operations().locations().get(ServiceName.REPLICATION, PARIS).observed()
                    == ObservedState.PAUSED);
    for (int size = 1; size <= 3; size++) {
      stores.journal().append(List.of(Metadata.pending("bucket", "a", "paris").bytes(size).put()));
      QueueName queue = new QueueName(JobType.REPLICATION, PARIS);
      long jobs = size;
      await().until(() -> stores.queue().backlog(queue) == jobs);
    }
    await().untilAsserted(() -> assertThat(pending()).isEqualTo(new Amount(3, 6)));
    awaitLooks(6);
    assertThat(pending()).isEqualTo(new Amount(3, 6));

    engine.operations().locations().resume(ServiceName.REPLICATION, PARIS);
    await().until(() -> engine.unfinished().settled());
    await().untilAsserted(() -> assertThat(pending()).isEqualTo(Amount.ZERO));
    assertThat(engine.operations().metrics().report(ServiceName.REPLICATION, PARIS).pending())
        .isEqualTo(Amount.ZERO);
  }
}
