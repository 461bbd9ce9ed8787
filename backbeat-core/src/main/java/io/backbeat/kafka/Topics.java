package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known about topics, for a few seconds; makes those that are missing. Thread-safe. */
final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private static final long FRESH_MILLIS = 5_000;

  /** A topic that was just made is not known to every broker at once. */
  private static final int LOOKS = 20;

  private record Known(TopicLayout layout, long at) {}

  private final KafkaConnection connection;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** Topics whose leaders have answered, so that they can be written to. */
  private final Map<String, TopicLayout> ready = new ConcurrentHashMap<>();

  Topics(KafkaConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Optional<TopicLayout> find(String topic) {
    Known last = known.get(topic);
    if (last != null && Math.abs(clock.millis() - last.at()) < FRESH_MILLIS) {
      return Optional.of(last.layout());
    }
    Optional<TopicLayout> found = look(topic);
    found.ifPresentOrElse(
        layout -> known.put(topic, new Known(layout, clock.millis())), () -> forget(topic));
    return found;
  }

  /** Once seen, a topic is taken to be there until a look finds it gone, or {@link #forget}. */
  TopicLayout ensure(String topic) {
    TopicLayout last = ready.get(topic);
    if (last != null) {
      return last;
    }
    // Whoever made it: that it shows does not mean that its leaders know.
    TopicLayout layout = find(topic).orElseGet(() -> create(topic));
    awaitLeaders(layout);
    ready.put(topic, layout);
    return layout;
  }

  void forget(String topic) {
    known.remove(topic);
    ready.remove(topic);
  }

  private TopicLayout create(String topic) {
    KafkaOptions options = connection.options();
    KafkaOptions.TopicCreation creation =
        options
            .topicCreation()
            .orElseThrow(
                () ->
                    new BackbeatException(
                        ErrorCode.INTERNAL_ERROR,
                        "topic "
                            + topic
                            + " does not exist in Kafka at "
                            + options.bootstrapServers()
                            + ": create it, or allow it to be created with the setting"
                            + " topicCreation"));
    NewTopic wanted =
        new NewTopic(topic, creation.partitions(), (short) creation.replicationFactor())
            .configs(
                Map.of(
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Integer.toString(creation.minInsyncReplicas()),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(options.maxRequestSize())));
    try {
      connection.ask("creating topic " + topic, a -> a.createTopics(List.of(wanted)).all());
      LOG.info("created topic {} with {}", topic, creation);
    } catch (BackbeatException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    for (int i = 0; i < LOOKS; i++) {
      Optional<TopicLayout> made = find(topic);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new BackbeatException(
        ErrorCode.INTERNAL_ERROR, "topic " + topic + " was created and does not show yet");
  }

  /**
   * Asks each leader something that it answers only once it has the partition. A producer that
   * writes earlier can have its first batch refused and its second taken, and then never gets the
   * first one in: the broker checks the sequence only of producers it has seen.
   */
  private void awaitLeaders(TopicLayout made) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    made.partitions()
        .forEach(p -> ends.put(new TopicPartition(made.name(), p.number()), OffsetSpec.latest()));
    connection.ask("waiting for topic " + made.name(), admin -> admin.listOffsets(ends).all());
  }

  private Optional<TopicLayout> look(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      TopicDescription found =
          connection.ask(
              "describing topic " + topic,
              admin -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      Config config =
          connection.ask(
              "describing topic " + topic,
              admin -> admin.describeConfigs(List.of(resource)).values().get(resource));
      return Optional.of(layout(found, config));
    } catch (BackbeatException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static TopicLayout layout(TopicDescription topic, Config config) {
    String minInsync = config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value();
    return new TopicLayout(
        topic.name(),
        topic.topicId().toString(),
        topic.partitions().stream().map(Topics::partition).toList(),
        Integer.parseInt(minInsync));
  }

  private static TopicLayout.Partition partition(TopicPartitionInfo partition) {
    Node leader = partition.leader();
    return new TopicLayout.Partition(
        partition.partition(),
        leader == null || leader.isEmpty() ? OptionalInt.empty() : OptionalInt.of(leader.id()),
        partition.replicas().stream().map(Node::id).toList(),
        partition.isr().stream().map(Node::id).toList());
  }
}
