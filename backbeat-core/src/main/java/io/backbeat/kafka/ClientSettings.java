package io.backbeat.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of Kafka's clients. Pure. */
final class ClientSettings {
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  /** Time enough for a partition to get another leader. */
  private static final int DELIVERY_TIMEOUT_MS = 30_000;

  private static final int MAX_BLOCK_MS = 5_000;
  private static final int METADATA_MAX_AGE_MS = 5_000;
  private static final int RECONNECT_BACKOFF_MAX_MS = 1_000;
  private static final int BATCH_BYTES = 128 * 1024;
  private static final int BUFFERED_BATCHES = 8;
  private static final int MAX_POLL_RECORDS = 500;
  private static final int FETCH_MAX_BYTES = 8 * 1024 * 1024;
  private static final int FETCH_MAX_WAIT_MS = 100;

  private ClientSettings() {}

  static Map<String, Object> producer(KafkaOptions options) {
    Map<String, Object> set = usual();
    set.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    set.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        Math.max(32L * 1024 * 1024, (long) BUFFERED_BATCHES * options.maxRequestSize()));
    set.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    set.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    set.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    set.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    set.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    embedders(options, ProducerConfig.configNames(), set);
    set.put(ProducerConfig.ACKS_CONFIG, "all");
    set.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    set.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, Crc32Partitioner.class);
    set.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, options.maxRequestSize());
    return set;
  }

  static Map<String, Object> admin(KafkaOptions options) {
    Map<String, Object> set = usual();
    set.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    set.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
    embedders(options, AdminClientConfig.configNames(), set);
    return set;
  }

  /** A consumer in no group, at no offset of its own: whoever makes it says where it reads. */
  static Map<String, Object> consumer(KafkaOptions options) {
    Map<String, Object> set = usual();
    set.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    set.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    set.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
    set.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
    embedders(options, ConsumerConfig.configNames(), set);
    set.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    set.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    set.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    set.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    set.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        Math.toIntExact(options.maxPollInterval().toMillis()));
    options.clientRack().ifPresent(rack -> set.put(ConsumerConfig.CLIENT_RACK_CONFIG, rack));
    return set;
  }

  private static Map<String, Object> usual() {
    Map<String, Object> set = new HashMap<>();
    set.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    set.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MS);
    return set;
  }

  /** What an embedder sets goes to the clients that know it, so that none warns of it. */
  private static void embedders(KafkaOptions options, Set<String> known, Map<String, Object> set) {
    options
        .properties()
        .forEach(
            (name, value) -> {
              if (known.contains(name) || !isOfAnyClient(name)) {
                set.put(name, value);
              }
            });
    set.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
  }

  private static boolean isOfAnyClient(String name) {
    return ProducerConfig.configNames().contains(name)
        || ConsumerConfig.configNames().contains(name)
        || AdminClientConfig.configNames().contains(name);
  }
}
