package io.backbeat.server.cluster;

import io.backbeat.job.ReplayTopics;
import io.backbeat.kafka.KafkaOptions;
import io.backbeat.kafka.ReplicationTopics;
import io.backbeat.mongodb.MongoOptions;
import io.backbeat.redis.RedisAddress;
import io.backbeat.redis.RedisEndpoint;
import io.backbeat.redis.RedisOptions;
import io.backbeat.server.config.ClusterConfig;
import io.backbeat.server.config.KafkaConfig;
import io.backbeat.server.config.RedisConfig;
import io.backbeat.server.config.RedisServers;
import io.backbeat.server.config.Secret;
import io.backbeat.server.config.ServerAddress;
import io.backbeat.server.config.TopicCreationConfig;
import io.backbeat.server.config.TopicsConfig;
import io.backbeat.zookeeper.ZooKeeperOptions;
import java.time.Duration;
import java.util.List;

/** What the configuration of a cluster means for the adapters of its services. Pure. */
final class ClusterOptions {
  private static final int DEFAULT_PARTITIONS = 5;
  private static final int DEFAULT_REPLICATION_FACTOR = 3;
  private static final int DEFAULT_MIN_IN_SYNC = 2;

  private ClusterOptions() {}

  static KafkaOptions kafka(ClusterConfig config) {
    KafkaConfig kafka = config.kafka();
    KafkaOptions options =
        KafkaOptions.of(kafka.hosts())
            .withTopicPrefix(kafka.topicPrefix())
            .withMaxRequestSize(kafka.maxRequestSize())
            .withMaxPollInterval(kafka.maxPollInterval())
            .withProperties(kafka.properties());
    options = kafka.site().map(options::withClientRack).orElse(options);
    return kafka.topicCreation().enabled()
        ? options.withTopicCreation(creation(kafka.topicCreation()))
        : options;
  }

  private static KafkaOptions.TopicCreation creation(TopicCreationConfig creation) {
    int replicas = creation.replicationFactor().orElse(DEFAULT_REPLICATION_FACTOR);
    return new KafkaOptions.TopicCreation(
        creation.partitions().orElse(DEFAULT_PARTITIONS),
        replicas,
        creation.minInsyncReplicas().orElse(Math.min(DEFAULT_MIN_IN_SYNC, replicas)));
  }

  static ReplicationTopics topics(ClusterConfig config) {
    TopicsConfig topics = config.topics();
    return new ReplicationTopics(
        topics.replication(),
        topics.replicationStatus(),
        topics.replicationFailed(),
        new ReplayTopics(
            topics.replay().stream()
                .map(topic -> new ReplayTopics.Topic(topic.name(), topic.retries()))
                .toList()),
        topics.dataMover(),
        topics.gc(),
        topics.metrics(),
        config.groups().queueProcessor(),
        config.groups().statusProcessor(),
        config.groups().gc());
  }

  static MongoOptions mongo(ClusterConfig config) {
    return MongoOptions.of(config.mongo().connectionString().value())
        .withDatabases(config.mongo().metadataDatabase(), config.mongo().ownDatabase());
  }

  static ZooKeeperOptions zookeeper(ClusterConfig config) {
    Duration session = config.zookeeper().sessionTimeout();
    Duration connection = ZooKeeperOptions.CONNECTION_TIMEOUT;
    return ZooKeeperOptions.of(config.zookeeper().connectionString())
        .withAutoCreateNamespace(config.zookeeper().autoCreateNamespace())
        .withTimeouts(session, session.compareTo(connection) < 0 ? session : connection)
        .withTestPaths(config.testNames());
  }

  static RedisOptions redis(ClusterConfig config) {
    RedisConfig redis = config.redis();
    return RedisOptions.of(endpoint(redis))
        .withCredentials(redis.user(), redis.password().map(Secret::value))
        .withTls(redis.tls())
        .withKeyPrefix(redis.keyPrefix())
        .withTestNames(config.testNames());
  }

  private static RedisEndpoint endpoint(RedisConfig redis) {
    RedisServers servers = redis.servers();
    if (servers instanceof RedisServers.Single single) {
      return new RedisEndpoint.Single(address(single.address()));
    }
    if (servers instanceof RedisServers.Sentinels sentinels) {
      return new RedisEndpoint.Sentinels(
          addresses(sentinels.sentinels()),
          sentinels.name(),
          redis.sentinelPassword().map(Secret::value));
    }
    return new RedisEndpoint.Cluster(addresses(((RedisServers.Cluster) servers).nodes()));
  }

  private static List<RedisAddress> addresses(List<ServerAddress> servers) {
    return servers.stream().map(ClusterOptions::address).toList();
  }

  private static RedisAddress address(ServerAddress server) {
    return new RedisAddress(server.host(), server.port());
  }
}
