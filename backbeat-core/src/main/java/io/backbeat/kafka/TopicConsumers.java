package io.backbeat.kafka;

import io.backbeat.queue.PartitionLag;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;

/**
 * Makes the members of one group that start at the first record. They move only the partitions that
 * have to move, unless members of other clients are to share the group, or are found to be in it:
 * those know the range assignment only.
 */
final class TopicConsumers implements Supplier<Consumer<byte[], byte[]>> {
  private static final int POLL_RECORDS = 500;

  private final KafkaConnection connection;
  private final String group;
  private final List<String> topics;
  private final Map<String, Object> settings = new HashMap<>();
  private volatile boolean shared;

  TopicConsumers(KafkaConnection connection, String group, List<String> topics) {
    this(connection, group, topics, POLL_RECORDS);
  }

  TopicConsumers(KafkaConnection connection, String group, List<String> topics, int pollRecords) {
    this.connection = connection;
    this.group = group;
    this.topics = List.copyOf(topics);
    this.shared = connection.options().sharedGroups();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecords);
  }

  /**
   * A member, not subscribed yet.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Kafka does not answer, or a topic
   *     is missing and not to be made
   */
  @Override
  public Consumer<byte[], byte[]> get() {
    topics.forEach(connection::ensure);
    Map<String, Object> all = new HashMap<>(settings);
    all.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        shared
            ? List.of(CooperativeStickyAssignor.class, RangeAssignor.class)
            : List.of(CooperativeStickyAssignor.class));
    return connection.consumer(all);
  }

  /** How far the group is behind, by topic. */
  SortedMap<String, List<PartitionLag>> lag(Clock clock) {
    GroupLag now = new GroupLag(connection, clock, Duration.ZERO);
    SortedMap<String, List<PartitionLag>> lag = new TreeMap<>();
    topics.forEach(topic -> lag.put(topic, now.of(topic, group)));
    return lag;
  }

  /** Takes note of why a member was given up. */
  void gaveUp(Throwable why) {
    if (why instanceof InconsistentGroupProtocolException) {
      shared = true;
    }
  }
}
