package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.task.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the configuration of the cluster profile of a tree in which no error was found. Pure. */
final class ClusterConfigReader {
  static final String LOG_SOURCE = "queuePopulator.logSource";
  static final String REPLICATION = "extensions.replication.";
  private static final String RETRY = REPLICATION + "queueProcessor.retry.";
  private static final String KAFKA = "backbeat.kafka.";
  private static final String TOPIC_CREATION = KAFKA + "topicCreation.";
  private static final String OPLOG = "queuePopulator.kafka.";

  /** The original knows no other name. */
  private static final String FAILED_GROUP = "backbeat-retry-group";

  private static final int KAFKA_PORT = 9092;
  private static final int REDIS_PORT = 6379;
  private static final int SENTINEL_PORT = 26_379;

  private final ConfigValues values;

  private ClusterConfigReader(ConfigValues values) {
    this.values = values;
  }

  static ClusterConfig read(ConfigValues values, Set<ServerRole> roles) {
    return new ClusterConfigReader(values).read(roles);
  }

  private ClusterConfig read(Set<ServerRole> roles) {
    return new ClusterConfig(
        kafka(),
        new ZooKeeperConfig(
            values.requireText("zookeeper.connectionString").strip(),
            values.truth("zookeeper.autoCreateNamespace"),
            millis("backbeat.zookeeper.sessionTimeoutMs")),
        redis(),
        new MongoConfig(
            MongoUri.of(values),
            values.requireText("queuePopulator.mongo.database"),
            values.requireText("backbeat.mongo.database")),
        topics(),
        groups(),
        processing(),
        roles.contains(ServerRole.POPULATOR) ? Optional.of(populator()) : Optional.empty(),
        values.truth("backbeat.testNames"));
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(
        ServerList.parse(values.find("kafka.hosts").orElseThrow(), KAFKA_PORT).stream()
            .map(ServerAddress::toString)
            .collect(Collectors.joining(",")),
        nonEmpty("kafka.site"),
        values.integer("kafka.maxRequestSize"),
        millis("kafka.maxPollIntervalMs"),
        new BacklogMetricsConfig(
            values.requireText("kafka.backlogMetrics.zkPath"),
            Duration.ofSeconds(values.number("kafka.backlogMetrics.intervalS"))),
        values.requireText(KAFKA + "topicPrefix"),
        properties(),
        new TopicCreationConfig(
            values.truth(TOPIC_CREATION + "enabled"),
            optionalInt(TOPIC_CREATION + "partitions"),
            optionalInt(TOPIC_CREATION + "replicationFactor"),
            optionalInt(TOPIC_CREATION + "minInsyncReplicas")));
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    values
        .tree()
        .at(KAFKA + "properties")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
    return properties;
  }

  private RedisConfig redis() {
    return new RedisConfig(
        redisServers(),
        nonEmpty("backbeat.redis.user"),
        nonEmpty("redis.password").map(Secret::new),
        nonEmpty("redis.sentinelPassword").map(Secret::new),
        values.truth("backbeat.redis.tls"),
        values.requireText("backbeat.redis.keyPrefix"));
  }

  private RedisServers redisServers() {
    if (values.isSaid("backbeat.redis.cluster")) {
      return new RedisServers.Cluster(servers("backbeat.redis.cluster", REDIS_PORT));
    }
    if (values.isSaid("redis.sentinels")) {
      return new RedisServers.Sentinels(
          servers("redis.sentinels", SENTINEL_PORT), values.requireText("redis.name"));
    }
    return new RedisServers.Single(
        new ServerAddress(values.requireText("redis.host"), values.integer("redis.port")));
  }

  private List<ServerAddress> servers(String path, int port) {
    return ServerList.parse(values.tree().at(path), port);
  }

  private TopicsConfig topics() {
    return new TopicsConfig(
        values.requireText(REPLICATION + "topic"),
        values.requireText(REPLICATION + "dataMoverTopic"),
        values.requireText(REPLICATION + "replicationStatusTopic"),
        values.requireText(REPLICATION + "replicationFailedTopic"),
        values.list(REPLICATION + "replayTopics").stream()
            .map(
                topic ->
                    new ReplayTopic(
                        topic.path("topicName").asText(), topic.path("retries").asInt(1)))
            .toList(),
        values.requireText("extensions.ingestion.topic"),
        values.requireText("extensions.gc.topic"),
        values.requireText("metrics.topic"));
  }

  private GroupsConfig groups() {
    return new GroupsConfig(
        values.requireText(REPLICATION + "queueProcessor.groupId"),
        values.requireText(REPLICATION + "replicationStatusProcessor.groupId"),
        FAILED_GROUP,
        values.requireText("extensions.gc.consumer.groupId"),
        values.requireText("metrics.groupIdPrefix"));
  }

  private ProcessingConfig processing() {
    Map<LocationName, RetryPolicy> retry = new LinkedHashMap<>();
    for (JsonNode site : values.list(ServerConfigReader.BOOTSTRAP_LIST)) {
      retry.put(
          LocationName.of(site.path("site").asText()), retry(site.path("type").asText("scality")));
    }
    return new ProcessingConfig(
        values.integer(REPLICATION + "queueProcessor.concurrency"),
        values.integer(REPLICATION + "replicationStatusProcessor.concurrency"),
        values.integer("extensions.gc.consumer.concurrency"),
        retry,
        values.truth(REPLICATION + "monitorReplicationFailures"));
  }

  /** What the file says of a type of sites, and the original's defaults for the rest. */
  private RetryPolicy retry(String type) {
    RetryPolicy usual =
        Set.of("aws_s3", "azure", "gcp").contains(type) ? RetryPolicy.CLOUD : RetryPolicy.SCALITY;
    String section = RETRY + type + ".";
    Duration first = said(section + "backoff.min").map(this::toMillis).orElse(usual.firstDelay());
    Duration longest = said(section + "backoff.max").map(this::toMillis).orElse(usual.maxDelay());
    return new RetryPolicy(
        said(section + "maxRetries").map(r -> Integer.parseInt(r) + 1).orElse(usual.maxAttempts()),
        first,
        longest.compareTo(first) < 0 ? first : longest,
        said(section + "backoff.factor").map(Double::valueOf).orElse(usual.factor()),
        said(section + "backoff.jitter").map(Double::valueOf).orElse(usual.jitter()));
  }

  private PopulatorConfig populator() {
    return new PopulatorConfig(
        values.requireText(LOG_SOURCE).equals("kafka")
            ? new LogSource.Oplog(oplog("topic"), oplog("consumerGroupId"), oplog("logName"))
            : new LogSource.ChangeStream(values.requireText("queuePopulator.mongo.logName")),
        values.requireText("queuePopulator.zookeeperPath"),
        values.integer("queuePopulator.batchMaxRead"));
  }

  /** As the original's populator with replication alone: its own section wins. */
  private String oplog(String name) {
    return said(OPLOG + "replication." + name).orElseGet(() -> values.requireText(OPLOG + name));
  }

  private Optional<String> said(String path) {
    return Optional.of(values.tree().at(path))
        .filter(JsonNode::isValueNode)
        .map(node -> node.asText().strip());
  }

  private Optional<String> nonEmpty(String path) {
    return values.text(path).filter(text -> !text.isEmpty());
  }

  private OptionalInt optionalInt(String path) {
    return values.isSaid(path) ? OptionalInt.of(values.integer(path)) : OptionalInt.empty();
  }

  private Duration toMillis(String number) {
    return Duration.ofMillis(Long.parseLong(number));
  }

  private Duration millis(String path) {
    return Duration.ofMillis(values.number(path));
  }
}
