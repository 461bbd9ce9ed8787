package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import io.backbeat.status.CompletionPlanner;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusProcessor;
import io.backbeat.status.TrackedStatus;
import io.backbeat.task.CircuitBreaker;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.Metadata;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a cluster, and with records; each ends with every job done, in order. */
@Timeout(90)
class KafkaFaultsTest {
  private static final QueueName PARIS =
      new QueueName(JobType.REPLICATION, LocationName.of("paris"));
  private static final QueueName ROME = new QueueName(JobType.REPLICATION, LocationName.of("rome"));
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path directory;
  static KafkaCluster cluster;

  private final KafkaTopicsOfTest fresh = new KafkaTopicsOfTest();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    cluster = KafkaCluster.start(directory, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  // The cluster

  @Test
  void a_broker_that_restarts_under_load_loses_nothing_and_keeps_the_order() {
    KafkaConnection connection = connection(2);
    KafkaJobQueue queue = queue(connection);
    queue.publish(jobs(0, 100));
    Workers workers = new Workers(queue, PARIS);
    open.add(workers);
    workers.add();
    await().atMost(PATIENCE).until(() -> workers.done().size() > 20);

    cluster.stopBroker(1);
    cluster.startBroker(1);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(BackbeatException.class)
        .until(
            () -> {
              queue.publish(jobs(100, 200));
              return true;
            });

    workers.awaitInOrder(200, PATIENCE);
  }

  @Test
  void a_leader_that_moves_in_a_cluster_of_three_loses_nothing(@TempDir Path three) {
    try (KafkaCluster brokers = KafkaCluster.start(three, 3)) {
      KafkaConnection connection =
          opened(KafkaConnection.open(fresh.options(brokers.servers(), 3, 3), Clock.systemUTC()));
      KafkaJobQueue queue = queue(connection);
      queue.publish(jobs(0, 150));
      try (Workers workers = new Workers(queue, PARIS)) {
        workers.add();
        await().atMost(PATIENCE).until(() -> workers.done().size() > 20);
        brokers.stopBroker(3);
        queue.publish(jobs(150, 300));
        brokers.startBroker(3);
        workers.awaitInOrder(300, PATIENCE);
      }
      connection.close();
    }
  }

  @Test
  void queues_can_be_opened_before_there_is_a_broker_and_work_once_it_is_there(
      @TempDir Path later) {
    try (KafkaCluster away = KafkaCluster.start(later, 1)) {
      away.stopBroker(1);
      KafkaOptions options = fresh.options(away.servers(), 1);
      KafkaConnection connection =
          opened(
              KafkaConnection.open(
                  options.withProperties(
                      Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "400")),
                  Clock.systemUTC()));
      KafkaJobQueue queue = queue(connection);
      JobConsumer consumer = opened(queue.consumer(PARIS));
      assertThatThrownBy(() -> queue.publish(jobs(0, 1)))
          .isInstanceOfSatisfying(BackbeatException.class, e -> assertThat(e.retryable()).isTrue())
          .hasMessageContaining("Kafka at " + away.servers() + " does not answer");
      assertThatThrownBy(() -> consumer.poll(1, Duration.ZERO))
          .isInstanceOf(BackbeatException.class);
      assertThatThrownBy(() -> queue.lag(PARIS)).isInstanceOf(BackbeatException.class);

      away.startBroker(1);
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(BackbeatException.class)
          .until(
              () -> {
                queue.publish(jobs(0, 1));
                return true;
              });
      assertThat(read(consumer, 1)).hasSize(1);
      closeNow(consumer);
      connection.close();
    }
  }

  @Test
  void a_missing_topic_that_must_not_be_made_is_named_with_the_setting() {
    KafkaOptions strict = KafkaOptions.of(cluster.servers()).withTopicPrefix("none.");
    KafkaJobQueue queue = queue(opened(KafkaConnection.open(strict, Clock.systemUTC())));
    assertThatThrownBy(() -> queue.publish(jobs(0, 1)))
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("none.backbeat-replication")
        .hasMessageContaining("topicCreation");
    assertThat(queue.lag(PARIS)).isEmpty();
  }

  // Consumers

  @Test
  void what_a_consumer_that_died_had_not_committed_goes_to_another() {
    KafkaJobQueue queue = queue(connection(2));
    queue.publish(jobs(0, 60));
    JobConsumer dying = opened(queue.consumer(PARIS));
    List<Delivery.OfJob> first = read(dying, 60);
    Delivery.OfJob last = first.get(20);
    dying.commit(last.partition(), last.offset(), last.generation());
    closeNow(dying);

    Workers workers = new Workers(queue, PARIS);
    open.add(workers);
    first.subList(0, 20).forEach(d -> workers.note(d.job()));
    workers.add();
    workers.awaitAll(60, PATIENCE);
  }

  @Test
  void consumers_that_come_and_go_while_work_is_slow_do_every_job_in_order() {
    KafkaJobQueue queue = queue(connection(4));
    queue.publish(jobs(0, 400));
    Workers workers = new Workers(queue, PARIS);
    open.add(workers);
    workers.add();
    for (int round = 0; round < 4; round++) {
      int seen = workers.done().size();
      workers.add();
      await().atMost(PATIENCE).until(() -> workers.done().size() >= Math.min(400, seen + 40));
      workers.removeOldest();
      workers.add();
    }
    workers.awaitInOrder(400, PATIENCE);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(queue.lag(PARIS)).extracting(PartitionLag::records).containsOnly(0L));
  }

  /** With everything around a consumer: workers, settling, commits, and draining on a hand-over. */
  @Test
  void processors_that_come_and_go_complete_every_job_each_key_in_order() throws Exception {
    KafkaJobQueue queue = queue(connection(4));
    InMemoryStores stores = new InMemoryStores(Clock.systemUTC(), 1);
    Map<String, Metadata> objects = new TreeMap<>();
    List<Job> published = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Metadata object = Metadata.pending("bucket", "k" + i % 30, "paris").version(i);
      stores.journal().append(List.of(object.put()));
      TrackedStatus status = stores.statuses().find(Set.of(object.object())).get(object.object());
      Job job =
          Jobs.aJob().object(object.object()).revision(status.revision()).payload("{}").build();
      objects.put(job.revision(), object);
      published.add(job);
    }
    stores.failedJobs().record(published.stream().map(LedgerEntry::queued).toList());
    queue.publish(published);
    ConcurrentLinkedQueue<Job> runs = new ConcurrentLinkedQueue<>();
    ExecutorService workers = Executors.newCachedThreadPool();
    Deque<QueueProcessor> processors = new ArrayDeque<>();
    try {
      for (int i = 0; i < 6; i++) {
        processors.add(processor(queue, stores, runs, workers));
        int seen = runs.size();
        await().atMost(PATIENCE).until(() -> runs.size() >= Math.min(300, seen + 20));
        if (i % 2 == 1) {
          processors.remove().close(Duration.ofSeconds(5));
        }
      }
      await().atMost(PATIENCE).until(() -> queue.backlog(PARIS) == 0);
    } finally {
      for (QueueProcessor processor : processors) {
        processor.close(Duration.ofSeconds(5));
      }
      workers.shutdownNow();
    }

    objects
        .values()
        .forEach(
            object ->
                assertThat(
                        stores
                            .statuses()
                            .find(Set.of(object.object()))
                            .get(object.object())
                            .at(PARIS.location())
                            .orElseThrow()
                            .status())
                    .isEqualTo(SiteStatus.COMPLETED));
    assertThat(runs).as("handed over without repeating work").hasSize(300);
    Map<String, List<Job>> ran =
        runs.stream().collect(Collectors.groupingBy(job -> job.object().key()));
    assertThat(ran)
        .isEqualTo(published.stream().collect(Collectors.groupingBy(job -> job.object().key())));
  }

  private static QueueProcessor processor(
      KafkaJobQueue queue,
      InMemoryStores stores,
      ConcurrentLinkedQueue<Job> runs,
      ExecutorService workers) {
    StatusProcessor settler =
        new StatusProcessor(
            stores.statuses(),
            stores.failedJobs(),
            queue,
            CompletionPlanner.NONE,
            new RetryPolicy(2, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0),
            RandomGenerator.getDefault());
    Clock clock = Clock.systemUTC();
    QueueProcessor processor =
        new QueueProcessor(
            PARIS,
            queue,
            stores.statuses(),
            settler,
            (job, context) -> {
              LockSupport.parkNanos(5_000_000);
              runs.add(job);
              return TaskOutcome.Replicated.WITHOUT_VERSION;
            },
            new CircuitBreaker(clock, Duration.ofSeconds(1), Duration.ofMinutes(1)),
            stores.quarantine(),
            ProcessorLimits.DEFAULT.withConcurrency(4),
            workers,
            events -> {},
            clock);
    processor.start();
    return processor;
  }

  /** A member as librdkafka makes it: it knows nothing but giving everything back. */
  @Test
  void a_group_that_another_client_is_in_is_joined_in_its_way() {
    KafkaConnection connection = connection(2);
    KafkaJobQueue queue = queue(connection);
    queue.publish(jobs(0, 40));
    String topic = connection.topic("backbeat-replication");
    Consumer<byte[], byte[]> other =
        opened(
            connection.consumer(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    fresh.topics().group(PARIS),
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    List.of(RangeAssignor.class))));
    other.subscribe(List.of(topic));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              other.poll(Duration.ofMillis(50));
              return other.assignment().size() == 2;
            });

    JobConsumer ours = opened(queue.consumer(PARIS));
    List<Delivery> delivered = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              other.poll(Duration.ofMillis(20));
              delivered.addAll(ours.poll(100, Duration.ofMillis(20)));
              return other.assignment().size() == 1 && !delivered.isEmpty();
            });
    other.close();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              delivered.addAll(ours.poll(100, Duration.ofMillis(20)));
              return delivered.stream().map(Delivery::partition).distinct().count() == 2;
            });
  }

  // Topics

  @Test
  void records_that_retention_removed_before_they_were_read_do_not_stop_the_rest()
      throws Exception {
    KafkaConnection connection = connection(1);
    KafkaJobQueue queue = queue(connection);
    String topic = connection.topic("backbeat-replication");
    JobConsumer consumer = opened(queue.consumer(PARIS));
    queue.publish(jobs(0, 10));
    Delivery.OfJob third = read(consumer, 10).get(2);
    assertThat(consumer.commit(0, third.offset() + 1, third.generation())).isTrue();
    closeNow(consumer);
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(7)))
          .all()
          .get();
    }

    JobConsumer next = opened(queue.consumer(PARIS));

    assertThat(read(next, 3)).extracting(Delivery::offset).containsExactly(7L, 8L, 9L);
    assertThat(queue.lag(PARIS)).containsExactly(new PartitionLag(0, 7, 10));
  }

  @Test
  void a_topic_that_was_made_anew_is_read_from_its_first_record() throws Exception {
    KafkaConnection connection = connection(1);
    KafkaJobQueue queue = queue(connection);
    String topic = connection.topic("backbeat-replication");
    JobConsumer consumer = opened(queue.consumer(PARIS));
    queue.publish(jobs(0, 3));
    List<Delivery.OfJob> read = read(consumer, 3);
    consumer.commit(0, 3, read.get(2).generation());
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      await()
          .ignoreExceptions()
          .until(
              () -> {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
                return true;
              });
    }
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(BackbeatException.class)
        .until(
            () -> {
              queue.publish(jobs(0, 8));
              return true;
            });

    Set<String> seen = new HashSet<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (Delivery delivery : consumer.poll(100, Duration.ofMillis(50))) {
                seen.add(((Delivery.OfJob) delivery).job().revision());
              }
              return seen.size() == 8;
            });
  }

  @Test
  void a_first_assignment_commits_the_first_offset_of_every_partition() {
    KafkaConnection connection = connection(3);
    KafkaJobQueue queue = queue(connection);
    queue.publish(jobs(0, 30));
    JobConsumer consumer = opened(queue.consumer(PARIS));
    read(consumer, 30);

    assertThat(GroupOffsets.committed(connection, fresh.topics().group(PARIS)))
        .hasSize(3)
        .allSatisfy((partition, offset) -> assertThat(offset).isZero());
  }

  @Test
  void garbage_collection_goes_on_where_the_originals_one_group_was() {
    KafkaConnection connection = connection(1);
    KafkaJobQueue queue = queue(connection);
    QueueName gc = new QueueName(JobType.GARBAGE_COLLECTION, LocationName.of("paris"));
    Job job = Jobs.aJob().type(JobType.GARBAGE_COLLECTION).build();
    queue.publish(List.of(job.withAttempt(1), job.withAttempt(2), job.withAttempt(3)));
    try (Consumer<byte[], byte[]> original =
        connection.consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, fresh.topics().gcGroup()))) {
      TopicPartition partition = new TopicPartition(connection.topic("backbeat-gc"), 0);
      original.assign(List.of(partition));
      original.commitSync(Map.of(partition, new OffsetAndMetadata(2)));
    }

    assertThat(read(opened(queue.consumer(gc)), 1))
        .extracting(Delivery.OfJob::job)
        .containsExactly(job.withAttempt(3));
  }

  @Test
  void
      collections_that_others_wrote_for_any_location_are_run_and_the_rest_is_set_aside_or_skipped() {
    KafkaConnection connection = connection(1);
    KafkaJobQueue queue = queue(connection);
    String topic = connection.topic("backbeat-gc");
    List<String> written =
        List.of(
            "{\"action\":\"deleteData\",\"contextInfo\":{\"origin\":\"lifecycle\",\"ruleType\":\"transition\","
                + "\"bucketName\":\"b\",\"objectKey\":\"k\",\"versionId\":\"v\"},\"target\":{\"locations\":[{"
                + "\"key\":\"d\",\"dataStoreName\":\"paris\",\"size\":1}],\"owner\":\"o\"}}",
            "{\"canary\":true}",
            "{\"action\":\"polish\"}",
            "poison",
            "{\"action\":\"deleteArchivedSourceData\",\"target\":{\"oldLocation\":\"rome\",\"newLocation\":"
                + "\"cold\",\"bucket\":\"b\",\"key\":\"k\",\"version\":\"v\"}}");
    connection.send(
        written.stream()
            .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes(UTF_8)))
            .toList());
    QueueName shared = QueueName.shared(JobType.GARBAGE_COLLECTION);
    JobConsumer consumer = opened(queue.consumer(shared));

    List<Delivery> got = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              got.addAll(consumer.poll(10, Duration.ofMillis(100)));
              return got.size() >= 3;
            });

    assertThat(got)
        .filteredOn(Delivery.OfJob.class::isInstance)
        .extracting(delivery -> ((Delivery.OfJob) delivery).job())
        .extracting(job -> job.location().value() + " " + job.object() + " " + job.revision())
        .containsExactly("paris b/k?versionId=v ", "rome b/k?versionId=v ");
    assertThat(got).filteredOn(Delivery.Unreadable.class::isInstance).hasSize(1);
    assertThat(fresh.topics().group(shared))
        .as("the group of the original, so that both share the work")
        .isEqualTo(fresh.topics().gcGroup());
  }

  // Records

  @Test
  void messages_of_the_original_and_ours_poison_and_markers_are_read_side_by_side() {
    KafkaConnection connection = connection(1);
    KafkaJobQueue queue = queue(connection);
    String topic = connection.topic("backbeat-replication");
    Metadata both = Metadata.pending("b", "k", "paris", "rome");
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            "b", "k", both.json(), Optional.empty(), OptionalInt.empty(), Optional.empty());
    List<byte[]> foreign =
        List.of(
            EntryCodec.writeLogEntry(entry, Jobs.CREATED),
            EntryCodec.write(entry),
            "{\"canary\":true}".getBytes(UTF_8),
            "{\"bootstrapId\":\"1\"}".getBytes(UTF_8),
            "{\"type\":\"put\",\"bucket\":\"users..bucket\",\"key\":\"k\",\"value\":\"{}\"}"
                .getBytes(UTF_8),
            "poison".getBytes(UTF_8));
    connection.send(
        foreign.stream()
            .map(value -> new ProducerRecord<>(topic, "b%2Fk".getBytes(UTF_8), value))
            .toList());
    queue.publish(List.of(Jobs.aJob().at("rome").build()));

    JobConsumer paris = opened(queue.consumer(PARIS));
    JobConsumer rome = opened(queue.consumer(ROME));

    List<Delivery> inParis = new ArrayList<>();
    List<Delivery> inRome = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              inParis.addAll(paris.poll(1, Duration.ofMillis(20)));
              inRome.addAll(rome.poll(2, Duration.ofMillis(20)));
              return inParis.size() == 3 && inRome.size() == 4;
            });
    assertThat(inParis).extracting(Delivery::offset).containsExactly(0L, 1L, 5L);
    assertThat(inRome).extracting(Delivery::offset).containsExactly(0L, 1L, 5L, 6L);
    assertThat(inParis.get(2))
        .isInstanceOfSatisfying(
            Delivery.Unreadable.class,
            bad -> assertThat(new String(bad.value(), UTF_8)).isEqualTo("poison"));
    assertThat(queue.parsed()).as("each of 7 records once").isEqualTo(7);
    Delivery second = inParis.get(1);
    paris.commit(0, second.offset() + 1, second.generation());
    assertThat(queue.lag(PARIS))
        .as("markers are passed")
        .extracting(PartitionLag::committed)
        .containsExactly(5L);
  }

  @Test
  void a_queue_whose_topic_has_only_jobs_of_others_has_no_backlog_in_the_end() {
    KafkaJobQueue queue = queue(connection(2));
    queue.publish(
        IntStream.range(0, 20).mapToObj(i -> Jobs.aJob().key("k" + i).at("rome").build()).toList());
    JobConsumer paris = opened(queue.consumer(PARIS));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(paris.poll(10, Duration.ofMillis(20))).isEmpty();
              return queue.backlog(PARIS) == 0;
            });
    assertThat(queue.backlog(ROME)).isEqualTo(20);
  }

  // Helpers

  private KafkaConnection connection(int partitions) {
    return opened(
        KafkaConnection.open(fresh.options(cluster.servers(), partitions), Clock.systemUTC()));
  }

  private KafkaJobQueue queue(KafkaConnection connection) {
    return new KafkaJobQueue(connection, fresh.topics(), Clock.systemUTC(), Duration.ZERO, false);
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private void closeNow(JobConsumer consumer) {
    consumer.close();
    open.remove(consumer);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", cluster.servers()));
  }

  private static List<Delivery.OfJob> read(JobConsumer consumer, int jobs) {
    List<Delivery.OfJob> read = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(BackbeatException.class)
        .until(
            () -> {
              for (Delivery delivery : consumer.poll(jobs, Duration.ofMillis(50))) {
                read.add((Delivery.OfJob) delivery);
              }
              return read.size() >= jobs;
            });
    return read;
  }

  /** Ten keys, each with growing revisions. */
  private static List<Job> jobs(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Jobs.aJob().key("k" + i % 10).revision("%06d".formatted(i)).build())
        .toList();
  }
}
