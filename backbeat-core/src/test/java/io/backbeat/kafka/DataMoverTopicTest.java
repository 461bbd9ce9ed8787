package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.task.JobHandler;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.DelegatingStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies that lifecycle asks for, on a real broker. */
class DataMoverTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private static final LocationName COLD = LocationName.of("cold-site");
  private static final RetryPolicy TWICE =
      new RetryPolicy(2, Duration.ofMillis(10), Duration.ofMillis(10), 1, 0);

  private final InMemoryStores stores = new InMemoryStores();
  private final ConcurrentLinkedQueue<Job> run = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<JobEvent.Failed> told = new ConcurrentLinkedQueue<>();

  private BackbeatEngine started(JobHandler handler) {
    JobQueue queue =
        BROKER.closing(KafkaJobQueue.on(BROKER.connection(), BROKER.topics(), Clock.systemUTC()));
    BackbeatEngine engine =
        BackbeatEngine.builder(
                new DelegatingStores(stores) {
                  @Override
                  public JobQueue queue() {
                    return queue;
                  }
                })
            .locations(COLD)
            .replication((job, context) -> TaskOutcome.Replicated.WITHOUT_VERSION)
            .jobType(JobType.COPY_LOCATION, List.of(COLD), handler, told::addAll)
            .config(EngineConfig.DEFAULT)
            .retry(location -> TWICE)
            .build();
    BROKER.closing(() -> engine.close(Duration.ofSeconds(10)));
    engine.start();
    return engine;
  }

  private void send(String key, String message) {
    String topic = BROKER.connection().topic("backbeat-data-mover");
    BROKER
        .connection()
        .send(List.of(new ProducerRecord<>(topic, key.getBytes(UTF_8), message.getBytes(UTF_8))));
  }

  private static String action(int number, String bucket, String key, String location) {
    return CopyMessagesTest.COPY
        .replace("0f7f9ffb", "%08d".formatted(number))
        .replace("\"bucket\":\"b1\"", "\"bucket\":\"" + bucket + '"')
        .replace("dir/k \\u00e9", key)
        .replace("cold-site", location);
  }

  @Test
  void actions_are_run_in_order_per_key_and_none_is_lost_or_run_for_another_location() {
    JobHandler handler =
        (job, context) -> {
          run.add(job);
          return TaskOutcome.Replicated.WITHOUT_VERSION;
        };
    started(handler);
    for (int i = 0; i < 20; i++) {
      send("b1/k", action(i, "b1", "k", "cold-site"));
      send("b2/k", action(100 + i, "b2", "k", "cold-site"));
      send("b1/k", action(200 + i, "b1", "k", "other-site"));
    }
    send("b1/k", "{\"action\":\"copyLocation\"}");
    send("b1/k", "{\"action\":\"requeueTransition\"}");
    send("b1/k", action(99, "b1", "k", "cold-site"));

    await().until(() -> run.size() == 41);
    assertThat(run)
        .filteredOn(j -> j.object().bucket().equals("b1"))
        .extracting(Job::revision)
        .isSorted()
        .hasSize(21);
    assertThat(run)
        .filteredOn(j -> j.object().bucket().equals("b2"))
        .extracting(Job::revision)
        .isSorted()
        .hasSize(20);
    assertThat(run).extracting(Job::location).containsOnly(COLD);
    assertThat(stores.quarantine().list(10))
        .singleElement()
        .satisfies(bad -> assertThat(bad.reason()).contains("must name bucket"));
  }

  @Test
  void failed_copy_is_retried_through_the_ledger_and_its_end_is_told_and_nothing_else_is_written() {
    AtomicInteger attempts = new AtomicInteger();
    started(
        (job, context) -> {
          attempts.incrementAndGet();
          return new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());
        });
    send("b1/k", action(1, "b1", "k", "cold-site"));

    await().until(() -> told.size() == 1);
    assertThat(attempts).hasValue(2);
    assertThat(told.element().job().payload()).isEqualTo(action(1, "b1", "k", "cold-site"));
    assertThat(told.element().errorClass()).isEqualTo("Timeout");
    for (String topic : List.of("backbeat-replication-status", "backbeat-replication-failed")) {
      assertThat(BROKER.connection().find(BROKER.connection().topic(topic))).as(topic).isEmpty();
    }
  }

  @Test
  void newer_action_that_fails_is_retried_too_while_an_older_one_waits() {
    Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    JobHandler handler =
        (job, context) -> {
          int made =
              attempts.computeIfAbsent(job.revision(), r -> new AtomicInteger()).incrementAndGet();
          return made == 1
              ? new TaskOutcome.Retryable("Timeout", "slow", Optional.of(Duration.ofMillis(500)))
              : TaskOutcome.Replicated.WITHOUT_VERSION;
        };
    started(handler);
    send("b1/k", action(1, "b1", "k", "cold-site"));
    await().until(() -> attempts.size() == 1);
    send("b1/k", action(2, "b1", "k", "cold-site"));

    await().until(() -> attempts.size() == 2);
    await()
        .until(
            () ->
                attempts.entrySet().stream()
                    .filter(e -> e.getKey().startsWith("00000002"))
                    .allMatch(e -> e.getValue().get() == 2));
  }

  @Test
  void paused_location_copies_nothing_until_it_is_resumed() {
    BackbeatEngine engine =
        started(
            (job, context) -> {
              run.add(job);
              return TaskOutcome.Replicated.WITHOUT_VERSION;
            });
    engine.operations().locations().pause(ServiceName.REPLICATION, COLD);
    await()
        .until(
            () ->
                engine.queues().stream()
                    .allMatch(q -> q.observed() == io.backbeat.api.ObservedState.PAUSED));
    send("b1/k", action(1, "b1", "k", "cold-site"));
    KafkaJobQueue queue = KafkaJobQueue.on(BROKER.connection(), BROKER.topics(), Clock.systemUTC());
    await()
        .until(
            () ->
                queue.lag(new QueueName(JobType.COPY_LOCATION, COLD)).stream()
                    .anyMatch(lag -> lag.records() > 0));
    assertThat(run).isEmpty();

    engine.operations().locations().resume(ServiceName.REPLICATION, COLD);

    await().until(() -> run.size() == 1);
  }

  @Test
  void result_is_on_its_topic_without_a_key_on_return() {
    ResultPublisher results = new ResultPublisher(BROKER.connection());

    results.publish("transition-results", "{\"status\":\"success\"}");

    assertThat(read("transition-results"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isNull();
              assertThat(record.value()).asString(UTF_8).isEqualTo("{\"status\":\"success\"}");
            });
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<TopicPartition> partitions =
        List.of(
            new TopicPartition(BROKER.connection().topic(topic), 0),
            new TopicPartition(BROKER.connection().topic(topic), 1));
    try (Consumer<byte[], byte[]> consumer =
        BROKER.connection().consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new java.util.ArrayList<>();
      await()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return !found.isEmpty();
              });
      return found;
    }
  }
}
