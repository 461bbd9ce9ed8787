package io.backbeat.server.cluster;

import io.backbeat.api.ComponentHealth;
import io.backbeat.health.HealthProbe;
import io.backbeat.kafka.KafkaConnection;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.mongodb.MongoStore;
import io.backbeat.redis.RedisStore;
import io.backbeat.server.config.ClusterConfig;
import io.backbeat.zookeeper.ZooKeeperState;
import io.backbeat.zookeeper.ZooKeeperStore;
import java.time.Clock;
import java.util.List;

/**
 * The four services, each reached by one adapter. Thread-safe.
 *
 * @param kafka queues and other topics
 * @param topics their names
 * @param mongo metadata, statuses, the ledger
 * @param redis counters and the index of failures
 * @param zookeeper states, positions, leaders
 */
record ClusterServices(
    KafkaConnection kafka,
    ReplicationTopics topics,
    MongoStore mongo,
    RedisStore redis,
    ZooKeeperStore zookeeper)
    implements AutoCloseable {
  /** Opens the adapters; a service that is away is waited for by whoever needs it. */
  static ClusterServices open(ClusterConfig config, Clock clock) {
    return new ClusterServices(
        KafkaConnection.open(ClusterOptions.kafka(config), clock),
        ClusterOptions.topics(config),
        MongoStore.open(ClusterOptions.mongo(config), clock),
        RedisStore.open(ClusterOptions.redis(config), clock),
        ZooKeeperStore.open(ClusterOptions.zookeeper(config), clock));
  }

  /** One probe for each, named as in the health check of the original where it has them. */
  List<HealthProbe> probes() {
    return List.of(
        kafkaProbe(kafka, kafka.topic(topics.replication())),
        zookeeperProbe(zookeeper),
        HealthProbe.answering("redis", redis::ping),
        HealthProbe.answering("mongodb", mongo::ping));
  }

  /** Asks for a topic without which no job can be queued. */
  private static HealthProbe kafkaProbe(KafkaConnection kafka, String topic) {
    return new HealthProbe(
        "kafka",
        () ->
            topicHealth(
                topic, kafka.find(topic).isPresent(), kafka.options().topicCreation().isPresent()));
  }

  /** A topic that is missing is no fault where the first use of it makes it. */
  static ComponentHealth topicHealth(String topic, boolean present, boolean made) {
    return present || made
        ? new ComponentHealth("kafka", ComponentHealth.State.OK, "")
        : new ComponentHealth(
            "kafka",
            ComponentHealth.State.FAILING,
            "topic "
                + topic
                + " does not exist: create it, or allow it to be created with the setting"
                + " topicCreation");
  }

  /** Tells the state of the session, which asks nobody. */
  static HealthProbe zookeeperProbe(ZooKeeperStore zookeeper) {
    return new HealthProbe(
        "zookeeper",
        () -> {
          ZooKeeperState state = zookeeper.state();
          return new ComponentHealth(
              "zookeeper",
              state == ZooKeeperState.SYNC_CONNECTED
                  ? ComponentHealth.State.OK
                  : ComponentHealth.State.FAILING,
              state.name());
        });
  }

  /** Closes all of them. Idempotent. */
  @Override
  public void close() {
    zookeeper.close();
    redis.close();
    mongo.close();
    kafka.close();
  }
}
