package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** State nodes as the original writes and reads them. */
@Timeout(60)
class StateNodesTest {
  private static final ServiceName CRR = ServiceName.REPLICATION;
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Instant DATE = Instant.parse("2030-01-01T00:00:00Z");

  private final ZooKeeperOptions options = ZooKeeperService.shared().options();
  private final ZooKeeperStore store = ZooKeeperStore.open(options, MutableClock.create());
  private final LocationStateStore states = store.locationStates();
  private final CuratorFramework raw = store.nodes().client();

  @AfterEach
  void close() {
    store.close();
  }

  private String path(String below) {
    return options.chroot() + below;
  }

  private String text(String below) throws Exception {
    return new String(raw.getData().forPath(path(below)));
  }

  private void original(String below, String text) throws Exception {
    raw.create().orSetData().creatingParentsIfNeeded().forPath(path(below), text.getBytes());
  }

  @Test
  void nodes_are_written_as_the_original_does() throws Exception {
    states.compareAndSet(CRR, PARIS, 0, TargetState.RUNNING, Optional.empty());
    assertThat(text("/backbeat/replication/state/paris")).isEqualTo("{\"paused\":false}");

    states.compareAndSet(CRR, PARIS, 1, TargetState.PAUSED, Optional.of(DATE));
    assertThat(text("/backbeat/replication/state/paris"))
        .isEqualTo("{\"paused\":true,\"scheduledResume\":\"2030-01-01T00:00:00.000Z\"}");

    states.compareAndSet(CRR, PARIS, 2, TargetState.RUNNING, Optional.empty());
    assertThat(text("/backbeat/replication/state/paris"))
        .isEqualTo("{\"paused\":false,\"scheduledResume\":null}");

    states.compareAndSet(ServiceName.INGESTION, PARIS, 0, TargetState.PAUSED, Optional.empty());
    assertThat(text("/backbeat/ingestion/state/paris")).isEqualTo("{\"paused\":true}");
  }

  @Test
  void members_of_others_are_kept() throws Exception {
    original("/backbeat/replication/state/paris", "{\"a\":{\"b\":1.50},\"paused\":true,\"z\":[]}");

    LocationStatus found = states.find(CRR, PARIS).orElseThrow();
    states.compareAndSet(CRR, PARIS, found.revision(), TargetState.RUNNING, Optional.empty());

    assertThat(text("/backbeat/replication/state/paris"))
        .isEqualTo("{\"a\":{\"b\":1.50},\"paused\":false,\"z\":[],\"scheduledResume\":null}");
  }

  @Test
  void observed_state_does_not_touch_the_node_of_the_original() throws Exception {
    states.compareAndSet(CRR, PARIS, 0, TargetState.RUNNING, Optional.empty());

    states.observe(CRR, PARIS, ObservedState.RUNNING);

    assertThat(text("/backbeat/replication/state/paris")).isEqualTo("{\"paused\":false}");
    assertThat(text("/backbeat-java/observed/replication/paris")).isEqualTo("RUNNING");
  }

  @Test
  void every_date_that_javascript_reads_is_read() throws Exception {
    original(
        "/backbeat/replication/state/paris",
        "{\"paused\":true,\"scheduledResume\":\"Tue Jan 01 2030 01:00:00 GMT+0100 (CET)\"}");
    original("/backbeat/replication/state/tokyo", "{\"paused\":1,\"scheduledResume\":\"soon\"}");
    original("/backbeat/replication/state/oslo", "{}");
    original("/backbeat/replication/state/rome", "[]");
    original("/backbeat/replication/state/bern", "{\"scheduledResume\":\"" + DATE + "\"}");

    assertThat(states.find(CRR, PARIS).orElseThrow().resumeAt()).contains(DATE);
    LocationStatus tokyo = states.find(CRR, LocationName.of("tokyo")).orElseThrow();
    assertThat(tokyo.target()).isEqualTo(TargetState.PAUSED);
    assertThat(tokyo.resumeAt()).isEmpty();
    original("/backbeat/replication/state/lima", "null");
    original("/backbeat/replication/state/cairo", "{\"paused\":0,\"scheduledResume\":5}");
    original("/backbeat/replication/state/seoul", "{\"paused\":\"false\"}");
    assertThat(states.find(CRR, LocationName.of("seoul")).orElseThrow().target())
        .isEqualTo(TargetState.PAUSED);
    for (String running : List.of("oslo", "rome", "bern", "lima", "cairo")) {
      LocationStatus status = states.find(CRR, LocationName.of(running)).orElseThrow();
      assertThat(status.target()).isEqualTo(TargetState.RUNNING);
      assertThat(status.resumeAt()).isEmpty();
    }
    assertThat(states.list(CRR)).hasSize(8);
  }

  @Test
  void node_without_json_is_an_error_that_names_it() throws Exception {
    for (String wrong : List.of("", "{", "x", "{} {}")) {
      original("/backbeat/replication/state/paris", wrong);

      assertThatThrownBy(() -> states.find(CRR, PARIS))
          .isInstanceOf(BackbeatException.class)
          .hasMessageContaining(path("/backbeat/replication/state/paris"))
          .hasMessageContaining("was \"" + wrong);
    }
  }

  @Test
  void odd_names_are_nodes_all_the_same() throws Exception {
    List<String> names =
        List.of("..", ".", "a%b", "a%2Fb", "é 日本", "\uD83D\uDE00", "us-east-1", "a\\b", "\uFFFE");
    for (String name : names) {
      states.compareAndSet(CRR, LocationName.of(name), 0, TargetState.PAUSED, Optional.empty());
    }

    assertThat(states.list(CRR))
        .extracting(status -> status.location().value())
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(raw.getChildren().forPath(path("/backbeat/replication/state")))
        .contains("us-east-1", "a%b", "a%252Fb", "é 日本", "%2E%2E", "%F0%9F%98%80");
    assertThat(NodeName.encode("a/b\n")).isEqualTo("a%2Fb%0A");
  }

  @Test
  void test_paths_are_those_of_the_original_s_tests() {
    assertThat(new StatePaths(true).desired(CRR, PARIS))
        .isEqualTo("/backbeattest/replication/state/paris");
  }

  @Test
  void two_stores_that_race_lose_no_change() throws Exception {
    try (ZooKeeperStore other = ZooKeeperStore.open(options, MutableClock.create())) {
      List<LocationStateStore> both = List.of(states, other.locationStates());
      Concurrently.run(
          4,
          thread -> {
            LocationStateStore mine = both.get(thread % 2);
            for (int won = 0; won < 10; ) {
              long revision = mine.find(CRR, PARIS).map(LocationStatus::revision).orElse(0L);
              won +=
                  mine.compareAndSet(CRR, PARIS, revision, TargetState.PAUSED, Optional.empty())
                          .isPresent()
                      ? 1
                      : 0;
            }
            return thread;
          });
    }

    assertThat(states.find(CRR, PARIS).orElseThrow().revision()).isEqualTo(40);
  }

  @Test
  void state_that_was_removed_and_made_anew_is_told() throws Exception {
    List<LocationStatus> seen = new CopyOnWriteArrayList<>();
    try (AutoCloseable watch = states.watch(seen::add)) {
      assertThat(watch).isNotNull();
      original("/backbeat/replication/state/paris", "{\"paused\":true}");
      original("/backbeat/replication/state/paris", "{\"paused\":true,\"x\":1}");
      await().until(() -> seen.stream().anyMatch(s -> s.revision() == 2));

      raw.delete().forPath(path("/backbeat/replication/state/paris"));
      original("/backbeat/replication/state/paris", "{\"paused\":false}");

      await()
          .until(
              () ->
                  seen.stream()
                      .anyMatch(s -> s.revision() == 1 && s.target() == TargetState.RUNNING));
    }
  }

  @Test
  void watch_tells_of_writes_of_the_original_also_after_the_session_expired() throws Exception {
    List<LocationStatus> seen = new CopyOnWriteArrayList<>();
    try (AutoCloseable watch = states.watch(seen::add)) {
      assertThat(watch).isNotNull();
      original("/backbeat/replication/state/paris", "{\"paused\":true}");
      await().until(() -> seen.stream().anyMatch(s -> s.target() == TargetState.PAUSED));

      raw.getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
      try (ZooKeeperStore other = ZooKeeperStore.open(options, MutableClock.create())) {
        other.locationStates().compareAndSet(CRR, PARIS, 1, TargetState.RUNNING, Optional.empty());
        await().until(() -> seen.stream().anyMatch(s -> s.revision() == 2));
        other
            .locationStates()
            .compareAndSet(CRR, LocationName.of("tokyo"), 0, TargetState.PAUSED, Optional.empty());
        await().until(() -> seen.stream().anyMatch(s -> s.location().value().equals("tokyo")));
      }
      assertThat(seen).doesNotHaveDuplicates();
    }
  }
}
