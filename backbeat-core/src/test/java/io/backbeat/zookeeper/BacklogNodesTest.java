package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import io.backbeat.zookeeper.BacklogCheck.BeforeSnapshot;
import io.backbeat.zookeeper.BacklogCheck.Lagging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacklogNodesTest {
  private static final String TOPIC = "backbeat-lifecycle";

  private static List<PartitionOffsets> offsets(long topic, long consumer, long snapshot) {
    return List.of(
        new PartitionOffsets(
            2, OptionalLong.of(topic), Map.of("group", consumer), Map.of("lifecycle", snapshot)));
  }

  @Test
  void group_is_lagging_when_it_is_further_behind_than_allowed() {
    assertThat(BacklogCheck.lagging(offsets(5, 3, 0), "group", 1))
        .containsExactly(new Lagging(2, "group", 3, 5, 2, 1));
    assertThat(BacklogCheck.lagging(offsets(5, 3, 0), "group", 2)).isEmpty();
    assertThat(BacklogCheck.lagging(offsets(5, 8, 0), "group", 0)).isEmpty();
    assertThat(BacklogCheck.lagging(offsets(5, 3, 0), "other", 1)).isEmpty();
  }

  @Test
  void group_has_passed_a_snapshot_when_it_is_at_its_offset() {
    assertThat(BacklogCheck.beforeSnapshot(offsets(9, 4, 5), "group", "lifecycle"))
        .containsExactly(new BeforeSnapshot(2, "group", 4, "lifecycle", 5));
    assertThat(BacklogCheck.beforeSnapshot(offsets(9, 5, 5), "group", "lifecycle")).isEmpty();
    assertThat(BacklogCheck.beforeSnapshot(offsets(9, 4, 5), "group", "other")).isEmpty();
  }

  @Test
  void offsets_are_told_on_the_nodes_of_the_original_and_become_stale() throws Exception {
    ZooKeeperOptions options = ZooKeeperService.shared().options();
    MutableClock clock = new MutableClock(Instant.now());
    try (ZooKeeperStore store = ZooKeeperStore.open(options, clock)) {
      BacklogNodes backlog = store.backlog(BacklogNodes.PATH, Duration.ofSeconds(60));
      assertThat(backlog.read(TOPIC)).isEmpty();

      backlog.publish(TOPIC, 10, "group", 3, 5);
      backlog.publish(TOPIC, 2, "group", 30, 50);
      backlog.snapshot(TOPIC, 2, "lifecycle", 50);

      assertThat(backlog.read(TOPIC))
          .containsExactly(
              new PartitionOffsets(
                  2, OptionalLong.of(50), Map.of("group", 30L), Map.of("lifecycle", 50L)),
              new PartitionOffsets(10, OptionalLong.of(5), Map.of("group", 3L), Map.of()));
      String path = options.chroot() + BacklogNodes.PATH + "/backbeat-lifecycle/2";
      var raw = store.nodes().client();
      assertThat(raw.getData().forPath(path + "/topic")).asString().isEqualTo("50");
      assertThat(raw.getData().forPath(path + "/consumers/group")).asString().isEqualTo("30");

      clock.advance(Duration.ofSeconds(180));
      assertThat(backlog.read(TOPIC))
          .contains(
              new PartitionOffsets(2, OptionalLong.empty(), Map.of(), Map.of("lifecycle", 50L)));
      assertThat(raw.checkExists().forPath(path + "/topic")).isNull();
    }
  }
}
