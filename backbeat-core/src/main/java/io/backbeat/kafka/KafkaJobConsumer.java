package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one queue from its topic, as a member of the queue's group. The thread that polls owns
 * everything.
 *
 * <p>What was fetched and did not fit into a poll stays here; nothing is fetched before it is
 * delivered, so it is never more than one fetch.
 */
final class KafkaJobConsumer implements JobConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaJobConsumer.class);

  /** How often the group hears of a consumer that has enough to deliver. */
  private static final long KEEP_ALIVE_NANOS = Duration.ofMillis(500).toNanos();

  /** How often what was only skipped is committed. */
  private static final long SKIPPED_NANOS = Duration.ofSeconds(1).toNanos();

  private static final AssignmentListener NOBODY =
      new AssignmentListener() {
        @Override
        public void assigned(Set<Integer> partitions, int generation) {}

        @Override
        public void revoked(Set<Integer> partitions) {}
      };

  private final QueueName name;
  private final GroupMember member;
  private final DecodedRecords decoded;
  private final AtomicInteger generations;
  private final String topic;
  private final TreeMap<Integer, PartitionCursor> cursors = new TreeMap<>();

  private AssignmentListener listener = NOBODY;
  private int turn;
  private boolean paused;
  private boolean closed;
  private long lastFetch = System.nanoTime();
  private long lastSkipped = System.nanoTime();

  /**
   * A consumer; it joins the group with its first poll.
   *
   * @param generations gives each assignment of this process its number
   */
  KafkaJobConsumer(
      QueueName name,
      KafkaConnection connection,
      ReplicationTopics topics,
      DecodedRecords decoded,
      AtomicInteger generations) {
    this.name = name;
    this.topic = connection.topic(topics.topic(name.type()));
    this.member = new GroupMember(connection, topic, topics.group(name), new Rebalances());
    this.decoded = decoded;
    this.generations = generations;
    decoded.joined(topic);
  }

  @Override
  public void listener(AssignmentListener learns) {
    if (listener != NOBODY) {
      throw new IllegalStateException("the consumer of " + name + " has a listener already");
    }
    listener = Objects.requireNonNull(learns, "listener");
  }

  @Override
  public List<Delivery> poll(int maxJobs, Duration timeout) {
    if (maxJobs < 0) {
      throw new IllegalArgumentException("maxJobs must be >= 0, was " + maxJobs);
    }
    if (closed) {
      throw new IllegalStateException("the consumer of " + name + " is closed");
    }
    if (paused || maxJobs == 0) {
      fetch(Duration.ZERO, false);
      return List.of();
    }
    if (!allDelivered() && System.nanoTime() - lastFetch >= KEEP_ALIVE_NANOS) {
      fetch(Duration.ZERO, false);
    }
    // Before anything is taken for delivery: it may fail.
    commitSkipped();
    long deadline = System.nanoTime() + nanos(timeout);
    List<Delivery> deliveries = deliver(maxJobs);
    boolean first = true;
    while (deliveries.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (!first && (left <= 0 || member.takeWakeup() || Thread.currentThread().isInterrupted())) {
        break;
      }
      first = false;
      fetch(Duration.ofNanos(Math.max(0, left)), true);
      deliveries = deliver(maxJobs);
    }
    return deliveries;
  }

  private static long nanos(Duration timeout) {
    Duration limit = Duration.ofDays(1);
    return timeout.compareTo(limit) < 0 ? Math.max(0, timeout.toNanos()) : limit.toNanos();
  }

  /** Takes part in the group, and fetches if more is wanted. */
  private void fetch(Duration timeout, boolean more) {
    lastFetch = System.nanoTime();
    ConsumerRecords<byte[], byte[]> records = member.poll(timeout, more);
    for (TopicPartition partition : records.partitions()) {
      PartitionCursor cursor = cursors.get(partition.partition());
      if (cursor != null) {
        cursor.add(records.records(partition));
      }
    }
  }

  private boolean allDelivered() {
    return cursors.values().stream().allMatch(PartitionCursor::isEmpty);
  }

  /** Each time begins with another partition, so that none starves. */
  private List<Delivery> deliver(int maxJobs) {
    List<Delivery> deliveries = new ArrayList<>();
    List<PartitionCursor> order = new ArrayList<>(cursors.values());
    turn++;
    for (int i = 0; i < order.size() && deliveries.size() < maxJobs; i++) {
      order
          .get(Math.floorMod(turn + i, order.size()))
          .deliver(name, this::decode, maxJobs - deliveries.size(), deliveries);
    }
    return deliveries;
  }

  private Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    return decoded.decode(name.type(), record);
  }

  @Override
  public boolean commit(int partition, long nextOffset, int generation) {
    PartitionCursor cursor = cursors.get(partition);
    if (cursor == null || cursor.generation() != generation) {
      return false;
    }
    long offset = cursor.committable(nextOffset);
    if (cursor.isCommitted(offset)) {
      return true;
    }
    if (!member.commit(Map.of(new TopicPartition(topic, partition), offset))) {
      return false;
    }
    cursor.committed(offset);
    return true;
  }

  /** So that records of others do not count as backlog for ever. */
  private void commitSkipped() {
    if (System.nanoTime() - lastSkipped < SKIPPED_NANOS) {
      return;
    }
    lastSkipped = System.nanoTime();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    cursors.forEach(
        (partition, cursor) -> {
          OptionalLong skipped = cursor.skipped();
          skipped.ifPresent(to -> offsets.put(new TopicPartition(topic, partition), to));
        });
    if (!offsets.isEmpty() && member.commit(offsets)) {
      offsets.forEach(
          (partition, offset) -> {
            PartitionCursor cursor = cursors.get(partition.partition());
            if (cursor != null) {
              cursor.committed(offset);
            }
          });
    }
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void wakeup() {
    member.wakeup();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    decoded.left(topic);
    try {
      giveBack(new TreeSet<>(cursors.keySet()));
    } finally {
      member.close();
    }
  }

  private void giveBack(Set<Integer> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    try {
      listener.revoked(partitions);
      lastSkipped = System.nanoTime() - SKIPPED_NANOS;
      commitSkipped();
    } catch (BackbeatException e) {
      LOG.warn("{}: could not commit partitions {}: {}", name, partitions, e.getMessage());
    } finally {
      cursors.keySet().removeAll(partitions);
    }
  }

  /** Called by the member inside poll. */
  private final class Rebalances implements GroupMember.Listener {
    @Override
    public void assigned(Map<Integer, Long> starts) {
      int generation = generations.incrementAndGet();
      starts.forEach((p, start) -> cursors.put(p, new PartitionCursor(p, generation, start)));
      listener.assigned(Set.copyOf(starts.keySet()), generation);
    }

    @Override
    public void revoked(Collection<Integer> partitions) {
      giveBack(ours(partitions));
    }

    /** Someone else may have them already: nothing of them can be committed any more. */
    @Override
    public void lost(Collection<Integer> partitions) {
      Set<Integer> lost = ours(partitions);
      if (!lost.isEmpty()) {
        LOG.warn("{}: the group took partitions {} away", name, lost);
        cursors.keySet().removeAll(lost);
        listener.revoked(lost);
      }
    }

    @Override
    public void jumped(int partition, long offset) {
      PartitionCursor cursor = cursors.get(partition);
      if (cursor != null) {
        cursor.jump(offset);
      }
    }

    private Set<Integer> ours(Collection<Integer> partitions) {
      Set<Integer> ours = new TreeSet<>(partitions);
      ours.retainAll(cursors.keySet());
      return ours;
    }
  }
}
