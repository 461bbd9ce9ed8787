package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.CountedSources;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Adds a poll of metrics messages to the counters, each partition at once, and each message once
 * however often it comes. A partition is a source by its topic, its number and the identity of the
 * topic: a topic that was deleted and made again begins at offset 0.
 */
final class MetricsCounting implements TopicHandler<MetricsMessage> {
  /** Somebody else may count the same partition while it changes hands, but not for long. */
  private static final int TRIES = 5;

  private final ServiceName service;
  private final CountedSources sources;
  private final UnaryOperator<String> topicIds;
  private final Clock clock;

  /** Where we believe each source is counted. */
  private final Map<String, Long> counted = new HashMap<>();

  /** Names of sources by topic and partition. */
  private final Map<String, String> names = new HashMap<>();

  MetricsCounting(
      ServiceName service, CountedSources sources, UnaryOperator<String> topicIds, Clock clock) {
    this.service = service;
    this.sources = sources;
    this.topicIds = topicIds;
    this.clock = clock;
  }

  @Override
  public void handle(List<TopicRun<MetricsMessage>> runs) {
    runs.forEach(this::count);
  }

  private void count(TopicRun<MetricsMessage> run) {
    String partition = run.topic() + '/' + run.partition();
    for (int i = 0; i < TRIES; i++) {
      if (counted(partition, run)) {
        return;
      }
      counted.remove(partition);
    }
    throw new BackbeatException(
        ErrorCode.CONFLICT, "another process counts partition " + partition + " at the same time");
  }

  /** False if the source is counted up to another offset than we believed. */
  private boolean counted(String partition, TopicRun<MetricsMessage> run) {
    Long believed = counted.remove(partition);
    if (believed == null || run.records().get(0).offset() < believed) {
      names.put(partition, partition + '/' + topicIds.apply(run.topic()));
      believed = sources.counted(source(partition));
    }
    if (believed < run.to()) {
      MetricsSums sums = new MetricsSums(service, clock.instant());
      for (TopicRecord<MetricsMessage> message : run.records()) {
        if (message.offset() >= believed) {
          sums.add(message.value());
        }
      }
      if (!sources.add(source(partition), believed, run.to(), sums.deltas())) {
        return false;
      }
    }
    // Only what is known for sure: after an exception it is asked again.
    counted.put(partition, Math.max(believed, run.to()));
    return true;
  }

  private String source(String partition) {
    return names.getOrDefault(partition, partition);
  }
}
