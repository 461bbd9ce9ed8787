package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a consumer group on one topic: joins, finds where each partition begins, and keeps
 * Kafka's exceptions to itself. Owned by one thread, except {@link #wakeup()}.
 */
final class GroupMember {
  private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);

  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(100);

  /** How long to be without partitions before asking whether Kafka is there at all. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

  /** How often to look whether the topic is still the same. */
  private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

  /** Learns of partitions, inside {@link #poll}. */
  interface Listener {
    /** These are ours, to be read from these offsets, which are committed. */
    void assigned(Map<Integer, Long> starts);

    /** These go when this returns; commits are still accepted. */
    void revoked(Collection<Integer> partitions);

    /** These are gone. */
    void lost(Collection<Integer> partitions);

    /** Reading goes on at another offset, because the records in between are gone. */
    void jumped(int partition, long offset);
  }

  private final KafkaConnection connection;
  private final String topic;
  private final String group;
  private final Listener listener;
  private final Set<TopicPartition> unplaced = new HashSet<>();

  /** Those of them whose committed offsets are of a log that is gone. */
  private final Set<TopicPartition> anew = new HashSet<>();

  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile boolean polling;
  private volatile boolean woken;
  private boolean shared;
  private boolean stopped;
  private boolean allAnew;
  private String topicId = "";
  private long lastLook = System.nanoTime();
  private long lastSign = System.nanoTime();

  GroupMember(KafkaConnection connection, String topic, String group, Listener listener) {
    this.connection = connection;
    this.topic = topic;
    this.group = group;
    this.listener = listener;
    this.shared = connection.options().sharedGroups();
  }

  /**
   * Takes part in the group. Whatever may fail comes before fetching, so that no record is fetched
   * and then lost.
   *
   * @param timeout waits at most so long, and at most 100 ms: Kafka does not end a poll for new
   *     partitions, and these are read only once they are placed
   * @param fetch whether records are wanted
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer; a retry may help
   */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout, boolean fetch) {
    Consumer<byte[], byte[]> kafka = joined();
    if (!isSameTopic(kafka)) {
      return ConsumerRecords.empty();
    }
    place(kafka);
    stop(kafka, !fetch);
    polling = true;
    try {
      Duration wait = timeout.compareTo(STEP) < 0 ? timeout : STEP;
      return kafka.poll(woken ? Duration.ZERO : wait);
    } catch (WakeupException e) {
      LOG.trace("woken up");
    } catch (InvalidOffsetException e) {
      goOn(kafka, e);
    } catch (InconsistentGroupProtocolException e) {
      LOG.info("group {} has members of another client; partitions are dealt in its way", group);
      shared = true;
      leave();
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      throw rethrown(e);
    } finally {
      polling = false;
    }
    return ConsumerRecords.empty();
  }

  /** Whether {@link #wakeup} was called since; forgets it. */
  boolean takeWakeup() {
    boolean was = woken;
    woken = false;
    return was;
  }

  /** Ends a poll, or the next one. From any thread. */
  void wakeup() {
    woken = true;
    Consumer<byte[], byte[]> kafka = current;
    if (polling && kafka != null) {
      kafka.wakeup();
    }
  }

  /**
   * Commits offsets.
   *
   * @return false if the group has moved on
   * @throws BackbeatException INTERNAL_ERROR if Kafka does not answer; a retry may help
   */
  boolean commit(Map<TopicPartition, Long> offsets) {
    Consumer<byte[], byte[]> kafka = current;
    if (kafka == null) {
      return false;
    }
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    offsets.forEach((partition, offset) -> all.put(partition, new OffsetAndMetadata(offset)));
    try {
      call(
          "committing offsets of " + group,
          () -> {
            kafka.commitSync(all, CALL);
            return true;
          });
      return true;
    } catch (BackbeatException e) {
      if (e.getCause() instanceof CommitFailedException
          || e.getCause() instanceof RebalanceInProgressException) {
        LOG.debug("{}: the group has moved on: {}", group, e.getMessage());
        return false;
      }
      throw e;
    }
  }

  /** Leaves the group; takes 5 s at most. */
  void close() {
    leave();
  }

  private void leave() {
    Consumer<byte[], byte[]> kafka = current;
    current = null;
    unplaced.clear();
    anew.clear();
    if (kafka == null) {
      return;
    }
    try {
      kafka.close(CloseOptions.timeout(CALL));
    } catch (KafkaException e) {
      LOG.debug("{}: closing: {}", group, e.toString());
    }
  }

  private Consumer<byte[], byte[]> joined() {
    Consumer<byte[], byte[]> open = current;
    if (open != null) {
      return open;
    }
    String id = connection.ensure(topic).id();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            shared
                ? List.of(CooperativeStickyAssignor.class, RangeAssignor.class)
                : List.of(CooperativeStickyAssignor.class));
    Consumer<byte[], byte[]> made = connection.consumer(settings);
    made.subscribe(List.of(topic), new Rebalances());
    stopped = false;
    topicId = topicId.isEmpty() ? id : topicId;
    lastSign = System.nanoTime();
    current = made;
    return made;
  }

  private void stop(Consumer<byte[], byte[]> kafka, boolean stop) {
    if (stop) {
      kafka.pause(kafka.assignment());
    } else if (stopped) {
      Set<TopicPartition> placed = new HashSet<>(kafka.assignment());
      placed.removeAll(unplaced);
      kafka.resume(placed);
    }
    stopped = stop;
  }

  /**
   * Finds where new partitions begin. Not in the callback: what fails here is tried again by the
   * next poll.
   */
  private void place(Consumer<byte[], byte[]> kafka) {
    if (unplaced.isEmpty()) {
      return;
    }
    Set<TopicPartition> placing = Set.copyOf(unplaced);
    Map<TopicPartition, Long> starts = allAnew ? new HashMap<>() : committed(kafka, placing);
    starts.keySet().removeAll(anew);
    Map<TopicPartition, Long> first = firstOffsets(kafka, placing, starts.keySet());
    if (!first.isEmpty() && !commit(first)) {
      return;
    }
    starts.putAll(first);
    starts.forEach(kafka::seek);
    unplaced.removeAll(placing);
    anew.removeAll(placing);
    allAnew = false;
    if (!stopped) {
      kafka.resume(placing);
    }
    Map<Integer, Long> byNumber = new HashMap<>();
    starts.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    listener.assigned(byNumber);
  }

  private Map<TopicPartition, Long> committed(
      Consumer<byte[], byte[]> kafka, Set<TopicPartition> placing) {
    Map<TopicPartition, OffsetAndMetadata> found =
        call("offsets of group " + group, () -> kafka.committed(placing, CALL));
    return new HashMap<>(
        found.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset())));
  }

  private Map<TopicPartition, Long> firstOffsets(
      Consumer<byte[], byte[]> kafka, Set<TopicPartition> placing, Set<TopicPartition> known) {
    Set<TopicPartition> never = new HashSet<>(placing);
    never.removeAll(known);
    if (never.isEmpty()) {
      return Map.of();
    }
    return call("first offsets of " + topic, () -> kafka.beginningOffsets(never, CALL));
  }

  /** Records were removed before they were read, or the topic was made anew. */
  private void goOn(Consumer<byte[], byte[]> kafka, InvalidOffsetException e) {
    if (!(e instanceof OffsetOutOfRangeException out)) {
      return; // partitions that are not placed yet
    }
    Map<TopicPartition, Long> wanted = out.offsetOutOfRangePartitions();
    Map<TopicPartition, Long> first =
        call("first offsets of " + topic, () -> kafka.beginningOffsets(wanted.keySet(), CALL));
    first.forEach(
        (partition, offset) -> {
          long at = wanted.getOrDefault(partition, 0L);
          if (at < offset) {
            kafka.seek(partition, offset);
            listener.jumped(partition.partition(), offset);
            LOG.error(
                "{}: records {} to {} of {} were removed before group {} read them; going on at {}",
                topic,
                at,
                offset - 1,
                partition,
                group,
                offset);
          } else {
            LOG.error(
                "{}: {} ends before {}, where group {} was: its log was made anew; going on at {}",
                topic,
                partition,
                at,
                group,
                offset);
            // What is in hand has offsets of the old log, which must not be committed any more.
            listener.lost(List.of(partition.partition()));
            kafka.pause(List.of(partition));
            kafka.seek(partition, offset);
            unplaced.add(partition);
            anew.add(partition);
          }
        });
  }

  /**
   * Kafka's consumer waits for ever, and silently, for a broker that is away, and goes on in the
   * middle of a topic that was made anew.
   */
  private boolean isSameTopic(Consumer<byte[], byte[]> kafka) {
    long now = System.nanoTime();
    if (now - lastLook < LOOK_NANOS) {
      return true;
    }
    lastLook = now;
    Optional<TopicLayout> found = connection.find(topic);
    if (!kafka.assignment().isEmpty()) {
      lastSign = now;
    } else if (now - lastSign > SILENCE_NANOS && found.isEmpty()) {
      lastSign = now;
      found = Optional.of(connection.ensure(topic));
    }
    if (found.isEmpty() || found.get().id().equals(topicId)) {
      return true;
    }
    LOG.error("{} was made anew; group {} begins at its first record", topic, group);
    topicId = found.get().id();
    allAnew = true;
    listener.lost(kafka.assignment().stream().map(TopicPartition::partition).toList());
    leave();
    return false;
  }

  /** A wake-up meant for a poll may hit any other call; that is simply made again. */
  private <T> T call(String what, Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (WakeupException e) {
        woken = true;
      } catch (KafkaException e) {
        throw KafkaErrors.of(connection.options().bootstrapServers(), what, e);
      }
    }
  }

  private RuntimeException rethrown(KafkaException e) {
    // What the listener threw inside a callback.
    if (e.getCause() instanceof RuntimeException cause && !(cause instanceof KafkaException)) {
      return cause;
    }
    return KafkaErrors.of(connection.options().bootstrapServers(), "reading topic " + topic, e);
  }

  /** Called by Kafka inside poll and close. */
  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      unplaced.addAll(partitions);
      Consumer<byte[], byte[]> kafka = current;
      if (kafka != null) {
        kafka.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      unplaced.removeAll(partitions);
      listener.revoked(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      unplaced.removeAll(partitions);
      listener.lost(numbers(partitions));
    }

    private Collection<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).toList();
    }
  }
}
