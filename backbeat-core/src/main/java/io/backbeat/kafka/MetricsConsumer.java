package io.backbeat.kafka;

import io.backbeat.api.ServiceName;
import io.backbeat.log.QuarantineStore;
import io.backbeat.metrics.CountedSources;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;

/** Reads the metrics topic into counters. */
public final class MetricsConsumer {
  /** What the groups of the original's consumers begin with. */
  public static final String GROUP_PREFIX = "backbeat-metrics-group";

  private static final int POLL_RECORDS = 5_000;

  private MetricsConsumer() {}

  /** What the reader is called in messages and in its progress. */
  public static String name(ServiceName service) {
    return "metrics-" + service.wireName();
  }

  /**
   * A reader of the messages of one service, in the group {@code <prefix>-<service>}, not started.
   * Messages of other services and of unknown types are skipped, and counted as such.
   *
   * @param groupPrefix {@link #GROUP_PREFIX} unless configured otherwise
   * @param service {@link ServiceName#REPLICATION} or {@link ServiceName#INGESTION}
   * @param sources counts each message once, also one that is delivered again after a crash
   */
  public static TopicReader<?> create(
      KafkaConnection connection,
      ReplicationTopics topics,
      String groupPrefix,
      ServiceName service,
      CountedSources sources,
      QuarantineStore quarantine,
      Clock clock) {
    List<String> names = List.of(connection.topic(topics.metrics()));
    return new TopicReader<>(
        name(service),
        names,
        new TopicConsumers(connection, groupPrefix + '-' + service.wireName(), names, POLL_RECORDS),
        message -> MetricsMessage.parse(TopicJson.present(message), service, message.timestamp()),
        new MetricsCounting(service, sources, topic -> id(connection, topic), clock),
        quarantine,
        clock);
  }

  private static String id(KafkaConnection connection, String topic) {
    TopicDescription found =
        connection.ask(
            "describing topic " + topic,
            admin -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    return found.topicId().toString();
  }
}
