package io.backbeat.kafka;

import io.backbeat.job.Job;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Job queues on Kafka. The queues of one type share a topic, and each location reads all of it in a
 * group of its own, as the original does; so processes of both can share the work, or take it over
 * from each other.
 *
 * <p>Metadata in CloudServer's form travels in the original's messages; what these cannot say is in
 * headers. A message of the original is read like one of ours. A retry for some of the locations of
 * a version carries metadata that names only those, and arrives so.
 *
 * <p>Records of other locations, and markers, count as backlog until a consumer of the queue has
 * skipped them, about a second after it read them. Thread-safe.
 */
public final class KafkaJobQueue implements JobQueue, AutoCloseable {
  private static final Duration LAG_AGE = Duration.ofSeconds(1);
  private static final long MAX_DECODED_BYTES = 32L * 1024 * 1024;

  private final KafkaConnection connection;
  private final ReplicationTopics topics;
  private final boolean ownsConnection;
  private final DecodedRecords decoded = new DecodedRecords(MAX_DECODED_BYTES);
  private final AtomicInteger generations = new AtomicInteger();
  private final GroupLag lag;
  private final RoundTrip roundTrip;

  KafkaJobQueue(
      KafkaConnection connection,
      ReplicationTopics topics,
      Clock clock,
      Duration lagAge,
      boolean ownsConnection) {
    this.connection = connection;
    this.topics = topics;
    this.ownsConnection = ownsConnection;
    this.lag = new GroupLag(connection, clock, lagAge);
    this.roundTrip = new RoundTrip(connection);
  }

  /**
   * Queues with a connection of their own. Does not connect yet.
   *
   * @param clock how old what is known about topics and groups is
   * @throws IllegalStateException if the client library of Kafka is not on the class path; names
   *     what to add
   */
  public static KafkaJobQueue open(KafkaOptions options, ReplicationTopics topics, Clock clock) {
    return new KafkaJobQueue(KafkaConnection.open(options, clock), topics, clock, LAG_AGE, true);
  }

  /** Queues on a connection that stays the caller's to close. */
  public static KafkaJobQueue on(
      KafkaConnection connection, ReplicationTopics topics, Clock clock) {
    return new KafkaJobQueue(connection, topics, clock, LAG_AGE, false);
  }

  @Override
  public void publish(List<Job> jobs) {
    connection.send(RecordCodec.records(connection.options().topicPrefix(), topics, jobs));
  }

  @Override
  public JobConsumer consumer(QueueName queue) {
    return new KafkaJobConsumer(queue, connection, topics, decoded, generations);
  }

  @Override
  public List<PartitionLag> lag(QueueName queue) {
    return lag.of(topic(queue), topics.group(queue));
  }

  @Override
  public int partitions(QueueName queue) {
    Optional<TopicLayout> layout = connection.find(topic(queue));
    return layout
        .map(found -> found.partitions().size())
        .or(() -> connection.options().topicCreation().map(KafkaOptions.TopicCreation::partitions))
        .orElse(1);
  }

  @Override
  public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
    return roundTrip.make(topic(queue), atMost);
  }

  /** How many records were parsed, for all consumers together. */
  long parsed() {
    return decoded.parsed();
  }

  private String topic(QueueName queue) {
    return connection.topic(topics.topic(queue.type()));
  }

  /** Closes the connection if it is the queues' own. Consumers are to be closed before. */
  @Override
  public void close() {
    if (ownsConnection) {
      connection.close();
    }
  }
}
