package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.redis.LocationCommand.CancelResume;
import io.backbeat.redis.LocationCommand.Pause;
import io.backbeat.testing.MutableClock;
import io.backbeat.testing.RedisService;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocationCommandsTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("to-kyo*");
  private static final Pause PAUSE = new Pause(OptionalLong.empty());

  private final String topic = "topic[?*" + UUID.randomUUID();
  private final RedisStore store =
      RedisStore.open(RedisService.shared().options(), MutableClock.create());
  private final LocationCommands commands =
      store.commands(
          Map.of(ServiceName.REPLICATION, topic, ServiceName.INGESTION, topic + "-ingestion"));
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  private void hear(ServiceName service, LocationName location, LocationCommand command) {
    heard.add(List.of(service, location, command));
  }

  @Test
  void channel_and_message_are_those_of_the_original() {
    try (Subscription subscription =
            commands.subscribe(ServiceName.REPLICATION, List.of(PARIS, TOKYO), this::hear);
        var raw = RedisService.shared().client()) {
      await().until(subscription::isSubscribed);

      raw.publish(topic + "-paris", "{\"action\":\"pauseService\"}");
      raw.publish(topic + "-paris", "nonsense");
      raw.publish(topic + "-oslo", "{\"action\":\"pauseService\"}");
      raw.publish(topic + "-to-kyo*", "{\"action\":\"deleteScheduledResumeService\"}");

      await().until(() -> heard.size() == 2);
      assertThat(heard)
          .containsExactly(
              List.of(ServiceName.REPLICATION, PARIS, PAUSE),
              List.of(ServiceName.REPLICATION, TOKYO, new CancelResume(OptionalLong.empty())));
    }
  }

  @Test
  void all_locations_of_a_service_can_be_heard_and_of_no_other() {
    try (Subscription subscription = commands.subscribeAll(ServiceName.INGESTION, this::hear)) {
      await().until(subscription::isSubscribed);

      assertThat(commands.publish(ServiceName.REPLICATION, PARIS, PAUSE)).isZero();
      assertThat(commands.publish(ServiceName.INGESTION, TOKYO, PAUSE)).isEqualTo(1);

      await().until(() -> !heard.isEmpty());
      assertThat(heard).containsExactly(List.of(ServiceName.INGESTION, TOKYO, PAUSE));
    }
  }

  @Test
  void listener_that_throws_hears_the_next_command() {
    try (Subscription subscription =
        commands.subscribeAll(
            ServiceName.INGESTION,
            (service, location, command) -> {
              hear(service, location, command);
              throw new IllegalStateException("on purpose");
            })) {
      await().until(subscription::isSubscribed);

      commands.publish(ServiceName.INGESTION, PARIS, PAUSE);
      commands.publish(ServiceName.INGESTION, TOKYO, PAUSE);

      await().until(() -> heard.size() == 2);
    }
  }

  @Test
  void closed_subscription_hears_nothing_more() {
    Subscription subscription = commands.subscribeAll(ServiceName.INGESTION, this::hear);
    await().until(subscription::isSubscribed);

    subscription.close();
    subscription.close();

    assertThat(subscription.isSubscribed()).isFalse();
    assertThat(commands.publish(ServiceName.INGESTION, PARIS, PAUSE)).isZero();
  }

  @Test
  void service_without_topic_has_no_channels() {
    assertThatThrownBy(() -> commands.publish(ServiceName.LIFECYCLE, PARIS, PAUSE))
        .hasMessageContaining("lifecycle has no topic");
  }
}
