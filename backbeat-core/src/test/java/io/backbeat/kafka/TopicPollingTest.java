package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.memory.InMemoryStores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicPollingTest {
  private static final TopicPartition PARTITION = new TopicPartition("words", 0);

  private final InMemoryStores stores = new InMemoryStores();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void consumer_that_fails_while_a_store_is_waited_for_costs_no_record() {
    try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
      TopicPolling<String> polling =
          new TopicPolling<>(
              consumer,
              source -> Optional.of(new String(source.value(), UTF_8)),
              runs -> {
                calls.incrementAndGet();
                consumer.setPollException(new KafkaException("fenced"));
                throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "store is away");
              },
              stores.quarantine(),
              Clock.systemUTC(),
              new TopicTally("words", Clock.systemUTC()),
              new CountDownLatch(1),
              Gather.NOTHING);
      consumer.subscribe(List.of(PARTITION.topic()), polling);
      consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
      consumer.rebalance(List.of(PARTITION));
      consumer.addRecord(
          new ConsumerRecord<>(PARTITION.topic(), 0, 0, new byte[0], "a".getBytes(UTF_8)));

      assertThatThrownBy(polling::once).isInstanceOf(KafkaException.class).hasMessage("fenced");

      assertThat(calls).hasValue(1);
      assertThat(stores.quarantine().count()).isZero();
      assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isZero();
    }
  }
}
