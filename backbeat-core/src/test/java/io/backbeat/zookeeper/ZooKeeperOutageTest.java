package io.backbeat.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.log.LogPosition;
import io.backbeat.store.Leadership;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.ZooKeeperService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.test.TestingCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ZooKeeper is away, comes back, or gives a session up. */
@Timeout(90)
class ZooKeeperOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String POPULATOR_ELECTION = "/backbeat-java/leaders/populator";

  private static ZooKeeperStore open(ZooKeeperOptions options) {
    return ZooKeeperStore.open(options, MutableClock.create());
  }

  @Test
  void outage_is_an_error_and_ends_by_itself() throws Exception {
    try (ZooKeeperService service = ZooKeeperService.start()) {
      ZooKeeperOptions options =
          service.options().withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(500));
      try (ZooKeeperStore store = open(options)) {
        store.ping();
        await().until(() -> store.state() == ZooKeeperState.SYNC_CONNECTED);
        store.positions().save("log", new LogPosition("1"));
        Leadership leadership = store.leadership("a");
        await().until(() -> leadership.leads("populator"));
        List<LocationStatus> seen = new CopyOnWriteArrayList<>();
        AutoCloseable watch = store.locationStates().watch(seen::add);

        service.stop();
        await().until(() -> store.state() != ZooKeeperState.SYNC_CONNECTED);
        assertThat(leadership.leads("populator")).isFalse();
        long before = System.nanoTime();
        assertThatThrownBy(store::ping)
            .isInstanceOf(BackbeatException.class)
            .hasMessageContaining("ZooKeeper at " + service.hosts() + " does not answer")
            .extracting(e -> ((BackbeatException) e).code())
            .isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

        service.restart();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(store.positions().load("log")).contains(new LogPosition("1")));
        try (ZooKeeperStore other = open(options)) {
          other
              .locationStates()
              .compareAndSet(
                  ServiceName.REPLICATION,
                  LocationName.of("paris"),
                  0,
                  TargetState.PAUSED,
                  Optional.empty());
        }
        await().atMost(PATIENCE).until(() -> seen.size() == 1);
        await().atMost(PATIENCE).until(() -> leadership.leads("populator"));
        watch.close();
      }
    }
  }

  @Test
  void missing_chroot_is_an_error_that_names_it_and_the_setting() {
    String chroot = ZooKeeperService.shared().options().chroot();
    ZooKeeperOptions options =
        ZooKeeperOptions.of(ZooKeeperService.shared().hosts() + chroot + "/below");
    try (ZooKeeperStore store = open(options)) {
      assertThatThrownBy(store::ping)
          .isInstanceOf(BackbeatException.class)
          .hasMessageContaining(chroot + "/below")
          .hasMessageContaining("zookeeper.autoCreateNamespace");
      assertThat(store.leadership("a").leads("populator")).isFalse();
    }

    try (ZooKeeperStore store = open(options.withAutoCreateNamespace(true))) {
      store.ping();
    }
    try (ZooKeeperStore store = open(options)) {
      store.ping();
    }
  }

  @Test
  void opening_does_not_wait_for_a_server() {
    try (ZooKeeperStore store = open(ZooKeeperOptions.of("127.0.0.1:1"))) {
      assertThat(store.state()).isEqualTo(ZooKeeperState.DISCONNECTED);
      assertThat(store.leadership("a").leads("populator")).isFalse();
    }
  }

  @Test
  void leadership_moves_when_the_leader_closes_or_its_session_expires() throws Exception {
    ZooKeeperOptions options =
        ZooKeeperService.shared()
            .options()
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(3));
    try (ZooKeeperStore first = open(options);
        ZooKeeperStore second = open(options);
        ZooKeeperStore third = open(options)) {
      Leadership a = first.leadership("a");
      Leadership b = second.leadership("b");
      Leadership c = third.leadership("c");
      await().atMost(PATIENCE).until(() -> a.leads("populator"));
      assertThat(b.leads("populator")).isFalse();
      await().atMost(PATIENCE).until(() -> b.leads("gc"));
      assertThat(a.leads("gc")).isFalse();

      end(first);
      assertThat(a.leads("populator")).isFalse();
      await().atMost(PATIENCE).until(() -> b.leads("populator"));
      assertThat(c.leads("populator")).isFalse();
      // Otherwise b might stand for election again before c has.
      await().atMost(PATIENCE).until(() -> third.nodes().children(POPULATOR_ELECTION).size() == 2);

      second
          .nodes()
          .client()
          .getZookeeperClient()
          .getZooKeeper()
          .getTestable()
          .injectSessionExpiration();
      await().atMost(PATIENCE).until(() -> c.leads("populator"));
      assertThat(b.leads("populator")).isFalse();

      end(third);
      await().atMost(PATIENCE).until(() -> b.leads("populator"));
    }
  }

  @Test
  void server_of_an_ensemble_may_fail() throws Exception {
    System.setProperty("zookeeper.admin.enableServer", "false");
    try (TestingCluster ensemble = new TestingCluster(3)) {
      ensemble.start();
      ZooKeeperOptions options =
          ZooKeeperOptions.of(ensemble.getConnectString() + "/backbeat")
              .withAutoCreateNamespace(true)
              .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
      try (ZooKeeperStore store = open(options)) {
        store.positions().save("log", new LogPosition("1"));
        var connected = store.nodes().client().getZookeeperClient().getZooKeeper();

        ensemble.killServer(ensemble.findConnectionInstance(connected));

        store.positions().save("log", new LogPosition("2"));
        assertThat(store.positions().load("log")).contains(new LogPosition("2"));
      }
    }
  }

  private static void end(ZooKeeperStore process) {
    process.close();
  }

  @Test
  void connection_string_may_have_a_chroot_and_must_have_hosts() {
    assertThat(ZooKeeperOptions.of("a:1,b:2/x/y/").chroot()).isEqualTo("/x/y");
    assertThat(ZooKeeperOptions.of("a:1,b:2/x/y").hosts()).isEqualTo("a:1,b:2");
    assertThat(ZooKeeperOptions.of("a:1/").chroot()).isEmpty();
    for (String wrong : List.of("", "/x", "a:1,,b:2", "a:1//x", "a 1")) {
      assertThatThrownBy(() -> ZooKeeperOptions.of(wrong))
          .as(wrong)
          .hasMessageContaining("zookeeper.connectionString");
    }
  }

  @Test
  void states_have_the_names_and_codes_of_the_original() {
    assertThat(ZooKeeperState.SYNC_CONNECTED.code()).isEqualTo(3);
    assertThat(ZooKeeperState.DISCONNECTED.code()).isZero();
    assertThat(ZooKeeperState.EXPIRED.code()).isEqualTo(-122);
  }
}
