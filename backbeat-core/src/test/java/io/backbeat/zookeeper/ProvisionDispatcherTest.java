package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProvisionDispatcherTest {
  private static final String PATH = "/queue-populator/raft-id-dispatcher";
  private static final List<String> EIGHT = IntStream.range(0, 8).mapToObj(i -> "" + i).toList();

  private final ZooKeeperOptions options = ZooKeeperService.shared().options();
  private final ZooKeeperStore store = ZooKeeperStore.open(options, MutableClock.create());
  private final Map<Integer, List<String>> hands = new ConcurrentHashMap<>();
  private final List<ProvisionDispatcher> dispatchers = new ArrayList<>();

  @BeforeEach
  void addProvisions() {
    join(Duration.ofMinutes(1)).add(EIGHT);
  }

  @AfterEach
  void close() {
    dispatchers.forEach(ProvisionDispatcher::close);
    store.close();
  }

  private ProvisionDispatcher join(Duration check) {
    int index = dispatchers.size();
    ProvisionDispatcher dispatcher = store.provisions(PATH, check);
    dispatcher.subscribe(hand -> hands.put(index, hand));
    dispatchers.add(dispatcher);
    return dispatcher;
  }

  private List<String> dealt() {
    return hands.values().stream().flatMap(Collection::stream).sorted().toList();
  }

  private long holding(int each) {
    return hands.values().stream().filter(hand -> hand.size() == each).count();
  }

  @Test
  void one_process_has_all() {
    await().untilAsserted(() -> assertThat(hands.get(0)).isEqualTo(EIGHT));
  }

  @Test
  void each_is_held_once_whoever_comes_and_goes() {
    await().until(() -> hands.containsKey(0));
    for (int i = 1; i < 10; i++) {
      join(Duration.ofMinutes(1));
    }
    await().until(() -> holding(1) == 8 && dealt().equals(EIGHT));

    // The one that deals is among those that leave.
    for (int leaving : List.of(0, 3)) {
      dispatchers.get(leaving).close();
      hands.remove(leaving);
    }

    await().until(() -> holding(1) == 8 && dealt().equals(EIGHT));
  }

  @Test
  void deal_is_written_on_the_nodes_of_the_original() throws Exception {
    await().until(() -> hands.containsKey(0));
    var raw = store.nodes().client();
    String root = options.chroot() + PATH;

    List<String> owners = raw.getChildren().forPath(root + "/owners");
    assertThat(owners).hasSize(1).first().asString().matches("[0-9a-f]{12}");
    assertThat(raw.getData().forPath(root + "/owners/" + owners.get(0)))
        .asString()
        .isEqualTo("[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\"]");
    assertThat(raw.getChildren().forPath(root + "/leaders")).containsExactly("leader0000000000");
    assertThat(raw.getChildren().forPath(root + "/provisions"))
        .containsExactlyInAnyOrderElementsOf(EIGHT);
  }

  @Test
  void expired_session_takes_part_again() throws Exception {
    await().until(() -> hands.containsKey(0));

    store
        .nodes()
        .client()
        .getZookeeperClient()
        .getZooKeeper()
        .getTestable()
        .injectSessionExpiration();
    store.provisions(PATH, Duration.ofMinutes(1)).add(List.of("8"));

    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(hands.get(0)).hasSize(9));
  }

  @Test
  void provisions_are_dealt_in_turn() {
    assertThat(ProvisionDeal.deal(List.of("b", "a"), List.of("1", "2", "3")))
        .isEqualTo(Map.of("b", List.of("1", "3"), "a", List.of("2")));
    assertThat(ProvisionDeal.deal(List.of(), List.of("1"))).isEmpty();
    assertThat(ProvisionDeal.read("[1,\"2\"]")).containsExactly("1", "2");
    assertThat(ProvisionDeal.read("")).isEmpty();
    assertThat(ProvisionDeal.read("{")).isEmpty();
  }
}
