package io.backbeat.kafka;

import java.util.List;

/**
 * Records of one partition that follow each other.
 *
 * @param topic whose
 * @param partition its number
 * @param to the offset behind the last record read, also those that mean nothing
 * @param records in order
 */
record TopicRun<T>(String topic, int partition, long to, List<TopicRecord<T>> records) {
  /** Copies the list. */
  TopicRun {
    records = List.copyOf(records);
  }

  /** One of the records alone. */
  TopicRun<T> only(TopicRecord<T> one) {
    return new TopicRun<>(topic, partition, one.offset() + 1, List.of(one));
  }
}
