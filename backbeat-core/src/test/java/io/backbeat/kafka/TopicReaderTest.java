package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.PartitionLag;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicReaderTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private final InMemoryStores stores = new InMemoryStores();
  private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
  private String topic;

  @BeforeEach
  void makeTopic() {
    topic = BROKER.connection().topic("words");
    BROKER.connection().ensure(topic);
  }

  @Test
  void records_are_handled_in_order_and_committed() {
    send(0, "a", "b", "c");
    send(1, "d");
    TopicReader<String> reader = BROKER.started(reader(this::collect));

    await().until(() -> handled.size() == 4);
    await().until(() -> committed(0) == 3 && committed(1) == 1);
    assertThat(handled).containsSubsequence("a", "b", "c").contains("d");
    assertThat(reader.progress().committed())
        .containsEntry(topic + "/0", 3L)
        .containsEntry(topic + "/1", 1L);
    assertThat(reader.progress().error()).isEmpty();
    reader.close();
    send(1, "e");
    assertThat(reader.lag())
        .containsEntry(topic, List.of(new PartitionLag(0, 3, 3), new PartitionLag(1, 1, 2)));
  }

  @Test
  void every_partition_gets_a_committed_offset_before_anything_is_in_it() {
    BROKER.started(reader(this::collect));

    await().until(() -> committed(0) == 0 && committed(1) == 0);
  }

  @Test
  void the_next_reader_goes_on_where_the_last_one_stopped() {
    send(0, "a", "b");
    TopicReader<String> first = BROKER.started(reader(this::collect));
    await().until(() -> handled.size() == 2);
    first.close();
    first.close();
    send(0, "c");

    BROKER.started(reader(this::collect));

    await().until(() -> handled.size() == 3);
    assertThat(handled).containsExactly("a", "b", "c");
  }

  @Test
  void poison_is_set_aside_and_stops_nobody() {
    send(0, "a", "poison", "b", "canary");
    TopicReader<String> reader = BROKER.started(reader(this::collect));

    await().until(() -> committed(0) == 4);
    assertThat(handled).containsExactly("a", "b");
    QuarantinedEntry bad = stores.quarantine().find(new LogPosition(topic + "/0/1")).orElseThrow();
    assertThat(bad.value()).asString(UTF_8).isEqualTo("poison");
    assertThat(bad.reason()).contains("no word");
    assertThat(reader.progress().skipped()).isEqualTo(1);
    assertThat(reader.progress().quarantined()).isEqualTo(1);
    assertThat(stores.quarantine().count()).isEqualTo(1);
  }

  @Test
  void a_store_that_does_not_answer_is_asked_again_and_nothing_is_committed_meanwhile() {
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger calls = new AtomicInteger();
    send(0, "a", "b");
    TopicReader<String> reader =
        BROKER.started(
            reader(
                runs -> {
                  calls.incrementAndGet();
                  if (away.get()) {
                    throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "store is away");
                  }
                  collect(runs);
                }));

    await().until(() -> calls.get() >= 3);
    assertThat(committed(0)).isLessThanOrEqualTo(0);
    assertThat(reader.progress().error()).contains("store is away");
    away.set(false);

    await().until(() -> committed(0) == 2);
    assertThat(handled).containsExactly("a", "b");
    await().until(() -> reader.progress().error().isEmpty());
  }

  @Test
  void a_record_that_cannot_be_handled_is_found_and_set_aside() {
    send(0, "a", "b", "c");
    BROKER.started(
        reader(
            runs -> {
              if (words(runs).contains("b")) {
                throw new IllegalStateException("no b's");
              }
              collect(runs);
            }));

    await().until(() -> committed(0) == 3);
    assertThat(handled).containsExactly("a", "c");
    assertThat(stores.quarantine().list(10))
        .singleElement()
        .satisfies(bad -> assertThat(bad.reason()).contains("no b's"));
  }

  @Test
  void an_error_does_not_end_the_reader() {
    AtomicBoolean broken = new AtomicBoolean(true);
    send(0, "a");
    TopicReader<String> reader =
        BROKER.started(
            reader(
                runs -> {
                  if (broken.getAndSet(false)) {
                    throw new StackOverflowError("too deep");
                  }
                  collect(runs);
                }));

    await().until(() -> committed(0) == 1);
    assertThat(handled).containsExactly("a");
    assertThat(reader.running()).isTrue();
    reader.close();
    assertThat(reader.running()).isFalse();
  }

  @Test
  void closing_finishes_what_is_being_handled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    send(0, "a");
    TopicReader<String> reader =
        BROKER.started(
            reader(
                runs -> {
                  begun.countDown();
                  awaitQuietly(goOn);
                  collect(runs);
                }));
    begun.await();
    Thread closer = new Thread(reader::close);
    closer.start();
    goOn.countDown();
    closer.join();

    assertThat(handled).containsExactly("a");
    assertThat(committed(0)).isEqualTo(1);
  }

  @Test
  void closing_does_not_wait_for_a_store_that_is_away() {
    AtomicInteger calls = new AtomicInteger();
    send(0, "a");
    TopicReader<String> reader =
        BROKER.started(
            reader(
                runs -> {
                  calls.incrementAndGet();
                  throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "store is away");
                }));
    await().until(() -> calls.get() >= 1);

    reader.close();

    assertThat(committed(0)).isLessThanOrEqualTo(0);
  }

  @Test
  void two_readers_of_a_group_share_the_partitions_and_lose_nothing() {
    TopicReader<String> first = BROKER.started(reader(this::collect));
    await().until(() -> committed(1) == 0);
    TopicReader<String> second = BROKER.started(reader(this::collect));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      send(i % 2, "w" + i);
      sent.add("w" + i);
    }
    await().until(() -> !second.progress().committed().isEmpty() || handled.size() >= 20);
    first.close();
    send(0, "last");
    sent.add("last");

    await().untilAsserted(() -> assertThat(handled).containsAll(sent));
  }

  @Test
  void a_broker_that_goes_and_comes_back_is_waited_for() {
    send(0, "a");
    TopicReader<String> reader = BROKER.started(reader(this::collect));
    await().until(() -> committed(0) == 1);

    BROKER.cluster().stopBroker(1);
    BROKER.cluster().startBroker(1);
    send(0, "b");

    await().atMost(Duration.ofSeconds(30)).until(() -> committed(0) == 2);
    assertThat(handled).containsExactly("a", "b");
    await().until(() -> reader.progress().error().isEmpty());
  }

  @Test
  void what_comes_within_the_time_to_gather_is_one_batch() {
    ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();
    TopicReader<String> reader =
        BROKER.started(
            new TopicReader<>(
                "words",
                List.of(topic),
                new TopicConsumers(BROKER.connection(), BROKER.group("words"), List.of(topic), 2),
                TopicReaderTest::decode,
                runs -> {
                  batches.add(words(runs).size());
                  collect(runs);
                },
                stores.quarantine(),
                Clock.systemUTC(),
                new Gather(Duration.ofSeconds(30), 7, Long.MAX_VALUE)));
    await().until(() -> committed(0) == 0 && committed(1) == 0);

    send(0, "a", "b", "poison", "c");
    send(1, "d", "e", "f");

    await().until(() -> committed(0) == 4 && committed(1) == 3);
    assertThat(batches).containsExactly(6);
    assertThat(handled).containsSubsequence("a", "b", "c").containsSubsequence("d", "e", "f");
    assertThat(reader.progress().quarantined()).isEqualTo(1);
  }

  @Test
  void a_topic_that_is_missing_shows_and_is_waited_for() {
    String missing = BROKER.connection().topic("missing");
    KafkaConnection strict =
        BROKER.closing(
            KafkaConnection.open(KafkaOptions.of(BROKER.cluster().servers()), Clock.systemUTC()));
    TopicReader<String> reader =
        BROKER.started(
            new TopicReader<>(
                "missing",
                List.of(missing),
                new TopicConsumers(strict, BROKER.group("missing"), List.of(missing)),
                TopicReaderTest::decode,
                this::collect,
                stores.quarantine(),
                Clock.systemUTC()));

    await().until(() -> reader.progress().error().isPresent());
    assertThat(reader.progress().error()).get().asString().contains(missing, "create it");
    BROKER.connection().send(List.of(new ProducerRecord<>(missing, "a".getBytes(UTF_8))));

    await().atMost(Duration.ofSeconds(20)).until(() -> handled.contains("a"));
    await().until(() -> reader.progress().error().isEmpty());
  }

  private TopicReader<String> reader(TopicHandler<String> handler) {
    return new TopicReader<>(
        "words",
        List.of(topic),
        new TopicConsumers(BROKER.connection(), BROKER.group("words"), List.of(topic)),
        TopicReaderTest::decode,
        handler,
        stores.quarantine(),
        Clock.systemUTC());
  }

  private static Optional<String> decode(
      org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> message) {
    String word = new String(message.value(), UTF_8);
    if (word.equals("poison")) {
      throw new IllegalArgumentException("no word");
    }
    return word.equals("canary") ? Optional.empty() : Optional.of(word);
  }

  private void collect(List<TopicRun<String>> runs) {
    handled.addAll(words(runs));
  }

  private static List<String> words(List<TopicRun<String>> runs) {
    return runs.stream().flatMap(run -> run.records().stream()).map(TopicRecord::value).toList();
  }

  private void send(int partition, String... words) {
    BROKER
        .connection()
        .send(
            IntStream.range(0, words.length)
                .mapToObj(
                    i ->
                        new ProducerRecord<byte[], byte[]>(
                            topic, partition, null, words[i].getBytes(UTF_8)))
                .toList());
  }

  /** The committed offset; -1 for none. */
  private long committed(int partition) {
    return GroupOffsets.committed(BROKER.connection(), BROKER.group("words"))
        .getOrDefault(new TopicPartition(topic, partition), -1L);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
