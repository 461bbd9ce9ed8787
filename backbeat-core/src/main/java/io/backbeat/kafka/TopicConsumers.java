package io.backbeat.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;

/**
 * Makes the members of one group that start at the first record. They can share the group with
 * consumers of other clients, which know the range assignment only: the few topics they read are
 * quickly dealt out anew.
 */
final class TopicConsumers implements Supplier<Consumer<byte[], byte[]>> {
  private static final int POLL_RECORDS = 500;

  private final KafkaConnection connection;
  private final List<String> topics;
  private final Map<String, Object> settings = new HashMap<>();

  TopicConsumers(KafkaConnection connection, String group, List<String> topics) {
    this(connection, group, topics, POLL_RECORDS);
  }

  TopicConsumers(KafkaConnection connection, String group, List<String> topics, int pollRecords) {
    this.connection = connection;
    this.topics = List.copyOf(topics);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecords);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class.getName(), RangeAssignor.class.getName()));
  }

  /** Makes the topics first if that is allowed. */
  @Override
  public Consumer<byte[], byte[]> get() {
    if (connection.options().topicCreation().isPresent()) {
      topics.forEach(connection::ensure);
    }
    return connection.consumer(settings);
  }
}
