package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.redis.LocationCommand.Pause;
import io.backbeat.redis.LocationCommand.Resume;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis goes away, comes back, and comes back empty. */
@Timeout(60)
class RedisOutageTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:20:00.250Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final CounterKey PENDING =
      CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING);
  private static final Map<ServiceName, String> TOPICS =
      Map.of(ServiceName.REPLICATION, "backbeat-replication");

  private static RedisService service;

  @BeforeAll
  static void start() {
    service = RedisService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void assertDoesNotAnswer(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("Redis at 127.0.0.1:")
        .hasMessageContaining("does not answer")
        .extracting(e -> ((BackbeatException) e).code())
        .isEqualTo(ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void outage_is_an_error_and_never_zero_and_ends_by_itself() {
    RecordedFailure failure = new RecordedFailure(PARIS, ObjectVersion.unversioned("b", "k"), NOW);
    try (RedisStore store = RedisStore.open(service.bareOptions(), new MutableClock(NOW))) {
      store.ping();
      store.counters().add(Map.of(PENDING, 5L), NOW);
      store.failedIndex().add(List.of(failure));

      service.stop();
      assertDoesNotAnswer(store::ping);
      assertDoesNotAnswer(() -> store.counters().gauges(List.of(PENDING)));
      assertDoesNotAnswer(() -> store.counters().add(Map.of(PENDING, 1L), NOW));
      assertDoesNotAnswer(() -> store.countedSources().add("s", 0, 1, new TreeMap<>()));
      assertDoesNotAnswer(() -> store.failedIndex().count(PARIS));

      service.restart();
      store.ping();
      assertThat(store.counters().gauges(List.of(PENDING))).containsExactly(0L);
      assertThat(store.failedIndex().count(PARIS)).isZero();

      store
          .view()
          .rebuild(List.of(PARIS), List.of(failure).iterator(), Map.of(PARIS, new Amount(5, 9)));
      assertThat(store.counters().gauges(List.of(PENDING))).containsExactly(5L);
      assertThat(store.failedIndex().newest(PARIS, 9)).containsExactly(failure);
    }
  }

  @Test
  void server_that_takes_connections_and_says_nothing_is_given_up_after_the_time_out()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RedisStore store =
            RedisStore.open(
                RedisOptions.of(RedisEndpoint.at("127.0.0.1", silent.getLocalPort()))
                    .withTimeout(Duration.ofMillis(200)),
                new MutableClock(NOW))) {
      long before = System.nanoTime();
      assertDoesNotAnswer(store::ping);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void opening_does_not_connect_and_a_closed_store_says_so() {
    RedisStore store =
        RedisStore.open(
            RedisOptions.of(
                    new RedisEndpoint.Sentinels(
                        RedisAddress.parseList("127.0.0.1:1"),
                        "mymaster",
                        java.util.Optional.empty()))
                .withTimeout(Duration.ofMillis(200)),
            new MutableClock(NOW));
    assertThatThrownBy(store::ping)
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("mymaster of sentinels");
    store.close();
    store.close();

    assertThatThrownBy(store::ping).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void subscription_outlives_the_server() {
    List<Object> heard = new CopyOnWriteArrayList<>();
    AtomicInteger subscribed = new AtomicInteger();
    LocationCommands.Listener listener =
        new LocationCommands.Listener() {
          @Override
          public void onCommand(
              ServiceName service, LocationName location, LocationCommand command) {
            heard.add(List.of(location, command));
          }

          @Override
          public void onSubscribed() {
            subscribed.incrementAndGet();
          }
        };
    try (RedisStore store = RedisStore.open(service.bareOptions(), new MutableClock(NOW))) {
      LocationCommands commands = store.commands(TOPICS);
      try (Subscription subscription = commands.subscribeAll(ServiceName.REPLICATION, listener)) {
        await().untilAtomic(subscribed, org.hamcrest.Matchers.is(1));
        Pause pause = new Pause(OptionalLong.empty());
        assertThat(commands.publish(ServiceName.REPLICATION, PARIS, pause)).isEqualTo(1);
        await().until(() -> heard.equals(List.of(List.of(PARIS, pause))));

        service.stop();
        await().until(() -> !subscription.isSubscribed());
        service.restart();

        await().untilAtomic(subscribed, org.hamcrest.Matchers.is(2));
        commands.publish(ServiceName.REPLICATION, PARIS, new Resume(OptionalLong.of(4)));
        await().until(() -> heard.contains(List.of(PARIS, new Resume(OptionalLong.of(4)))));
      }
    }
  }
}
