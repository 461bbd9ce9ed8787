package io.backbeat.kafka;

import io.backbeat.api.BackbeatException;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link TopicReader} does with one consumer. Lives in the reader's thread, as do the calls
 * about partitions that come and go, which the consumer makes while it polls.
 */
final class TopicPolling<T> implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(TopicPolling.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicDecoder<T> decoder;
  private final TopicHandler<T> handler;
  private final QuarantineStore quarantine;
  private final Clock clock;
  private final TopicTally tally;
  private final CountDownLatch closing;
  private final Gather gather;

  /** Behind what is dealt with and not committed yet. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  /** Partitions that may have no committed offset yet. */
  private final Set<TopicPartition> unanchored = new HashSet<>();

  /** Partitions taken away since the last poll for records. */
  private final Set<TopicPartition> gone = new HashSet<>();

  private boolean waiting;

  /** What was to be done failed, which may be due to a record; a consumer's failure never is. */
  private static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StepFailed(RuntimeException cause) {
      super(cause.toString(), cause);
    }
  }

  TopicPolling(
      Consumer<byte[], byte[]> consumer,
      TopicDecoder<T> decoder,
      TopicHandler<T> handler,
      QuarantineStore quarantine,
      Clock clock,
      TopicTally tally,
      CountDownLatch closing,
      Gather gather) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.handler = handler;
    this.quarantine = quarantine;
    this.clock = clock;
    this.tally = tally;
    this.closing = closing;
    this.gather = gather;
  }

  /** One round: poll, handle, commit. */
  void once() {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    if (poll(POLL, records)) {
      pollOn(records);
    }
    anchor();
    if (!records.isEmpty()) {
      deal(records);
    }
    if (!uncommitted.isEmpty()) {
      commit();
    }
    if (uncommitted.isEmpty() && closing.getCount() > 0) {
      tally.well();
    }
  }

  /** Adds what a poll gives; what was read of partitions that it took away is forgotten. */
  private boolean poll(
      Duration wait, Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> into) {
    gone.clear();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
    into.keySet().removeAll(gone);
    gone.clear(); // whatever came, came after they were dealt anew
    for (TopicPartition partition : records.partitions()) {
      into.computeIfAbsent(partition, p -> new ArrayList<>()).addAll(records.records(partition));
    }
    return !records.isEmpty();
  }

  /** Polls on until there is enough for a batch, or the time is over. */
  private void pollOn(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    long end = System.nanoTime() + gather.time().toNanos();
    for (long left = end - System.nanoTime();
        left > 0 && closing.getCount() > 0 && gather.wants(records.values());
        left = end - System.nanoTime()) {
      poll(Duration.ofNanos(left), records);
    }
  }

  /**
   * A partition without a committed offset gets one before anything of it is handled: otherwise a
   * client of another kind that takes over might start at its end.
   */
  private void anchor() {
    if (unanchored.isEmpty()) {
      return;
    }
    try {
      Map<TopicPartition, OffsetAndMetadata> known =
          consumer.committed(unanchored, REQUEST_TIMEOUT);
      Set<TopicPartition> without =
          unanchored.stream().filter(p -> known.get(p) == null).collect(Collectors.toSet());
      if (!without.isEmpty()) {
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        consumer
            .beginningOffsets(without, REQUEST_TIMEOUT)
            .forEach((partition, offset) -> first.put(partition, new OffsetAndMetadata(offset)));
        consumer.commitSync(first, REQUEST_TIMEOUT);
      }
      unanchored.clear();
    } catch (RetriableException | CommitFailedException e) {
      LOG.debug("{} have no committed offset yet: {}", unanchored, e.toString());
    }
  }

  private void deal(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    List<TopicRun<T>> runs = new ArrayList<>();
    Map<TopicPartition, List<QuarantinedEntry>> poison = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    int count = 0;
    for (Map.Entry<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> entry :
        records.entrySet()) {
      TopicPartition partition = entry.getKey();
      List<TopicRecord<T>> read = new ArrayList<>();
      List<QuarantinedEntry> bad = new ArrayList<>();
      List<ConsumerRecord<byte[], byte[]>> sources = entry.getValue();
      count += sources.size();
      sources.forEach(source -> decode(source, read, bad));
      long end = sources.get(sources.size() - 1).offset() + 1;
      ends.put(partition, end);
      poison.put(partition, bad);
      runs.add(new TopicRun<>(partition.topic(), partition.partition(), end, read));
    }
    if (setAside(poison) && handle(runs)) {
      done(count, runs, poison, ends);
    }
  }

  private void decode(
      ConsumerRecord<byte[], byte[]> source,
      List<TopicRecord<T>> read,
      List<QuarantinedEntry> bad) {
    try {
      Optional<T> value = decoder.decode(source);
      value.ifPresent(v -> read.add(new TopicRecord<>(source, v)));
    } catch (RuntimeException e) { // one record must not stop the others, whatever is wrong
      bad.add(TopicRecord.unreadable(source, String.valueOf(e.getMessage()), clock.instant()));
    }
  }

  private boolean setAside(Map<TopicPartition, List<QuarantinedEntry>> poison) {
    return insist(
        () -> {
          List<QuarantinedEntry> entries =
              poison.entrySet().stream()
                  .filter(e -> !gone.contains(e.getKey()))
                  .flatMap(e -> e.getValue().stream())
                  .toList();
          if (!entries.isEmpty()) {
            quarantine.add(entries);
            LOG.warn("{} records set aside; first: {}", entries.size(), entries.get(0).reason());
          }
        });
  }

  private boolean handle(List<TopicRun<T>> runs) {
    try {
      return insist(() -> hand(runs));
    } catch (StepFailed e) {
      LOG.warn("a batch failed and is handled record by record: {}", e.getMessage());
      return handleSingly(runs);
    }
  }

  private void hand(List<TopicRun<T>> runs) {
    List<TopicRun<T>> present =
        runs.stream().filter(r -> !r.records().isEmpty() && !gone.contains(partition(r))).toList();
    if (!present.isEmpty()) {
      handler.handle(present);
    }
  }

  private boolean handleSingly(List<TopicRun<T>> runs) {
    for (TopicRun<T> run : runs) {
      for (TopicRecord<T> one : run.records()) {
        if (!handleAlone(run, one)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean handleAlone(TopicRun<T> run, TopicRecord<T> one) {
    try {
      return insist(() -> hand(List.of(run.only(one))));
    } catch (StepFailed e) {
      LOG.warn("{} cannot be handled", TopicRecord.position(one.source()).value(), e);
      QuarantinedEntry entry =
          TopicRecord.unreadable(one.source(), String.valueOf(e.getMessage()), clock.instant());
      return setAside(Map.of(partition(run), List.of(entry)));
    }
  }

  private void done(
      int records,
      List<TopicRun<T>> runs,
      Map<TopicPartition, List<QuarantinedEntry>> poison,
      Map<TopicPartition, Long> ends) {
    ends.forEach(
        (partition, end) -> {
          if (!gone.contains(partition)) {
            uncommitted.put(partition, new OffsetAndMetadata(end));
          }
        });
    long read = runs.stream().mapToLong(run -> run.records().size()).sum();
    long bad = poison.values().stream().mapToLong(List::size).sum();
    tally.handled(read, records - read - bad, bad);
  }

  /**
   * Does something until it is done. While it waits, it keeps its place in the group and fetches
   * nothing.
   *
   * @return false if the reader is closed before; nothing may be committed then
   * @throws StepFailed if it cannot be done; whatever else is thrown comes from the consumer
   */
  private boolean insist(Runnable step) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        step.run();
        return true;
      } catch (BackbeatException e) {
        if (!e.retryable()) {
          throw new StepFailed(e);
        }
        tally.failed(e);
        if (pause.equals(FIRST_PAUSE)) {
          LOG.warn("waits and tries again until it works: {}", e.getMessage());
        }
      } catch (RuntimeException e) {
        throw new StepFailed(e);
      }
      if (!waitFor(pause)) {
        return false;
      }
      pause = TopicReader.longer(pause);
    }
  }

  private boolean waitFor(Duration pause) {
    waiting = true;
    consumer.pause(consumer.assignment());
    long deadline = System.nanoTime() + pause.toNanos();
    try {
      while (closing.getCount() > 0 && System.nanoTime() < deadline) {
        if (!consumer.poll(POLL).isEmpty()) {
          throw new IllegalStateException("records came of partitions that are paused");
        }
      }
    } finally {
      waiting = false;
      consumer.resume(consumer.assignment());
    }
    return closing.getCount() > 0;
  }

  private void commit() {
    try {
      consumer.commitSync(uncommitted, REQUEST_TIMEOUT);
      tally.committed(uncommitted);
      uncommitted.clear();
    } catch (RetriableException | CommitFailedException e) {
      // Kept for the next round; if the partitions are lost, another reader repeats the records.
      LOG.debug("{} are not committed yet: {}", uncommitted, e.toString());
      tally.failed(e);
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    unanchored.addAll(partitions);
    if (waiting) {
      consumer.pause(partitions);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (!uncommitted.isEmpty()) {
      try {
        commit();
      } catch (KafkaException e) {
        LOG.debug("{} are not committed: {}", uncommitted, e.toString());
      }
    }
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    gone.addAll(partitions);
    unanchored.removeAll(partitions);
    uncommitted.keySet().removeAll(partitions);
    tally.gone(partitions);
  }

  private static <T> TopicPartition partition(TopicRun<T> run) {
    return new TopicPartition(run.topic(), run.partition());
  }
}
