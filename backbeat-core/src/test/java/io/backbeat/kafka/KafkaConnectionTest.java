package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.Partitioner;
import io.backbeat.queue.QueueName;
import io.backbeat.queue.RefusedJob;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {
  @TempDir static Path directory;
  static KafkaCluster cluster;

  private KafkaOptions options;
  private KafkaConnection connection;

  @BeforeAll
  static void start() {
    cluster = KafkaCluster.start(directory, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    options = new KafkaTopicsOfTest().options(cluster.servers(), 3);
    connection = KafkaConnection.open(options, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void a_topic_is_made_with_the_documented_settings_and_can_be_looked_at() {
    String topic = connection.topic("t");
    assertThat(connection.find(topic)).isEmpty();

    TopicLayout layout = connection.ensure(topic);

    assertThat(layout.name()).isEqualTo(topic).startsWith(options.topicPrefix());
    assertThat(layout.minInsyncReplicas()).isEqualTo(1);
    assertThat(layout.partitions()).hasSize(3);
    assertThat(connection.find(topic).orElseThrow().partitions())
        .allSatisfy(
            partition -> {
              assertThat(partition.leader()).hasValue(1);
              assertThat(partition.replicas()).containsExactly(1);
              assertThat(partition.inSync()).containsExactly(1);
            });
  }

  @Test
  void records_go_where_the_originals_producers_put_them() {
    String topic = connection.topic("t");
    List<ProducerRecord<byte[], byte[]>> records =
        IntStream.range(0, 20)
            .mapToObj(i -> new ProducerRecord<>(topic, bytes("key" + i), bytes("v")))
            .toList();

    List<RecordMetadata> written = connection.send(records);

    for (int i = 0; i < 20; i++) {
      assertThat(written.get(i).partition()).isEqualTo(Partitioner.partition("key" + i, 3));
    }
  }

  @Test
  void a_message_of_the_largest_size_is_written_and_a_larger_one_is_refused_for_good() {
    String topic = connection.topic("t");
    byte[] random = new byte[KafkaOptions.MAX_REQUEST_SIZE - 1_000];
    new java.util.Random(1).nextBytes(random);
    assertThat(connection.send(List.of(new ProducerRecord<>(topic, random)))).hasSize(1);

    byte[] larger = new byte[KafkaOptions.MAX_REQUEST_SIZE];
    assertThatThrownBy(() -> connection.send(List.of(new ProducerRecord<>(topic, larger))))
        .isInstanceOfSatisfying(
            BackbeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE))
        .hasMessageContaining(topic)
        .hasMessageContaining("maxRequestSize");
  }

  @Test
  void one_job_that_is_too_large_is_told_and_the_others_are_queued() {
    KafkaJobQueue queue =
        KafkaJobQueue.on(connection, new KafkaTopicsOfTest().topics(), Clock.systemUTC());
    Jobs large = Jobs.aJob().key("large").payload("x".repeat(6 * 1024 * 1024));
    Job first = Jobs.aJob().key("a").build();
    Job last = Jobs.aJob().key("z").build();

    List<RefusedJob> refused = queue.publishAccepted(List.of(first, large.build(), last));

    assertThat(refused).extracting(RefusedJob::job).containsExactly(large.build());
    try (JobConsumer consumer =
        queue.consumer(new QueueName(first.key().type(), first.location()))) {
      Set<String> seen = new HashSet<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (Delivery delivery : consumer.poll(10, Duration.ofMillis(50))) {
                  seen.add(((Delivery.OfJob) delivery).job().object().key());
                }
                return seen.containsAll(Set.of("a", "z"));
              });
      assertThat(seen).containsExactlyInAnyOrder("a", "z");
    }
  }

  /** Kafka's producer waits for a topic that is gone, 5 s with each record. */
  @Test
  @Timeout(30)
  void a_topic_that_was_deleted_costs_one_wait_and_not_one_for_each_record() throws Exception {
    String topic = connection.topic("t");
    connection.ensure(topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.servers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    List<ProducerRecord<byte[], byte[]>> many =
        IntStream.range(0, 20)
            .mapToObj(i -> new ProducerRecord<>(topic, bytes("k"), bytes("v")))
            .toList();

    assertThatThrownBy(() -> connection.send(many))
        .isInstanceOfSatisfying(BackbeatException.class, e -> assertThat(e.retryable()).isTrue());
    assertThat(connection.send(many)).as("made again").hasSize(20);
  }

  @Test
  void a_topic_that_a_look_finds_gone_is_made_again() throws Exception {
    MutableClock clock = MutableClock.create();
    try (KafkaConnection watching = KafkaConnection.open(options, clock);
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.servers()))) {
      String topic = watching.topic("gone");
      String before = watching.ensure(topic).id();
      admin.deleteTopics(List.of(topic)).all().get();
      await()
          .until(
              () -> {
                clock.advance(Duration.ofSeconds(6));
                return watching.find(topic).isEmpty();
              });

      assertThat(watching.ensure(topic).id()).isNotEqualTo(before);
    }
  }

  @Test
  void a_closed_connection_says_so() {
    connection.close();
    connection.close();
    assertThatThrownBy(() -> connection.ensure("t"))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
  }

  @Test
  void a_server_without_an_address_is_an_error_of_the_call_and_not_of_opening() {
    try (KafkaConnection nowhere =
        KafkaConnection.open(KafkaOptions.of("no.such.host.invalid:9092"), Clock.systemUTC())) {
      assertThatThrownBy(() -> nowhere.find("t"))
          .isInstanceOfSatisfying(BackbeatException.class, e -> assertThat(e.retryable()).isTrue())
          .hasMessageContaining("no.such.host.invalid");
    }
  }

  @Test
  void settings_of_an_embedder_go_to_the_clients_that_know_them_and_leave_the_promises() {
    KafkaOptions set =
        options.withProperties(
            Map.of(
                "acks", "0",
                "enable.auto.commit", "true",
                "session.timeout.ms", "7000",
                "security.protocol", "SSL",
                "x.plugin", "y"));
    assertThat(ClientSettings.producer(set))
        .containsEntry("acks", "all")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("x.plugin", "y")
        .containsEntry("compression.type", "zstd")
        .doesNotContainKey("session.timeout.ms");
    assertThat(ClientSettings.consumer(set.withClientRack("dc1")))
        .containsEntry("enable.auto.commit", false)
        .containsEntry("session.timeout.ms", "7000")
        .containsEntry("client.rack", "dc1");
    assertThat(ClientSettings.admin(set)).doesNotContainKeys("acks", "session.timeout.ms");
  }

  @Test
  void options_that_cannot_work_are_refused_with_what_would() {
    assertThatIllegalArgumentException().isThrownBy(() -> KafkaOptions.of(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withMaxPollInterval(Duration.ofSeconds(44)))
        .withMessageContaining("PT45S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KafkaOptions.TopicCreation(1, 2, 3))
        .withMessageContaining("(2), was 3");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
