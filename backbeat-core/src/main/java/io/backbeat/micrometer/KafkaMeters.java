package io.backbeat.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Shows what Kafka clients measure about themselves in a Micrometer registry, under the names that
 * Micrometer gives them. To be closed before the client is. Needs {@code kafka-clients}.
 */
public final class KafkaMeters implements AutoCloseable {
  private final KafkaClientMetrics metrics;

  private KafkaMeters(KafkaClientMetrics metrics, MeterRegistry registry) {
    this.metrics = metrics;
    metrics.bindTo(registry);
  }

  /** Those of a producer. */
  public static KafkaMeters bind(MeterRegistry registry, Producer<?, ?> producer) {
    return new KafkaMeters(new KafkaClientMetrics(producer), registry);
  }

  /** Those of a consumer; may be used beside the thread that polls. */
  public static KafkaMeters bind(MeterRegistry registry, Consumer<?, ?> consumer) {
    return new KafkaMeters(new KafkaClientMetrics(consumer), registry);
  }

  /** Those of an admin client. */
  public static KafkaMeters bind(MeterRegistry registry, AdminClient admin) {
    return new KafkaMeters(new KafkaClientMetrics(admin), registry);
  }

  /** Takes the meters out of the registry. */
  @Override
  public void close() {
    metrics.close();
  }
}
