package io.backbeat.embedded;

import io.backbeat.job.Job;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionGroup;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.Partitioner;
import io.backbeat.queue.QueueName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Queues in the file. Offsets live in memory too, so that an idle consumer reads nothing. */
final class EmbeddedQueue implements JobQueue {
  private final Writer writer;
  private final Readers readers;
  private final Signal changed = new Signal();
  private final int partitionsPerQueue;
  private final QueueMarkers markers;
  private final Map<QueueName, OpenQueue> queues = new ConcurrentHashMap<>();

  EmbeddedQueue(Writer writer, Readers readers, int partitionsPerQueue) {
    this.writer = writer;
    this.readers = readers;
    this.partitionsPerQueue = partitionsPerQueue;
    this.markers = new QueueMarkers(writer, readers);
    writer.onRollback(
        () -> queues.values().forEach(q -> q.partitions().forEach(QueuePartition::reset)));
  }

  /** A queue, its partitions by number, and the consumers of this process. */
  record OpenQueue(List<QueuePartition> partitions, PartitionGroup group) {}

  @Override
  public void publish(List<Job> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    List<Job> copy = List.copyOf(jobs);
    Map<QueueName, OpenQueue> targets = new HashMap<>();
    copy.forEach(job -> targets.computeIfAbsent(QueueName.of(job), this::open));
    Map<QueuePartition, Long> ends =
        writer.write(
            db -> {
              Map<QueuePartition, Long> written = new HashMap<>();
              for (Job job : copy) {
                List<QueuePartition> partitions =
                    Objects.requireNonNull(targets.get(QueueName.of(job))).partitions();
                int number = Partitioner.partition(job.object().orderingKey(), partitions.size());
                QueuePartition partition = partitions.get(number);
                long offset = partition.takeOffset(db);
                QueueEntryRow.insert(db, partition.entry(offset), job);
                written.put(partition, offset + 1);
              }
              return written;
            });
    ends.forEach((partition, end) -> partition.durable(end, 0));
    changed.raise();
  }

  @Override
  public JobConsumer consumer(QueueName queue) {
    return new EmbeddedConsumer(queue, open(queue), writer, readers, changed);
  }

  @Override
  public List<PartitionLag> lag(QueueName queue) {
    if (!isKnown(queue)) {
      return List.of();
    }
    return open(queue).partitions().stream().map(QueuePartition::lag).toList();
  }

  @Override
  public int partitions(QueueName queue) {
    return open(queue).partitions().size();
  }

  @Override
  public Optional<Instant> oldest(QueueName queue) {
    if (!isKnown(queue)) {
      return Optional.empty();
    }
    List<QueuePartition> partitions = open(queue).partitions();
    return readers
        .read(
            db -> {
              List<Long> firsts = new ArrayList<>();
              for (QueuePartition partition : partitions) {
                firsts.add(partition.oldest(db));
              }
              return firsts;
            })
        .stream()
        .filter(millis -> millis >= 0)
        .min(Long::compare)
        .map(Instant::ofEpochMilli);
  }

  @Override
  public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
    return markers.roundTrip(queue, open(queue).partitions(), atMost);
  }

  private boolean isKnown(QueueName queue) {
    return queues.containsKey(queue) || !readers.read(db -> find(db, queue)).isEmpty();
  }

  /** To be called when the store was opened. */
  void removeLeftMarkers() {
    markers.removeLeft();
  }

  /** A queue; made now if there was none. */
  private OpenQueue open(QueueName name) {
    OpenQueue known = queues.get(name);
    if (known != null) {
      return known;
    }
    List<QueuePartition> partitions = writer.write(db -> load(db, name));
    OpenQueue opened = new OpenQueue(partitions, new PartitionGroup(partitions.size()));
    OpenQueue first = queues.putIfAbsent(name, opened);
    return first == null ? opened : first;
  }

  private List<QueuePartition> load(Db db, QueueName name) throws SQLException {
    List<QueuePartition> partitions = find(db, name);
    if (partitions.isEmpty()) {
      for (int number = 0; number < partitionsPerQueue; number++) {
        db.update(
            "INSERT INTO queue_partition (type, location, number) VALUES (?, ?, ?)",
            name.type().name(),
            name.location().value(),
            number);
      }
      partitions = find(db, name);
    }
    for (QueuePartition partition : partitions) {
      partition.open(db);
    }
    return new ArrayList<>(partitions);
  }

  private static List<QueuePartition> find(Db db, QueueName name) throws SQLException {
    return db.list(
        "SELECT id, number FROM queue_partition WHERE type = ? AND location = ? ORDER BY number",
        row -> new QueuePartition(row.getLong(1), row.getInt(2)),
        name.type().name(),
        name.location().value());
  }
}
