package io.backbeat.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every promise of {@link JobQueue} and {@link io.backbeat.queue.JobConsumer}. An adapter extends
 * this.
 */
@Timeout(60)
public abstract class JobQueueContract {
  private static final LocationName AWS = LocationName.of("aws-1");
  private static final LocationName AZURE = LocationName.of("azure-2");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, AWS);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Instant CREATED = Instant.parse("2026-03-04T05:06:07.089Z");

  private final List<QueueReader> readers = new ArrayList<>();

  /**
   * An empty queue with so many partitions each. The adapter's test closes what it needs to close
   * after each test.
   */
  protected abstract JobQueue queue(int partitions);

  /**
   * Whether the queues of a type, and the markers of round trips, are records of one log, as on
   * Kafka: then they take offsets of it, and count as backlog until a consumer has skipped them.
   */
  protected boolean queuesShareALog() {
    return false;
  }

  /** Closes the consumers; an adapter's own clean-up runs after it. */
  @AfterEach
  void closeReaders() {
    readers.forEach(QueueReader::close);
  }

  // Round trips

  @Test
  void topic_where_there_are_topics_has_the_partitions_of_the_queue() {
    JobQueue queue = queue(3);
    queue.publish(jobs(10, 10));
    queue
        .topic(QUEUE)
        .ifPresent(
            topic -> {
              assertThat(topic.partitions()).hasSize(queue.partitions(QUEUE));
              assertThat(topic.inSync()).isTrue();
            });
  }

  @Test
  void lag_of_each_partition_is_what_was_published_and_not_committed() {
    JobQueue queue = queue(2);
    assertThat(queue.lag(QUEUE)).allSatisfy(lag -> assertThat(lag.records()).isZero());
    queue.publish(jobs(10, 10));
    QueueReader reader = reader(queue);
    List<Delivery.OfJob> read = reader.read(10);

    assertThat(queue.lag(QUEUE)).extracting(PartitionLag::partition).containsExactly(0, 1);
    assertThat(queue.lag(QUEUE).stream().mapToLong(PartitionLag::records).sum()).isEqualTo(10);
    reader.commit(read);
    assertThat(queue.lag(QUEUE))
        .allSatisfy(lag -> assertThat(lag.committed()).isEqualTo(lag.end()));
  }

  @Test
  void round_trip_reaches_every_partition_of_a_queue_that_was_never_used() {
    JobQueue queue = queue(3);

    assertThat(queue.roundTrip(QUEUE, LONG)).isEqualTo(Map.of(0, true, 1, true, 2, true));
    assertThat(queue.partitions(QUEUE)).isEqualTo(3);
    if (!queuesShareALog()) {
      assertThat(queue.backlog(QUEUE)).isZero();
    }
  }

  @Test
  void round_trips_are_never_delivered_and_move_no_offset() {
    JobQueue queue = queue(2);
    List<Job> published = jobs(20, 20);
    QueueReader reader = reader(queue);
    queue.roundTrip(QUEUE, LONG);
    queue.publish(published.subList(0, 10));
    queue.roundTrip(QUEUE, LONG);
    queue.publish(published.subList(10, 20));

    List<Delivery.OfJob> read = reader.read(20);
    queue.roundTrip(QUEUE, LONG);

    assertThat(reader.pollNow()).isEmpty();
    assertThat(QueueReader.jobs(read)).containsExactlyInAnyOrderElementsOf(published);
    if (!queuesShareALog()) {
      read.stream()
          .collect(Collectors.groupingBy(Delivery.OfJob::partition))
          .values()
          .forEach(
              of ->
                  assertThat(of.get(of.size() - 1).offset() - of.get(0).offset())
                      .isEqualTo(of.size() - 1));
      assertThat(queue.backlog(QUEUE)).isEqualTo(20);
    }
    assertThat(queue.backlog(QUEUE)).isGreaterThanOrEqualTo(20);
    reader.commit(read);
    await()
        .untilAsserted(
            () -> {
              assertThat(reader.pollNow()).isEmpty();
              assertThat(queue.backlog(QUEUE)).isZero();
            });
  }

  @Test
  void round_trip_does_not_need_a_consumer_and_is_not_kept_by_one_that_is_paused() {
    JobQueue queue = queue(2);
    QueueReader reader = reader(queue);
    reader.pollNow();
    reader.consumer.pause();

    assertThat(queue.roundTrip(QUEUE, LONG)).isEqualTo(Map.of(0, true, 1, true));

    reader.consumer.resume();
    assertThat(reader.pollNow()).isEmpty();
  }

  @Test
  void several_round_trips_at_once_beside_published_jobs_all_come_back() throws Exception {
    JobQueue queue = queue(2);
    ExecutorService threads = Executors.newFixedThreadPool(5);
    try {
      List<Future<Boolean>> trips =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> !queue.roundTrip(QUEUE, LONG).containsValue(Boolean.FALSE)))
              .toList();
      List<Job> published = jobs(50, 50);
      published.forEach(job -> queue.publish(List.of(job)));
      for (Future<Boolean> trip : trips) {
        assertThat(trip.get(30, SECONDS)).isTrue();
      }
      assertThat(QueueReader.jobs(reader(queue).read(50)))
          .containsExactlyInAnyOrderElementsOf(published);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oldest_job_that_is_not_committed_is_told_if_it_can_be() {
    JobQueue queue = queue(2);
    assertThat(queue.oldest(QUEUE)).isEmpty();
    queue.publish(jobs(4, 4));

    queue.oldest(QUEUE).ifPresent(at -> assertThat(at).isEqualTo(CREATED));

    reader(queue).readAndCommit(4);
    assertThat(queue.oldest(QUEUE)).isEmpty();
  }

  // Publishing and delivering

  @Test
  void a_job_arrives_as_it_was_published() {
    JobQueue queue = queue(4);
    var version =
        new ObjectVersion("bücket", "a/ключ:\u65e5\u672c\u8a9e \ud83d\ude80\n\u0001%", "v1:é");
    var job =
        new Job(
            new JobKey(JobType.REPLICATION, version, AWS),
            "révision/1",
            Long.MAX_VALUE,
            7,
            CREATED,
            "{\"tag\":\"\uff0e\ud83d\udc68\u200d\ud83d\udc69\\n\"}");

    queue.publish(List.of(job));

    assertThat(QueueReader.jobs(reader(queue).read(1))).containsExactly(job);
  }

  @Test
  void jobs_of_a_key_arrive_in_the_order_published_and_in_one_partition() {
    JobQueue queue = queue(4);
    List<Job> published = jobs(200, 10);
    queue.publish(published.subList(0, 70));
    queue.publish(published.subList(70, 200));

    List<Delivery.OfJob> read = reader(queue).read(200);

    assertThat(byKey(QueueReader.jobs(read))).isEqualTo(byKey(published));
    read.stream()
        .collect(Collectors.groupingBy(d -> d.job().object().orderingKey()))
        .values()
        .forEach(
            ofKey ->
                assertThat(ofKey)
                    .extracting(Delivery.OfJob::partition)
                    .containsOnly(ofKey.get(0).partition()));
  }

  @Test
  void versions_of_one_object_share_a_partition() {
    JobQueue queue = queue(8);
    List<Job> published =
        IntStream.range(0, 20)
            .mapToObj(i -> job(new ObjectVersion("b", "k", "v" + i), AWS, "r"))
            .toList();
    queue.publish(published);

    assertThat(QueueReader.jobs(reader(queue).read(20))).isEqualTo(published);
  }

  @Test
  void keys_are_spread_over_the_partitions() {
    JobQueue queue = queue(4);
    queue.publish(jobs(100, 100));

    assertThat(reader(queue).read(100)).extracting(Delivery.OfJob::partition).contains(0, 1, 2, 3);
  }

  @Test
  void offsets_of_a_partition_only_grow() {
    JobQueue queue = queue(2);
    queue.publish(jobs(50, 10));

    reader(queue).read(50).stream()
        .collect(Collectors.groupingBy(Delivery.OfJob::partition))
        .values()
        .forEach(
            ofPartition ->
                assertThat(ofPartition)
                    .extracting(Delivery.OfJob::offset)
                    .doesNotHaveDuplicates()
                    .isSorted());
  }

  @Test
  void types_and_locations_have_queues_of_their_own() {
    JobQueue queue = queue(2);
    Job replication = job("k", AWS);
    Job elsewhere = job("k", AZURE);
    Job gc =
        new Job(new JobKey(JobType.GARBAGE_COLLECTION, version("k"), AWS), "r", 0, 0, CREATED, "");
    queue.publish(List.of(replication, elsewhere, gc));

    for (Job job : List.of(replication, elsewhere, gc)) {
      QueueReader reader = reader(queue, QueueName.of(job));
      assertThat(reader.readAndCommit(1)).containsExactly(job);
      assertThat(reader.pollNow()).isEmpty();
    }
  }

  @Test
  void collections_of_all_locations_share_one_queue_in_the_order_of_each_key() {
    JobQueue queue = queue(2);
    QueueName shared = QueueName.shared(JobType.GARBAGE_COLLECTION);
    List<Job> jobs = List.of(collection(AWS, "1"), collection(AZURE, "2"), collection(AWS, "3"));
    queue.publish(jobs);

    assertThat(QueueName.of(jobs.get(0))).isEqualTo(shared).isEqualTo(QueueName.of(jobs.get(1)));
    QueueReader reader = reader(queue, shared);
    assertThat(reader.readAndCommit(3)).containsExactlyElementsOf(jobs);
    assertThat(reader.pollNow()).isEmpty();
    assertThat(queue.backlog(shared)).isZero();
  }

  private static Job collection(LocationName location, String revision) {
    JobKey key = new JobKey(JobType.GARBAGE_COLLECTION, version("k"), location);
    return new Job(key, revision, 0, 0, CREATED, "");
  }

  @Test
  void publishing_nothing_does_nothing() {
    JobQueue queue = queue(2);

    queue.publish(List.of());

    assertThat(queue.backlog(QUEUE)).isZero();
    assertThat(reader(queue).pollNow()).isEmpty();
  }

  @Test
  void a_job_may_be_published_twice_and_arrives_twice() {
    JobQueue queue = queue(2);
    queue.publish(List.of(job("k", AWS), job("k", AWS)));

    assertThat(reader(queue).read(2)).extracting(Delivery.OfJob::job).containsOnly(job("k", AWS));
  }

  @Test
  void a_large_payload_arrives_whole() {
    JobQueue queue = queue(1);
    var large = new Job(job("k", AWS).key(), "r", 1, 0, CREATED, "äx\u20ac".repeat(400_000));
    queue.publish(List.of(job("before", AWS), large, job("after", AWS)));

    assertThat(QueueReader.jobs(reader(queue).read(3)).get(1)).isEqualTo(large);
  }

  @Test
  void jobs_published_by_several_threads_all_arrive_each_thread_in_order() throws Exception {
    JobQueue queue = queue(4);
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> publishers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String key = "key-of-thread-" + t;
        publishers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    queue.publish(List.of(job(version(key), AWS, "r" + i)));
                  }
                }));
      }
      List<Job> read = QueueReader.jobs(reader(queue).read(200));
      for (Future<?> publisher : publishers) {
        publisher.get(10, SECONDS);
      }

      List<String> inOrder = IntStream.range(0, 50).mapToObj(i -> "r" + i).toList();
      assertThat(byKey(read)).hasSize(4);
      byKey(read)
          .values()
          .forEach(ofKey -> assertThat(ofKey).extracting(Job::revision).isEqualTo(inOrder));
    } finally {
      threads.shutdownNow();
    }
  }

  // Polling

  @Test
  void a_poll_gives_no_more_jobs_than_asked() {
    JobQueue queue = queue(3);
    queue.publish(jobs(30, 30));
    QueueReader reader = reader(queue);
    reader.read(1);

    assertThat(reader.poll(7, LONG)).hasSizeBetween(1, 7);
    assertThat(reader.read(29 - (reader.deliveries.size() - 1))).isNotEmpty();
    assertThat(reader.pollNow()).isEmpty();
    assertThat(QueueReader.jobs(reader.deliveries)).doesNotHaveDuplicates();
  }

  @Test
  void a_poll_of_no_jobs_takes_part_in_assignment_and_delivers_nothing() {
    JobQueue queue = queue(3);
    queue.publish(jobs(5, 5));
    QueueReader reader = reader(queue);

    await()
        .until(
            () -> {
              assertThat(reader.poll(0, Duration.ofMillis(50))).isEmpty();
              return reader.partitions.keySet().equals(Set.of(0, 1, 2));
            });

    assertThat(reader.read(5)).hasSize(5);
  }

  @Test
  void a_poll_of_an_empty_queue_comes_back_after_its_timeout() {
    assertThat(reader(queue(2)).poll(10, Duration.ofMillis(20))).isEmpty();
  }

  @Test
  void a_waiting_poll_gets_what_is_published_meanwhile() throws Exception {
    JobQueue queue = queue(2);
    QueueReader reader = reader(queue);
    assertThat(reader.pollNow()).isEmpty();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<List<Job>> read = thread.submit(() -> QueueReader.jobs(reader.read(1)));
      queue.publish(List.of(job("k", AWS)));

      assertThat(read.get(20, SECONDS)).containsExactly(job("k", AWS));
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void wakeup_ends_a_waiting_poll() throws Exception {
    QueueReader reader = reader(queue(2));
    reader.pollNow();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> poll = thread.submit(() -> assertThat(reader.poll(1, LONG)).isEmpty());

      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                reader.consumer.wakeup();
                return poll.isDone();
              });
      poll.get();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void a_consumer_that_was_woken_up_still_delivers() {
    JobQueue queue = queue(2);
    QueueReader reader = reader(queue);
    reader.consumer.wakeup();
    queue.publish(jobs(3, 3));

    assertThat(reader.read(3)).hasSize(3);
  }

  // Committing

  @Test
  void committed_jobs_are_not_delivered_to_a_new_consumer() {
    JobQueue queue = queue(2);
    queue.publish(jobs(20, 5));
    QueueReader first = reader(queue);
    first.readAndCommit(20);
    first.close();
    Job later = job("later", AWS);
    queue.publish(List.of(later));

    assertThat(QueueReader.jobs(reader(queue).read(1))).containsExactly(later);
  }

  @Test
  void uncommitted_jobs_are_delivered_again_after_close() {
    JobQueue queue = queue(2);
    List<Job> published = jobs(20, 5);
    queue.publish(published);
    QueueReader first = reader(queue);
    first.read(20);
    first.close();

    assertThat(byKey(QueueReader.jobs(reader(queue).read(20)))).isEqualTo(byKey(published));
  }

  @Test
  void a_new_consumer_goes_on_right_after_the_committed_offset() {
    JobQueue queue = queue(1);
    List<Job> published = jobs(10, 10);
    queue.publish(published);
    QueueReader first = reader(queue);
    List<Delivery.OfJob> read = first.read(10);
    assertThat(first.commit(read.get(2))).isTrue();
    assertThat(first.commit(read.get(5))).isTrue();
    first.close();

    assertThat(QueueReader.jobs(reader(queue).read(4))).isEqualTo(published.subList(6, 10));
  }

  @Test
  void a_commit_can_be_repeated() {
    JobQueue queue = queue(1);
    queue.publish(jobs(3, 3));
    QueueReader reader = reader(queue);
    List<Delivery.OfJob> read = reader.read(3);

    assertThat(reader.commit(read.get(1))).isTrue();
    assertThat(reader.commit(read.get(1))).isTrue();
    assertThat(queue.backlog(QUEUE)).isEqualTo(1);
  }

  @Test
  void commits_of_one_partition_leave_the_others() {
    JobQueue queue = queue(4);
    queue.publish(jobs(40, 40));
    QueueReader first = reader(queue);
    List<Delivery.OfJob> read = first.read(40);
    List<Delivery.OfJob> ofPartition2 = read.stream().filter(d -> d.partition() == 2).toList();
    first.commit(ofPartition2);
    first.close();

    List<Delivery.OfJob> again = reader(queue).read(40 - ofPartition2.size());
    assertThat(again).extracting(Delivery.OfJob::partition).contains(0, 1, 3).doesNotContain(2);
  }

  @Test
  void a_commit_of_another_generation_is_refused_and_changes_nothing() {
    JobQueue queue = queue(1);
    queue.publish(jobs(3, 3));
    QueueReader first = reader(queue);
    List<Delivery.OfJob> old = first.read(3);
    first.close();
    QueueReader second = reader(queue);
    second.read(3);

    Delivery.OfJob last = old.get(2);
    assertThat(second.consumer.commit(0, last.offset() + 1, last.generation())).isFalse();
    assertThat(first.commit(last)).as("a closed consumer").isFalse();
    assertThat(queue.backlog(QUEUE)).isEqualTo(3);
  }

  @Test
  void a_commit_of_a_partition_of_another_consumer_is_refused() {
    JobQueue queue = queue(2);
    queue.publish(jobs(20, 20));
    QueueReader first = reader(queue);
    List<Delivery.OfJob> read = first.read(20);
    QueueReader second = reader(queue);
    share(first, second);
    int moved = first.revoked.get(0);
    Delivery.OfJob ofMoved =
        read.stream().filter(d -> d.partition() == moved).findFirst().orElseThrow();

    assertThat(first.commit(ofMoved)).isFalse();
    assertThat(queue.backlog(QUEUE)).isEqualTo(20);
  }

  // Assignment

  @Test
  void a_single_consumer_gets_all_partitions() {
    QueueReader reader = reader(queue(5));
    await().until(() -> reader.pollNow().isEmpty() && reader.partitions.size() == 5);

    assertThat(reader.partitions).containsOnlyKeys(0, 1, 2, 3, 4);
  }

  @Test
  void deliveries_carry_the_generation_of_their_assignment() {
    JobQueue queue = queue(3);
    queue.publish(jobs(30, 30));
    QueueReader reader = reader(queue);

    reader
        .read(30)
        .forEach(d -> assertThat(reader.partitions).containsEntry(d.partition(), d.generation()));
  }

  @Test
  void two_consumers_share_the_partitions_and_every_job_goes_to_one_of_them() {
    JobQueue queue = queue(4);
    QueueReader first = reader(queue);
    QueueReader second = reader(queue);
    share(first, second);
    assertThat(first.partitions).hasSize(2);
    assertThat(second.partitions).hasSize(2);

    List<Job> published = jobs(100, 50);
    queue.publish(published);
    await()
        .until(
            () -> {
              first.pollNow();
              second.pollNow();
              return first.deliveries.size() + second.deliveries.size() >= 100;
            });

    List<Job> all = new ArrayList<>(QueueReader.jobs(first.deliveries));
    all.addAll(QueueReader.jobs(second.deliveries));
    assertThat(byKey(all)).isEqualTo(byKey(published));
    assertThat(first.deliveries).isNotEmpty();
    assertThat(second.deliveries).isNotEmpty();
  }

  @Test
  void a_consumer_beyond_the_number_of_partitions_gets_none_and_does_no_harm() {
    JobQueue queue = queue(1);
    QueueReader first = reader(queue);
    await().until(() -> first.pollNow().isEmpty() && first.partitions.size() == 1);
    QueueReader second = reader(queue);
    assertThat(second.pollNow()).isEmpty();
    queue.publish(jobs(3, 3));

    assertThat(first.read(3)).hasSize(3);
    assertThat(second.pollNow()).isEmpty();
    assertThat(second.partitions).isEmpty();
  }

  @Test
  void uncommitted_jobs_of_a_partition_that_moves_are_delivered_again_to_its_new_consumer() {
    JobQueue queue = queue(2);
    queue.publish(jobs(40, 40));
    QueueReader first = reader(queue);
    List<Delivery.OfJob> read = first.read(40);
    QueueReader second = reader(queue);
    share(first, second);

    int moved = first.revoked.get(0);
    List<Job> expected =
        QueueReader.jobs(read.stream().filter(d -> d.partition() == moved).toList());
    second.read(expected.size() - second.deliveries.size());
    assertThat(QueueReader.jobs(second.deliveries)).isEqualTo(expected);
    assertThat(first.pollNow()).isEmpty();
  }

  @Test
  void jobs_of_a_partition_that_stays_are_not_delivered_again_when_others_move() {
    JobQueue queue = queue(4);
    queue.publish(jobs(40, 40));
    QueueReader first = reader(queue);
    first.read(40);
    QueueReader second = reader(queue);
    share(first, second);
    second.close();
    await().until(() -> first.pollNow().isEmpty() && first.partitions.size() == 4);

    List<Delivery.OfJob> ofStayed =
        first.deliveries.stream().filter(d -> !first.revoked.contains(d.partition())).toList();
    assertThat(ofStayed).isNotEmpty();
    assertThat(QueueReader.jobs(ofStayed)).doesNotHaveDuplicates();
  }

  @Test
  void a_commit_while_being_revoked_is_accepted_and_holds() {
    JobQueue queue = queue(2);
    queue.publish(jobs(40, 40));
    QueueReader first = reader(queue);
    List<Delivery.OfJob> read = first.read(40);
    first.onRevoke =
        taken -> first.commit(read.stream().filter(d -> taken.contains(d.partition())).toList());
    QueueReader second = reader(queue);
    share(first, second);
    first.close();
    second.pollNow();
    second.pollNow();

    assertThat(queue.backlog(QUEUE)).isZero();
    assertThat(second.deliveries).isEmpty();
  }

  @Test
  void a_partition_comes_back_with_a_later_generation() {
    JobQueue queue = queue(2);
    QueueReader first = reader(queue);
    await().until(() -> first.pollNow().isEmpty() && first.partitions.size() == 2);
    QueueReader second = reader(queue);
    share(first, second);
    int moved = first.revoked.get(0);
    int inBetween = second.partitions.get(moved);
    second.close();
    await().until(() -> first.pollNow().isEmpty() && first.partitions.size() == 2);

    assertThat(inBetween).isGreaterThan(first.generations.get(0));
    assertThat(first.partitions.get(moved)).isGreaterThan(inBetween);
  }

  @Test
  void the_partitions_of_a_closed_consumer_go_to_the_others() {
    JobQueue queue = queue(3);
    QueueReader first = reader(queue);
    QueueReader second = reader(queue);
    share(first, second);
    first.close();
    queue.publish(jobs(30, 30));

    assertThat(second.read(30)).extracting(Delivery.OfJob::partition).contains(0, 1, 2);
  }

  // Pausing

  @Test
  void a_paused_consumer_delivers_nothing_at_once_and_keeps_its_partitions() {
    JobQueue queue = queue(3);
    QueueReader reader = reader(queue);
    await().until(() -> reader.pollNow().isEmpty() && reader.partitions.size() == 3);
    reader.consumer.pause();
    reader.consumer.pause();
    queue.publish(jobs(10, 10));

    long start = System.nanoTime();
    assertThat(reader.poll(10, LONG)).isEmpty();
    assertThat(reader.poll(10, LONG)).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
    assertThat(reader.partitions).hasSize(3);
    assertThat(reader.revoked).isEmpty();
  }

  @Test
  void a_resumed_consumer_goes_on_where_it_stopped() {
    JobQueue queue = queue(1);
    List<Job> published = jobs(10, 10);
    queue.publish(published);
    QueueReader reader = reader(queue);
    reader.read(4);
    reader.consumer.pause();
    assertThat(reader.pollNow()).isEmpty();
    reader.consumer.resume();
    reader.consumer.resume();

    assertThat(QueueReader.jobs(reader.read(6))).isEqualTo(published.subList(4, 10));
    assertThat(reader.generations).hasSize(1);
  }

  @Test
  void a_paused_consumer_still_commits() {
    JobQueue queue = queue(1);
    queue.publish(jobs(10, 10));
    QueueReader reader = reader(queue);
    List<Delivery.OfJob> read = reader.read(10);
    reader.consumer.pause();
    reader.pollNow();

    assertThat(reader.commit(read.get(9))).isTrue();
    assertThat(queue.backlog(QUEUE)).isZero();
  }

  @Test
  void a_paused_consumer_hands_partitions_over() {
    JobQueue queue = queue(2);
    QueueReader first = reader(queue);
    await().until(() -> first.pollNow().isEmpty() && first.partitions.size() == 2);
    first.consumer.pause();
    QueueReader second = reader(queue);
    share(first, second);
    queue.publish(jobs(40, 40));

    await().until(() -> !second.pollNow().isEmpty());
    assertThat(first.pollNow()).isEmpty();
  }

  // Backlog and close

  @Test
  void backlog_counts_what_is_published_and_not_committed() {
    JobQueue queue = queue(3);
    assertThat(queue.backlog(QUEUE)).isZero();
    queue.publish(jobs(30, 10));
    if (!queuesShareALog()) {
      queue.publish(List.of(job("k", AZURE)));
    }
    assertThat(queue.backlog(QUEUE)).isEqualTo(30);

    QueueReader reader = reader(queue);
    List<Delivery.OfJob> read = reader.read(30);
    assertThat(queue.backlog(QUEUE)).as("delivered, not committed").isEqualTo(30);

    Delivery.OfJob one = read.get(0);
    assertThat(reader.commit(one)).isTrue();
    assertThat(queue.backlog(QUEUE)).isEqualTo(29);
    reader.commit(read);
    assertThat(queue.backlog(QUEUE)).isZero();
    if (!queuesShareALog()) {
      assertThat(queue.backlog(new QueueName(JobType.REPLICATION, AZURE))).isEqualTo(1);
    }
  }

  @Test
  void close_gives_everything_back_once() {
    JobQueue queue = queue(3);
    QueueReader reader = reader(queue);
    await().until(() -> reader.pollNow().isEmpty() && reader.partitions.size() == 3);

    reader.close();
    reader.close();

    assertThat(reader.partitions).isEmpty();
    assertThat(reader.revoked).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void a_consumer_can_be_closed_before_it_polled() {
    QueueReader reader = reader(queue(2));

    assertThatCode(reader::close).doesNotThrowAnyException();
    assertThat(reader.revoked).isEmpty();
  }

  // Helpers

  private QueueReader reader(JobQueue queue) {
    return reader(queue, QUEUE);
  }

  private QueueReader reader(JobQueue queue, QueueName name) {
    var reader = new QueueReader(queue, name);
    readers.add(reader);
    return reader;
  }

  /** Lets two consumers poll until each has partitions and every partition has one of them. */
  private static void share(QueueReader first, QueueReader second) {
    int all = Math.max(first.partitions.size(), 2);
    await()
        .until(
            () -> {
              first.pollNow();
              second.pollNow();
              var together = new HashSet<>(first.partitions.keySet());
              together.addAll(second.partitions.keySet());
              return !first.partitions.isEmpty()
                  && !second.partitions.isEmpty()
                  && together.size() >= all;
            });
    assertThat(first.partitions.keySet()).doesNotContainAnyElementsOf(second.partitions.keySet());
  }

  private static Map<String, List<Job>> byKey(List<Job> jobs) {
    return jobs.stream().collect(Collectors.groupingBy(job -> job.object().orderingKey()));
  }

  /** So many jobs over so many keys, taking turns, each with a revision of its own. */
  private static List<Job> jobs(int count, int keys) {
    return IntStream.range(0, count)
        .mapToObj(i -> job(version("key-" + i % keys), AWS, "rev-" + i))
        .toList();
  }

  private static Job job(String key, LocationName location) {
    return job(version(key), location, "r");
  }

  private static Job job(ObjectVersion version, LocationName location, String revision) {
    return new Job(
        new JobKey(JobType.REPLICATION, version, location), revision, 10, 0, CREATED, "{}");
  }

  private static ObjectVersion version(String key) {
    return new ObjectVersion("bucket", key, "v");
  }
}
