package io.backbeat.kafka;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a reader has done so far. Thread-safe. */
final class TopicTally {
  private final String name;
  private final Clock clock;
  private final SortedMap<String, Long> committed = new TreeMap<>();
  private long handled;
  private long skipped;
  private long quarantined;
  private Optional<String> error = Optional.empty();
  private Instant since;

  TopicTally(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.since = clock.instant();
  }

  synchronized void handled(long records, long meaningless, long setAside) {
    handled += records;
    skipped += meaningless;
    quarantined += setAside;
    since = clock.instant();
  }

  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> committed.put(name(partition), offset.offset()));
  }

  synchronized void gone(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> committed.remove(name(partition)));
  }

  synchronized void failed(Throwable why) {
    error = Optional.of(why.getMessage() == null ? why.toString() : why.getMessage());
  }

  /** Nothing is left to be done again. */
  synchronized void well() {
    error = Optional.empty();
  }

  synchronized TopicProgress progress() {
    return new TopicProgress(name, committed, handled, skipped, quarantined, error, since);
  }

  private static String name(TopicPartition partition) {
    return partition.topic() + '/' + partition.partition();
  }
}
