package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.job.JobEvent;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.metrics.CountedSources;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.testing.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryCountedSources sources = new InMemoryCountedSources();

  @Test
  void what_one_process_counts_reaches_the_counters_of_another() {
    MetricsPublisher publisher =
        new MetricsPublisher(BROKER.connection(), BROKER.topics(), stores.counters());
    Instant now = Clock.systemUTC().instant();
    var job = Jobs.aJob().bytes(30).build();
    Map<CounterKey, Long> deltas =
        JobMetrics.deltas(
            List.of(
                new JobEvent.Queued(job, now),
                new JobEvent.TransferStarted(job, now),
                new JobEvent.BytesTransferred(job, 30, now),
                new JobEvent.Completed(job, now),
                new JobEvent.Queued(job, now)));
    start(sources);

    publisher.add(deltas, now);

    await()
        .untilAsserted(
            () -> deltas.forEach((key, sum) -> assertThat(sources.sum(key)).isEqualTo(sum)));
    assertThat(publisher.gauges(List.of(key(Counter.OPS_PENDING)))).containsExactly(0L);
  }

  @Test
  void messages_of_the_original_count_once_and_those_for_others_not_at_all() {
    TopicReader<?> reader = start(sources);
    send(
        0,
        message("queued", "\"ops\":5,\"bytes\":195"),
        message("completed", "\"ops\":2,\"bytes\":95"),
        message("failed", "\"ops\":1,\"bytes\":10"),
        message("pendingOnly", "\"ops\":1,\"bytes\":10"),
        message(
            "queued", "\"bytes\":7,\"bucketName\":\"b\",\"objectKey\":\"k\",\"versionId\":\"v\""),
        message("completed", "\"bytes\":7,\"bucketName\":\"b\",\"objectKey\":\"k\""),
        message("elsewhere", "\"ops\":5"),
        message("queued", "\"ops\":5").replace("crr", "ingestion"),
        "poison");

    await().until(() -> committed(0) == 9);
    assertThat(sources.sum(Counter.OPS_PENDING)).isEqualTo(3);
    assertThat(sources.sum(Counter.BYTES_PENDING)).isEqualTo(100);
    assertThat(sources.sum(Counter.OPS)).isEqualTo(5);
    assertThat(sources.sum(Counter.BYTES_DONE)).isEqualTo(95);
    assertThat(sources.sum(Counter.OPS_FAIL)).isEqualTo(1);
    assertThat(sources.sum(Counter.OBJECT_BYTES)).isEqualTo(7);
    assertThat(sources.sum(Counter.OBJECT_BYTES_DONE)).isEqualTo(7);
    assertThat(reader.progress().skipped()).isEqualTo(2);
    assertThat(stores.quarantine().count()).isEqualTo(1);
  }

  @Test
  void what_was_counted_and_not_committed_is_not_counted_again() {
    AtomicInteger adds = new AtomicInteger();
    CountedSources noAnswer =
        new Wrapped(sources) {
          @Override
          public boolean add(
              String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas) {
            assertThat(super.add(source, from, to, deltas)).isTrue();
            adds.incrementAndGet();
            throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the answer was lost");
          }

          @Override
          public long counted(String source) {
            if (adds.get() > 0) {
              throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "store is away");
            }
            return super.counted(source);
          }
        };
    send(0, message("queued", "\"ops\":5"), message("queued", "\"ops\":3"));
    TopicReader<?> killed = start(noAnswer);
    await().until(() -> adds.get() == 1);
    killed.close();
    assertThat(committed(0)).isZero();
    assertThat(sources.sum(Counter.OPS)).isEqualTo(8);

    send(0, message("queued", "\"ops\":100"));
    start(sources);

    await().until(() -> committed(0) == 3);
    assertThat(sources.sum(Counter.OPS)).isEqualTo(108);
  }

  @Test
  void an_answer_that_is_lost_counts_once() {
    AtomicInteger adds = new AtomicInteger();
    CountedSources flaky =
        new Wrapped(sources) {
          @Override
          public boolean add(
              String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas) {
            boolean added = super.add(source, from, to, deltas);
            if (adds.incrementAndGet() == 1) {
              throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the answer was lost");
            }
            return added;
          }
        };
    send(0, message("queued", "\"ops\":5"));
    start(flaky);
    await().until(() -> committed(0) == 1);
    send(0, message("queued", "\"ops\":3"));

    await().until(() -> committed(0) == 2);
    assertThat(sources.sum(Counter.OPS)).isEqualTo(8);
  }

  @Test
  void a_partition_that_somebody_else_has_counted_further_is_asked_again() {
    send(0, message("queued", "\"ops\":1"));
    start(sources);
    await().until(() -> committed(0) == 1);
    assertThat(sources.add(onlySource(), 1, 2, Collections.emptySortedMap())).isTrue();

    send(0, message("queued", "\"ops\":10"), message("queued", "\"ops\":100"));
    await().until(() -> committed(0) == 3);

    assertThat(sources.counted(onlySource())).isEqualTo(3);
    assertThat(sources.sum(Counter.OPS)).isEqualTo(101);
  }

  @Test
  void counters_that_lost_their_memory_go_on_with_what_comes() {
    send(0, message("queued", "\"ops\":1"));
    TopicReader<?> first = start(sources);
    await().until(() -> committed(0) == 1);
    first.close();
    InMemoryCountedSources fresh = new InMemoryCountedSources();
    send(0, message("queued", "\"ops\":10"));

    start(fresh);

    await().until(() -> committed(0) == 2);
    assertThat(fresh.sum(Counter.OPS)).isEqualTo(10);
  }

  @Test
  void a_topic_that_was_deleted_and_made_again_is_counted_from_its_beginning() {
    send(0, message("queued", "\"ops\":1"), message("queued", "\"ops\":1"));
    TopicReader<?> first = start(sources);
    await().until(() -> committed(0) == 2);
    first.close();
    BROKER.connection().ask("deleting", admin -> admin.deleteTopics(List.of(topic())).all());
    try (KafkaConnection afresh = BROKER.connect()) {
      await().until(() -> afresh.find(topic()).isEmpty());
      afresh.ensure(topic());
    }
    send(0, message("queued", "\"ops\":10"));

    start(sources);

    await().until(() -> sources.sum(Counter.OPS) == 12);
  }

  @Test
  void records_that_were_deleted_unread_leave_a_gap_and_no_more() {
    send(0, message("queued", "\"ops\":1"), message("queued", "\"ops\":1"));
    BROKER
        .connection()
        .ask(
            "deleting records",
            admin ->
                admin
                    .deleteRecords(
                        Map.of(new TopicPartition(topic(), 0), RecordsToDelete.beforeOffset(1)))
                    .all());

    start(sources);

    await().until(() -> committed(0) == 2);
    assertThat(sources.sum(Counter.OPS)).isEqualTo(1);
  }

  private String onlySource() {
    String id =
        BROKER
            .connection()
            .ask(
                "describing",
                admin -> admin.describeTopics(List.of(topic())).topicNameValues().get(topic()))
            .topicId()
            .toString();
    return topic() + "/0/" + id;
  }

  private TopicReader<?> start(CountedSources counted) {
    return BROKER.started(
        MetricsConsumer.create(
            BROKER.connection(),
            BROKER.topics(),
            BROKER.group(MetricsConsumer.GROUP_PREFIX),
            ServiceName.REPLICATION,
            counted,
            stores.quarantine(),
            Clock.systemUTC()));
  }

  private String topic() {
    return BROKER.connection().topic(BROKER.topics().metrics());
  }

  private static String message(String type, String members) {
    return "{\"timestamp\":"
        + Clock.systemUTC().millis()
        + ",\"extension\":\"crr\",\"type\":\""
        + type
        + "\",\"site\":\"paris\","
        + members
        + "}";
  }

  private void send(int partition, String... messages) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String message : messages) {
      records.add(new ProducerRecord<>(topic(), partition, null, message.getBytes(UTF_8)));
    }
    BROKER.connection().send(records);
  }

  private long committed(int partition) {
    return GroupOffsets.committed(
            BROKER.connection(), BROKER.group(MetricsConsumer.GROUP_PREFIX) + "-crr")
        .getOrDefault(new TopicPartition(topic(), partition), -1L);
  }

  private static CounterKey key(Counter counter) {
    return CounterKey.of(ServiceName.REPLICATION, LocationName.of("paris"), counter);
  }

  /** Sources with some of their answers changed. */
  private static class Wrapped implements CountedSources {
    private final CountedSources real;

    Wrapped(CountedSources real) {
      this.real = real;
    }

    @Override
    public long counted(String source) {
      return real.counted(source);
    }

    @Override
    public boolean add(
        String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas) {
      return real.add(source, from, to, deltas);
    }
  }
}
