package io.backbeat.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.health.HealthProbe;
import io.backbeat.kafka.TopicProgress;
import io.backbeat.queue.PartitionLag;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReaderHealthTest {
  private static final Duration STALL = Duration.ofMinutes(15);

  private final MutableClock clock = MutableClock.create();
  private final ReaderHealth health = new ReaderHealth(STALL, clock);
  private final HealthProbe probe = health.probe("status");
  private boolean running = true;
  private Optional<String> error = Optional.empty();
  private PartitionLag lag = new PartitionLag(0, 5, 5);

  @Test
  void reader_that_was_never_started_shows() {
    assertThat(probe.component()).isEqualTo("reader/status");
    assertThat(probe.check().get().state()).isEqualTo(State.DEGRADED);
  }

  @Test
  void reader_whose_thread_is_gone_fails() {
    watch();
    assertThat(probe.check().get().state()).isEqualTo(State.OK);
    running = false;
    assertThat(probe.check().get().state()).isEqualTo(State.FAILING);
  }

  @Test
  void reader_that_waits_for_a_store_says_for_which() {
    watch();
    error = Optional.of("Redis does not answer");
    ComponentHealth seen = probe.check().get();
    assertThat(seen.state()).isEqualTo(State.DEGRADED);
    assertThat(seen.detail()).contains("Redis does not answer");
  }

  @Test
  void reader_that_commits_nothing_for_long_fails_until_it_gets_on() {
    watch();
    lag = new PartitionLag(0, 5, 9);
    assertThat(probe.check().get().state()).isEqualTo(State.OK);
    clock.advance(STALL);
    assertThat(probe.check().get().state()).isEqualTo(State.FAILING);
    lag = new PartitionLag(0, 6, 9);
    assertThat(probe.check().get().state()).isEqualTo(State.OK);
  }

  private void watch() {
    health.watch(
        "status",
        () -> running,
        () -> new TopicProgress("status", new TreeMap<>(), 0, 0, 0, error, Instant.EPOCH),
        () -> new TreeMap<>(Map.of("topic", List.of(lag))));
  }
}
