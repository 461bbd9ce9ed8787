package io.backbeat.kafka;

import io.backbeat.log.QuarantineStore;
import io.backbeat.queue.PartitionLag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as a member of a consumer group: poll, decode, handle, commit, in that order and in
 * one thread of its own. Partitions nobody of the group has read before start at their first
 * record.
 *
 * <p>A store that does not answer makes it try again, with growing pauses, for ever; nothing is
 * committed meanwhile, and its place in the group is kept. A record that nobody can read is set
 * aside with its bytes and the reason, and never stops the others. At most one poll is in memory,
 * or one batch where several polls are gathered.
 *
 * <p>Thread-safe: {@link #start}, {@link #progress} and {@link #close} may be called from any
 * thread.
 *
 * @param <T> what a record is read as
 */
public final class TopicReader<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final List<String> topics;
  private final TopicConsumers consumers;
  private final TopicDecoder<T> decoder;
  private final TopicHandler<T> handler;
  private final QuarantineStore quarantine;
  private final Clock clock;
  private final Gather gather;
  private final TopicTally tally;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread;

  /**
   * Prepares a reader; nothing runs before {@link #start}.
   *
   * @param name what it is called in messages
   * @param topics full names
   * @param consumers makes members of the group
   */
  TopicReader(
      String name,
      List<String> topics,
      TopicConsumers consumers,
      TopicDecoder<T> decoder,
      TopicHandler<T> handler,
      QuarantineStore quarantine,
      Clock clock) {
    this(name, topics, consumers, decoder, handler, quarantine, clock, Gather.NOTHING);
  }

  /** The same, with batches of several polls. */
  TopicReader(
      String name,
      List<String> topics,
      TopicConsumers consumers,
      TopicDecoder<T> decoder,
      TopicHandler<T> handler,
      QuarantineStore quarantine,
      Clock clock,
      Gather gather) {
    this.topics = List.copyOf(topics);
    this.consumers = consumers;
    this.decoder = decoder;
    this.handler = handler;
    this.quarantine = quarantine;
    this.clock = clock;
    this.gather = gather;
    this.tally = new TopicTally(name, clock);
    this.thread = new Thread(this::run, "backbeat-" + name);
    this.thread.setDaemon(true);
  }

  /** Starts to read. Idempotent; without effect once closed. */
  public void start() {
    if (closing.getCount() > 0 && started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  /** Whether it reads: it was started and not closed, and its thread has not ended. */
  public boolean running() {
    return thread.isAlive() && closing.getCount() > 0;
  }

  /** How it gets on. */
  public TopicProgress progress() {
    return tally.progress();
  }

  /**
   * How far the whole group is behind, by topic, each in the order of its partitions.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if Kafka does not answer
   */
  public SortedMap<String, List<PartitionLag>> lag() {
    return consumers.lag(clock);
  }

  /**
   * Stops: what is being handled is finished and committed, within 30 seconds, and the group is
   * left. What waits for a store that does not answer is read again by the next reader. Idempotent.
   */
  @Override
  public void close() {
    closing.countDown();
    if (!started.get()) {
      return;
    }
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
      if (thread.isAlive()) {
        LOG.warn("{} still runs {} after it was told to stop", thread.getName(), CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A consumer that fails for whatever reason is replaced by a new one. */
  private void run() {
    Duration pause = FIRST_PAUSE;
    while (closing.getCount() > 0) {
      long before = tally.progress().handled();
      try {
        readOn();
      } catch (Throwable e) { // an Error too: nobody else would begin again
        LOG.warn("{} begins again: {}", thread.getName(), e.toString());
        LOG.debug("{} was ended by", thread.getName(), e);
        tally.failed(e);
        consumers.gaveUp(e);
        pause = tally.progress().handled() > before ? FIRST_PAUSE : longer(pause);
        waitFor(pause);
      }
    }
  }

  private void readOn() {
    Consumer<byte[], byte[]> consumer = consumers.get();
    try {
      TopicPolling<T> polling =
          new TopicPolling<>(consumer, decoder, handler, quarantine, clock, tally, closing, gather);
      consumer.subscribe(topics, polling);
      while (closing.getCount() > 0) {
        polling.once();
      }
    } finally {
      consumer.close(CloseOptions.timeout(LEAVE_TIMEOUT));
    }
  }

  private void waitFor(Duration pause) {
    try {
      boolean unused = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** The next pause: twice as long, at most ten seconds. */
  static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
