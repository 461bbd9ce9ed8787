package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.TimeHistogram;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Counts through the metrics topic: whichever process reads it, ours or the original's, adds it to
 * the counters. Reading goes to a store given. Thread-safe if that is.
 *
 * <p>What was queued, completed and failed becomes one message of that type per location; what is
 * then left of the change of the pending gauges becomes {@code pendingOnly}; bytes of single
 * objects become {@code queued} and {@code completed} messages that name the object. Read back by
 * {@link MetricsConsumer}, they come to the same changes. Lifecycle, which the topic does not know,
 * is not counted.
 */
public final class MetricsPublisher implements CounterStore {
  private final KafkaConnection connection;
  private final String topic;
  private final CounterStore reading;

  /**
   * Publishes through a connection that stays the caller's to close.
   *
   * @param reading where {@link #gauges}, {@link #series} and times are read, and times are added
   */
  public MetricsPublisher(
      KafkaConnection connection, ReplicationTopics topics, CounterStore reading) {
    this.connection = connection;
    this.topic = connection.topic(topics.metrics());
    this.reading = reading;
  }

  /** {@inheritDoc} On all in-sync replicas on return. */
  @Override
  public void add(Map<CounterKey, Long> deltas, Instant at) {
    List<ProducerRecord<byte[], byte[]>> records =
        MetricsMessages.of(deltas, at).stream()
            .map(message -> new ProducerRecord<byte[], byte[]>(topic, message.toJson()))
            .toList();
    if (!records.isEmpty()) {
      connection.send(records);
    }
  }

  @Override
  public List<Long> gauges(List<CounterKey> keys) {
    return reading.gauges(keys);
  }

  @Override
  public List<long[]> series(List<CounterKey> keys, Instant now, int intervals) {
    return reading.series(keys, now, intervals);
  }

  /** {@inheritDoc} Straight to the store that is read: the topic has no message for times. */
  @Override
  public void addTimes(Map<LocationName, TimeHistogram> times, Instant at) {
    reading.addTimes(times, at);
  }

  @Override
  public List<TimeHistogram> times(List<LocationName> locations, Instant now, int intervals) {
    return reading.times(locations, now, intervals);
  }
}
