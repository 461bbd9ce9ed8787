package io.backbeat.redis;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pause and resume as messages, on the channels of the original: {@code <topic>-<location>}. Redis
 * keeps no message: whoever is not subscribed at that moment never hears of it. So a message only
 * tells sooner what the stored state tells anyway. Thread-safe.
 */
public final class LocationCommands {
  private static final Logger log = LoggerFactory.getLogger(LocationCommands.class);

  /** Hears of commands, on the thread of the subscription. What it throws is logged. */
  public interface Listener {
    /** A command came. */
    void onCommand(ServiceName service, LocationName location, LocationCommand command);

    /**
     * The subscription holds, for the first time or again. What was sent before it did is lost: who
     * must not miss a change reads the states now.
     */
    default void onSubscribed() {}
  }

  private final RedisConnection redis;
  private final Map<ServiceName, String> topics;

  LocationCommands(RedisConnection redis, Map<ServiceName, String> topics) {
    this.redis = redis;
    this.topics = topics.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(topics));
  }

  /**
   * Sends a command to whoever is subscribed.
   *
   * @return how many subscribers of that server it reached
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Redis does not answer; a retry is
   *     safe
   */
  public long publish(ServiceName service, LocationName location, LocationCommand command) {
    String channel = channel(service, location);
    return redis.ask(jedis -> jedis.publish(channel, LocationMessage.encode(command)));
  }

  /**
   * Listens to some locations, on a thread of its own, until closed; connects again by itself.
   * Never fails: while Redis does not answer there are no messages.
   */
  public Subscription subscribe(
      ServiceName service, Collection<LocationName> locations, Listener listener) {
    List<String> channels =
        locations.stream().map(location -> channel(service, location)).distinct().toList();
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("a subscription needs at least one location");
    }
    return Subscription.start(redis, false, channels, receiver(service, listener));
  }

  /** Listens to all locations of a service, also those to come. */
  public Subscription subscribeAll(ServiceName service, Listener listener) {
    String pattern = glob(topic(service)) + "-*";
    return Subscription.start(redis, true, List.of(pattern), receiver(service, listener));
  }

  private Subscription.Receiver receiver(ServiceName service, Listener listener) {
    String prefix = topic(service) + "-";
    return new Subscription.Receiver() {
      @Override
      public void subscribed() {
        listener.onSubscribed();
      }

      @Override
      public void message(String channel, String message) {
        Optional<LocationName> location = location(channel.substring(prefix.length()));
        Optional<LocationCommand> command = LocationMessage.decode(message);
        if (location.isEmpty() || command.isEmpty()) {
          log.debug("no command on {}: {}", channel, message);
          return;
        }
        listener.onCommand(service, location.get(), command.get());
      }
    };
  }

  private static Optional<LocationName> location(String name) {
    try {
      return Optional.of(LocationName.of(name));
    } catch (IllegalArgumentException otherChannel) {
      return Optional.empty();
    }
  }

  private String channel(ServiceName service, LocationName location) {
    return topic(service) + '-' + location.value();
  }

  private String topic(ServiceName service) {
    return Optional.ofNullable(topics.get(service))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "service "
                        + service.wireName()
                        + " has no topic to name its channels after, there are "
                        + topics));
  }

  /** The text as a pattern that matches nothing else. */
  private static String glob(String text) {
    return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
  }
}
