package io.backbeat.kafka;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where one consumer is in one partition, in one assignment: what was fetched and not looked at
 * yet, what was delivered and not committed yet. Bookkeeping only; owned by the consumer's thread.
 */
final class PartitionCursor {
  private static final byte[] NOTHING = {};

  private final int partition;
  private final int generation;
  private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
  private final Deque<Long> delivered = new ArrayDeque<>();

  /** Everything before it was delivered or skipped. */
  private long position;

  private long committed;

  PartitionCursor(int partition, int generation, long start) {
    this.partition = partition;
    this.generation = generation;
    this.position = start;
    this.committed = start;
  }

  int generation() {
    return generation;
  }

  boolean isEmpty() {
    return fetched.isEmpty();
  }

  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    fetched.addAll(records);
  }

  /**
   * Reading goes on there, whatever was fetched; what was delivered before counts as dealt with.
   */
  void jump(long offset) {
    fetched.clear();
    delivered.clear();
    position = offset;
    committed = Math.min(committed, offset);
  }

  /**
   * Moves what concerns a queue from the fetched records to the deliveries, and skips the rest.
   *
   * @param limit at most so many
   */
  void deliver(
      QueueName queue,
      Function<ConsumerRecord<byte[], byte[]>, Decoded> decoder,
      int limit,
      List<Delivery> into) {
    int room = limit;
    while (room > 0 && !fetched.isEmpty()) {
      ConsumerRecord<byte[], byte[]> record = fetched.element();
      if (record.offset() < position) {
        fetched.remove();
        continue;
      }
      Optional<Delivery> delivery = delivery(queue, decoder.apply(record), record);
      fetched.remove(); // not before: an error of the decoder must not lose it
      if (delivery.isPresent()) {
        delivered.add(record.offset());
        into.add(delivery.get());
        room--;
      }
      position = record.offset() + 1;
    }
  }

  private Optional<Delivery> delivery(
      QueueName queue, Decoded decoded, ConsumerRecord<byte[], byte[]> record) {
    if (decoded instanceof Decoded.Jobs jobs) {
      Optional<Job> job = jobs.in(queue);
      return job.map(j -> new Delivery.OfJob(j, partition, record.offset(), generation));
    }
    Decoded.Unreadable bad = (Decoded.Unreadable) decoded;
    byte[] value = record.value() == null ? NOTHING : record.value();
    return bad.concerns(queue)
        ? Optional.of(
            new Delivery.Unreadable(value, bad.reason(), partition, record.offset(), generation))
        : Optional.empty();
  }

  /**
   * The offset to commit when everything delivered before {@code next} is dealt with: that of the
   * first delivery that is not, or behind everything that was skipped since.
   */
  long committable(long next) {
    while (!delivered.isEmpty() && delivered.element() < next) {
      delivered.remove();
    }
    position = Math.max(position, next);
    return delivered.isEmpty() ? position : delivered.element();
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  boolean isCommitted(long offset) {
    return offset <= committed;
  }

  /** The offset to commit when nothing is in hand and records were skipped. */
  OptionalLong skipped() {
    return delivered.isEmpty() && position > committed
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }
}
