package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LostRange;
import io.backbeat.log.MetadataLog;
import io.backbeat.log.QuarantinedEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The metadata log that Kafka Connect writes to a topic: change-stream documents of MongoDB, in the
 * order of each object ({@link OplogDocument} says what becomes of them).
 *
 * <p>Several populators share the topic as members of one group, the original's among them: who
 * reads which partition is the group's business, and a partition that comes starts where the group
 * has committed. {@link OplogPositions} commits. A position speaks of the partitions this process
 * had when it was given; those it has lost since are ignored.
 *
 * <p>Thread-safe; {@link #read} and commits wait for each other.
 */
public final class OplogTopic implements MetadataLog {
  /** The name of the topic unless configured otherwise. The prefix of topics does not apply. */
  public static final String TOPIC = "backbeat-oplog";

  /** The group of populators unless configured otherwise. */
  public static final String GROUP = "backbeat-qp-oplog-group";

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);
  private static final int POLL_RECORDS = 2_000;

  private final KafkaConnection connection;
  private final String topic;
  private final String group;
  private final TopicConsumers consumers;
  private final Clock clock;
  private final Object lock = new Object();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable OplogPartitions partitions;
  private volatile List<LostRange> lost = List.of();
  private boolean closed;

  /**
   * Prepares the log; joins the group with the first {@link #read}.
   *
   * @param topic full name
   * @param group which populators share the topic
   */
  public OplogTopic(KafkaConnection connection, String topic, String group, Clock clock) {
    this.connection = connection;
    this.topic = topic;
    this.group = group;
    this.consumers = new TopicConsumers(connection, group, List.of(topic), POLL_RECORDS);
    this.clock = clock;
  }

  /** The name of the topic. */
  @Override
  public String name() {
    return topic;
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    OplogOffsets offsets = OplogOffsets.parse(from);
    synchronized (lock) {
      OplogPartitions current = open();
      try {
        current.seek(offsets);
        fetch(current, maxEntries, wait);
        lost = current.lost();
        return batch(current, maxEntries);
      } catch (KafkaException e) {
        consumers.gaveUp(e);
        leave();
        throw failed("reading topic " + topic, e);
      }
    }
  }

  private static void fetch(OplogPartitions current, int maxEntries, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (current.isEmpty()) {
      long left = Math.max(0, deadline - System.nanoTime());
      current.poll(left > LONGEST_POLL.toNanos() ? LONGEST_POLL : Duration.ofNanos(left));
      if (left == 0) {
        return;
      }
    }
    int before = -1;
    while (current.size() < maxEntries && current.size() > before) {
      before = current.size();
      current.poll(Duration.ZERO);
    }
  }

  private LogBatch batch(OplogPartitions current, int maxEntries) {
    List<LogEntry> entries = new ArrayList<>();
    List<QuarantinedEntry> unreadable = new ArrayList<>();
    for (int i = 0; i < maxEntries && !current.isEmpty(); i++) {
      ConsumerRecord<byte[], byte[]> message = current.take();
      try {
        entries.add(entry(message));
      } catch (RuntimeException e) { // one record must not stop the log, whatever is wrong
        unreadable.add(
            TopicRecord.unreadable(message, String.valueOf(e.getMessage()), clock.instant()));
      }
    }
    return new LogBatch(entries, unreadable, current.standing().position());
  }

  /**
   * A record without a value, the mark behind a deletion in a compacted topic, is an entry too: a
   * batch of nothing would never get past it.
   */
  private static LogEntry entry(ConsumerRecord<byte[], byte[]> message) {
    byte @Nullable [] value = message.value();
    LogPosition position = TopicRecord.position(message);
    Instant recorded = Instant.ofEpochMilli(Math.max(0, message.timestamp()));
    return value == null || value.length == 0
        ? new LogEntry(position, LogEntry.Operation.OTHER, "", "", new byte[0], recorded)
        : OplogDocument.parse(value, position, recorded);
  }

  /** {@inheritDoc} Of a position: in the partitions it speaks of; from the beginning: in all. */
  @Override
  public long lag(LogPosition from) {
    Map<Integer, Long> next = new HashMap<>(OplogOffsets.parse(from).next());
    if (next.isEmpty()) {
      offsets(partitionNumbers(), OffsetSpec.earliest()).forEach(next::put);
    }
    long lag = 0;
    for (Map.Entry<Integer, Long> end :
        offsets(List.copyOf(next.keySet()), OffsetSpec.latest()).entrySet()) {
      lag += Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L));
    }
    return lag;
  }

  @Override
  public List<LostRange> lost() {
    return lost;
  }

  /** Where the group stands; empty if it has committed nothing. */
  Optional<LogPosition> committed() {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        connection.ask(
            "looking up group " + group,
            admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<Integer, Long> next = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topic) && offset != null) {
            next.put(partition.partition(), offset.offset());
          }
        });
    return next.isEmpty() ? Optional.empty() : Optional.of(OplogOffsets.of(next).position());
  }

  /** Commits for the partitions this process has. */
  void commit(LogPosition position) {
    OplogOffsets offsets = OplogOffsets.parse(position);
    synchronized (lock) {
      Consumer<byte[], byte[]> current = consumer;
      if (current == null) {
        throw new BackbeatException(
            ErrorCode.INTERNAL_ERROR,
            "topic " + topic + " has no reader in this process; read on and save again");
      }
      Map<TopicPartition, OffsetAndMetadata> mine = new HashMap<>();
      for (TopicPartition partition : current.assignment()) {
        Long next = offsets.next().get(partition.partition());
        if (next != null) {
          mine.put(partition, new OffsetAndMetadata(next));
        }
      }
      try {
        if (!mine.isEmpty()) {
          current.commitSync(mine, REQUEST_TIMEOUT);
        }
      } catch (KafkaException e) {
        throw failed("committing offsets of topic " + topic, e);
      }
    }
  }

  private OplogPartitions open() {
    if (closed) {
      throw new BackbeatException(ErrorCode.NOT_RUNNING, "the log " + topic + " is closed");
    }
    if (partitions == null) {
      Consumer<byte[], byte[]> joined = consumers.get();
      OplogPartitions mine = new OplogPartitions(topic, joined, lost, clock);
      joined.subscribe(List.of(topic), mine);
      consumer = joined;
      partitions = mine;
    }
    return partitions;
  }

  private Map<Integer, Long> offsets(List<Integer> numbers, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    numbers.forEach(number -> asked.put(new TopicPartition(topic, number), spec));
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        connection.ask("looking up offsets of topic " + topic, a -> a.listOffsets(asked).all());
    Map<Integer, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    return offsets;
  }

  private List<Integer> partitionNumbers() {
    return connection.find(topic).stream()
        .flatMap(layout -> layout.partitions().stream())
        .map(TopicLayout.Partition::number)
        .toList();
  }

  private BackbeatException failed(String what, KafkaException e) {
    return KafkaErrors.of(connection.options().bootstrapServers(), what, e);
  }

  private void leave() {
    Consumer<byte[], byte[]> current = consumer;
    consumer = null;
    partitions = null;
    if (current != null) {
      current.close(CloseOptions.timeout(REQUEST_TIMEOUT));
    }
  }

  /** Leaves the group. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      leave();
    }
  }
}
