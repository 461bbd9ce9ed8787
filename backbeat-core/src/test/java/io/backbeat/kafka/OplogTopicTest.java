package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.populator.ReplicationPlanner;
import io.backbeat.queue.JobQueue;
import io.backbeat.status.JobState;
import io.backbeat.testing.Metadata;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OplogTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private static final Duration WAIT = Duration.ofMillis(200);
  private static final LocationName PARIS = LocationName.of("paris");

  private final InMemoryStores stores = new InMemoryStores();
  private String topic;
  private OplogTopic log;
  private OplogPositions positions;

  @BeforeEach
  void open() {
    topic = BROKER.group(OplogTopic.TOPIC);
    BROKER.connection().ensure(topic);
    log = join();
    positions = new OplogPositions(log);
  }

  @Test
  void entries_come_in_the_order_of_their_partition_and_next_goes_on() {
    insert(0, "a", "b", "c");

    LogBatch first = readSome(log, LogPosition.BEGINNING, 2);
    LogBatch second = readSome(log, first.next(), 2);

    assertThat(keys(first)).containsExactly("a", "b");
    assertThat(keys(second)).containsExactly("c");
    assertThat(second.next().value()).isEqualTo("0=3,1=0");
    assertThat(first.entries().get(0).position().value()).isEqualTo(topic + "/0/0");
    assertThat(log.read(second.next(), 2, Duration.ZERO).isEmpty()).isTrue();
  }

  @Test
  void a_batch_that_was_not_dealt_with_is_read_again() {
    insert(0, "a", "b", "c");
    LogBatch first = readSome(log, LogPosition.BEGINNING, 1);

    assertThat(keys(readSome(log, LogPosition.BEGINNING, 2))).containsExactly("a", "b");
    assertThat(keys(readSome(log, first.next(), 2))).containsExactly("b", "c");
    assertThat(keys(readSome(log, first.next(), 2))).containsExactly("b", "c");
  }

  @Test
  void what_is_no_document_is_unreadable_and_the_next_one_is_read() {
    send(0, "no JSON");
    BROKER.connection().send(List.of(new ProducerRecord<>(topic, 0, new byte[0], null)));
    insert(0, "a");

    LogBatch batch = readSome(log, LogPosition.BEGINNING, 10);

    assertThat(keys(batch)).containsExactly("", "a");
    assertThat(batch.entries().get(0).operation()).isEqualTo(LogEntry.Operation.OTHER);
    assertThat(batch.unreadable())
        .singleElement()
        .satisfies(
            bad -> {
              assertThat(bad.value()).asString(UTF_8).isEqualTo("no JSON");
              assertThat(bad.position().value()).isEqualTo(topic + "/0/0");
            });
    assertThat(batch.next().value()).isEqualTo("0=3,1=0");
  }

  @Test
  void a_position_is_what_the_group_has_committed() {
    assertThat(positions.load(topic)).isEmpty();
    insert(0, "a", "b");
    insert(1, "c");
    LogBatch batch = readAll(log, LogPosition.BEGINNING, 3);

    positions.save(topic, batch.next());

    assertThat(positions.load(topic)).contains(new LogPosition("0=2,1=1"));
    assertThat(GroupOffsets.committed(BROKER.connection(), BROKER.group(OplogTopic.GROUP)))
        .containsEntry(new TopicPartition(topic, 0), 2L)
        .containsEntry(new TopicPartition(topic, 1), 1L);
  }

  @Test
  void the_next_populator_goes_on_where_the_group_stands_whoever_committed() {
    insert(0, "a", "b");
    LogBatch batch = readSome(log, LogPosition.BEGINNING, 1);
    positions.save(topic, batch.next());
    log.close();
    OplogTopic next = join();

    LogPosition saved = new OplogPositions(next).load(topic).orElseThrow();

    assertThat(keys(readSome(next, saved, 10))).containsExactly("b");
  }

  @Test
  void a_position_kept_elsewhere_is_where_a_group_without_offsets_begins() {
    insert(0, "a", "b", "c");

    assertThat(keys(readSome(log, new LogPosition("0=2,1=0"), 10))).containsExactly("c");
  }

  @Test
  void several_populators_share_the_partitions_and_lose_nothing() {
    OplogTopic other = join();
    List<String> seen = new ArrayList<>();
    Sharing first = new Sharing(log);
    Sharing second = new Sharing(other);
    await()
        .until(
            () -> {
              first.step(seen);
              second.step(seen);
              return first.partitions() == 1 && second.partitions() == 1;
            });
    insert(0, "a", "b");
    insert(1, "c");
    await()
        .until(
            () -> {
              first.step(seen);
              second.step(seen);
              return seen.size() >= 3;
            });
    other.close();
    insert(0, "d");
    insert(1, "e");
    await()
        .until(
            () -> {
              first.step(seen);
              return seen.containsAll(List.of("d", "e"));
            });

    assertThat(seen).contains("a", "b", "c", "d", "e").doesNotHaveDuplicates();
  }

  @Test
  void lag_counts_what_is_behind_a_position() {
    insert(0, "a", "b", "c");
    insert(1, "d");

    assertThat(log.lag(LogPosition.BEGINNING)).isEqualTo(4);
    assertThat(log.lag(new LogPosition("0=1,1=1"))).isEqualTo(2);
    assertThat(log.lag(new LogPosition("0=3"))).isZero();
  }

  @Test
  void records_that_were_deleted_before_they_were_read_are_named() {
    insert(0, "a", "b", "c");
    LogBatch batch = readSome(log, LogPosition.BEGINNING, 1);
    positions.save(topic, batch.next());
    log.close();
    BROKER
        .connection()
        .ask(
            "deleting records",
            admin ->
                admin
                    .deleteRecords(
                        Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                    .all());
    OplogTopic next = join();

    assertThat(keys(readSome(next, batch.next(), 10))).containsExactly("c");
    assertThat(next.lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost.reason()).contains("records 1 to 1"));
  }

  @Test
  void positions_of_another_log_are_refused() {
    assertThatThrownBy(() -> log.read(new LogPosition("{\"_data\":\"82\"}"), 1, WAIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> positions.load("journal"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> positions.save("journal", LogPosition.BEGINNING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_closed_log_says_so() {
    log.close();
    log.close();

    assertThatThrownBy(() -> log.read(LogPosition.BEGINNING, 1, WAIT))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
  }

  private JobQueue queueThatIsAwayWhile(AtomicBoolean away) {
    return (JobQueue)
        Proxy.newProxyInstance(
            JobQueue.class.getClassLoader(),
            new Class<?>[] {JobQueue.class},
            (queue, method, arguments) -> {
              if (away.get()) {
                throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "as if it crashed here");
              }
              return method.invoke(stores.queue(), arguments);
            });
  }

  @Test
  void offsets_are_committed_only_when_the_jobs_are_queued() {
    AtomicBoolean away = new AtomicBoolean(true);
    QueuePopulator populator =
        new QueuePopulator(
            log,
            positions,
            stores.quarantine(),
            stores.failedJobs(),
            queueThatIsAwayWhile(away),
            List.of(new ReplicationPlanner(List.of(PARIS), List.of())),
            events -> {},
            Clock.systemUTC(),
            10);
    insert(0, "a");
    send(0, "poison");

    await()
        .until(
            () -> {
              try {
                return populator.runOnce(WAIT) > 0;
              } catch (BackbeatException crashed) {
                return true;
              }
            });
    assertThat(positions.load(topic)).isEmpty();
    away.set(false);
    await().until(() -> populator.runOnce(WAIT) == 2);

    assertThat(positions.load(topic)).contains(new LogPosition("0=2,1=0"));
    assertThat(stores.failedJobs().counts(JobType.REPLICATION))
        .isEqualTo(Map.of(PARIS, Map.of(JobState.QUEUED, 1L)));
    assertThat(stores.quarantine().count()).isEqualTo(1);
  }

  private OplogTopic join() {
    return BROKER.closing(
        new OplogTopic(
            BROKER.connection(), topic, BROKER.group(OplogTopic.GROUP), Clock.systemUTC()));
  }

  /** The first batch that is not empty. */
  private static LogBatch readSome(OplogTopic log, LogPosition from, int maxEntries) {
    return await().until(() -> log.read(from, maxEntries, WAIT), batch -> !batch.isEmpty());
  }

  /** Reads on until there were so many entries; the last batch. */
  private static LogBatch readAll(OplogTopic log, LogPosition from, int entries) {
    LogPosition next = from;
    int read = 0;
    while (true) {
      LogBatch batch = readSome(log, next, entries);
      read += batch.entries().size();
      next = batch.next();
      if (read >= entries) {
        return batch;
      }
    }
  }

  private static List<String> keys(LogBatch batch) {
    return batch.entries().stream().map(LogEntry::key).toList();
  }

  private void insert(int partition, String... keys) {
    for (String key : keys) {
      send(
          partition,
          "{\"operationType\":\"insert\",\"ns\":{\"db\":\"metadata\",\"coll\":\"photos\"},"
              + "\"documentKey\":{\"_id\":\""
              + key
              + "\"},\"fullDocument\":{\"_id\":\""
              + key
              + "\",\"value\":"
              + Metadata.pending("photos", key, "paris").json()
              + "}}");
    }
  }

  private void send(int partition, String value) {
    BROKER
        .connection()
        .send(List.of(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8))));
  }

  /** Reads and saves, as a populator does. */
  private final class Sharing {
    private final OplogTopic of;
    private LogPosition from = LogPosition.BEGINNING;
    private LogPosition last = LogPosition.BEGINNING;

    Sharing(OplogTopic of) {
      this.of = of;
    }

    void step(List<String> seen) {
      LogBatch batch = of.read(from, 10, Duration.ofMillis(50));
      if (!batch.isEmpty()) {
        try {
          new OplogPositions(of).save(topic, batch.next());
        } catch (BackbeatException rebalance) {
          return;
        }
        from = batch.next();
        seen.addAll(keys(batch));
      }
      last = batch.next();
    }

    int partitions() {
      return OplogOffsets.parse(last).next().size();
    }
  }
}
