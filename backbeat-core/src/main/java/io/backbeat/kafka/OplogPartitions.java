package io.backbeat.kafka;

import io.backbeat.log.LostRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of the log that one consumer has at the moment, where it stands in each, and what
 * it has fetched and not handed out. For one thread at a time; partitions come and go while it
 * polls.
 *
 * <p>A partition that comes starts where the group has committed; where it has not, at the place
 * asked for; and else at its first record.
 */
final class OplogPartitions implements ConsumerRebalanceListener {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final int LOST_RANGES = 100;

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  /** The offset of the next record to hand out. */
  private final Map<Integer, Long> standing = new HashMap<>();

  /** Where each began when it came. */
  private final Map<Integer, Long> base = new HashMap<>();

  /**
   * What was asked for when a partition came, and not given because the group knew better. Asked
   * again with the same, nothing was handed out since.
   */
  private final Map<Integer, Long> outdated = new HashMap<>();

  private final List<LostRange> lost;
  private OplogOffsets asked = OplogOffsets.of(Map.of());

  /**
   * Knows no partition yet.
   *
   * @param before what was lost before
   */
  OplogPartitions(
      String topic, Consumer<byte[], byte[]> consumer, List<LostRange> before, Clock clock) {
    this.topic = topic;
    this.consumer = consumer;
    this.lost = new ArrayList<>(before);
    this.clock = clock;
  }

  /** Goes to where a caller wants to read on. */
  void seek(OplogOffsets from) {
    asked = from;
    for (Integer partition : List.copyOf(standing.keySet())) {
      @Nullable Long wanted = from.next().get(partition);
      if (wanted == null || Objects.equals(wanted, outdated.get(partition))) {
        wanted = Objects.requireNonNull(base.get(partition), "base");
      }
      if (!wanted.equals(standing.get(partition))) {
        consumer.seek(partition(partition), wanted);
        fetched.removeIf(message -> message.partition() == partition);
        standing.put(partition, wanted);
      }
    }
  }

  /** Fetches more. */
  void poll(Duration wait) {
    consumer.poll(wait).forEach(fetched::add);
  }

  boolean isEmpty() {
    return fetched.isEmpty();
  }

  int size() {
    return fetched.size();
  }

  /** Hands out the next record. */
  ConsumerRecord<byte[], byte[]> take() {
    ConsumerRecord<byte[], byte[]> message = fetched.removeFirst();
    standing.put(message.partition(), message.offset() + 1);
    outdated.clear();
    return message;
  }

  /** Behind what was handed out. */
  OplogOffsets standing() {
    return OplogOffsets.of(standing);
  }

  /** Parts that were deleted before anybody of the group had read them. */
  List<LostRange> lost() {
    return List.copyOf(lost);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Set<TopicPartition> assigned = new HashSet<>(partitions);
    if (assigned.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(assigned, REQUEST_TIMEOUT);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(assigned, REQUEST_TIMEOUT);
    for (TopicPartition partition : assigned) {
      int number = partition.partition();
      @Nullable OffsetAndMetadata known = committed.get(partition);
      @Nullable Long wanted = asked.next().get(number);
      if (known != null && wanted != null) {
        outdated.put(number, wanted);
      }
      if (known == null && wanted != null) {
        consumer.seek(partition, wanted);
      }
      noteLoss(partition, known == null ? wanted : Long.valueOf(known.offset()), first);
      long start = consumer.position(partition, REQUEST_TIMEOUT);
      standing.put(number, start);
      base.put(number, start);
    }
  }

  private void noteLoss(
      TopicPartition partition, @Nullable Long known, Map<TopicPartition, Long> first) {
    long begins = Objects.requireNonNullElse(first.get(partition), 0L);
    if (known != null && known < begins && lost.size() < LOST_RANGES) {
      lost.add(
          new LostRange(
              Instant.EPOCH,
              clock.instant(),
              false,
              "records "
                  + known
                  + " to "
                  + (begins - 1)
                  + " of "
                  + partition
                  + " were deleted before they were read: raise retention.ms of the topic, and"
                  + " list the buckets again"));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      int number = partition.partition();
      standing.remove(number);
      base.remove(number);
      outdated.remove(number);
      fetched.removeIf(message -> message.partition() == number);
    }
  }

  private TopicPartition partition(int number) {
    return new TopicPartition(topic, number);
  }
}
