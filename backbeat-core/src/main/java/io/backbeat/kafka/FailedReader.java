package io.backbeat.kafka;

import io.backbeat.log.QuarantineStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the failed topic. */
public final class FailedReader {
  /** The group of the original's consumers. */
  public static final String GROUP = "backbeat-retry-group";

  /** What the reader is called in messages and in its progress. */
  public static final String NAME = "failed";

  private FailedReader() {}

  /**
   * A reader, not started.
   *
   * @param group which consumers share the topic; {@link #GROUP} unless configured otherwise
   * @param handler takes the notices of a poll, in the order of their partitions, for example
   *     {@link FailedNotices}. What it does about them is durable when it returns; the same may
   *     come again. A retryable {@link io.backbeat.api.BackbeatException} makes them come again
   *     soon
   */
  public static TopicReader<?> create(
      KafkaConnection connection,
      ReplicationTopics topics,
      String group,
      Consumer<List<FailedNotice>> handler,
      QuarantineStore quarantine,
      Clock clock) {
    List<String> names = List.of(connection.topic(topics.failed()));
    TopicHandler<FailedNotice> notices =
        runs ->
            handler.accept(
                runs.stream()
                    .flatMap(run -> run.records().stream())
                    .map(TopicRecord::value)
                    .toList());
    return new TopicReader<>(
        NAME,
        names,
        new TopicConsumers(connection, group, names),
        message -> Optional.of(FailedMessage.parse(TopicJson.present(message))),
        notices,
        quarantine,
        clock);
  }
}
