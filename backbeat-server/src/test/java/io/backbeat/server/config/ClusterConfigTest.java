package io.backbeat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.task.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cluster profile makes of configurations. */
class ClusterConfigTest {
  private static final String LEAST =
      "\"kafka\": {\"hosts\": \"k\"}, \"zookeeper\": {\"connectionString\": \"z:2181/b\"}";

  @TempDir Path directory;

  @Test
  void the_least_configuration_has_the_defaults_of_the_original() throws IOException {
    ClusterConfig config = cluster("{" + LEAST + "}");

    assertThat(config.kafka())
        .isEqualTo(
            new KafkaConfig(
                "k:9092",
                Optional.empty(),
                5_000_020,
                Duration.ofMinutes(5),
                new BacklogMetricsConfig(
                    "/backbeat/run/kafka-backlog-metrics", Duration.ofSeconds(60)),
                "",
                Map.of(),
                new TopicCreationConfig(
                    true, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty())));
    assertThat(config.zookeeper())
        .isEqualTo(new ZooKeeperConfig("z:2181/b", false, Duration.ofSeconds(10)));
    assertThat(config.redis())
        .isEqualTo(
            new RedisConfig(
                new RedisServers.Single(new ServerAddress("127.0.0.1", 6379)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ""));
    assertThat(config.mongo())
        .isEqualTo(
            new MongoConfig(
                new Secret(
                    "mongodb://localhost:27017/?w=majority&readPreference=primary&replicaSet=rs0"),
                "metadata",
                "backbeat"));
    assertThat(config.topics())
        .isEqualTo(
            new TopicsConfig(
                "backbeat-replication",
                "backbeat-data-mover",
                "backbeat-replication-status",
                "backbeat-replication-failed",
                List.of(),
                "backbeat-ingestion",
                "backbeat-gc",
                "backbeat-metrics"));
    assertThat(config.groups())
        .isEqualTo(
            new GroupsConfig(
                "backbeat-replication-group",
                "backbeat-replication-group",
                "backbeat-retry-group",
                "backbeat-gc-consumer-group",
                "backbeat-metrics-group"));
    assertThat(config.groups().ofLocation(LocationName.of("aws")))
        .isEqualTo("backbeat-replication-group-aws");
    assertThat(config.processing()).isEqualTo(new ProcessingConfig(10, 10, 10, Map.of(), true));
    assertThat(config.populator())
        .contains(
            new PopulatorConfig(
                new LogSource.ChangeStream("s3-recordlog"), "/queue-populator", 10_000));
    assertThat(config.testNames()).isFalse();
  }

  @Test
  void every_key_of_the_original_keeps_its_place() throws IOException {
    ClusterConfig config = cluster(resource("original/conf/config.json"));

    assertThat(config.kafka().hosts()).isEqualTo("kafka-0:9092,kafka-1:9092");
    assertThat(config.kafka().site()).contains("newyork");
    assertThat(config.zookeeper().connectionString())
        .isEqualTo("zk-0:2181,zk-1:2181,zk-2:2181/backbeat");
    assertThat(config.zookeeper().autoCreateNamespace()).isTrue();
    assertThat(config.redis().servers())
        .isEqualTo(
            new RedisServers.Sentinels(
                List.of(new ServerAddress("redis-0", 16_379), new ServerAddress("redis-1", 16_379)),
                "backbeat"));
    assertThat(config.redis().sentinelPassword())
        .as("a text of sentinels keeps the password")
        .contains(new Secret("redis-pass"));
    assertThat(config.mongo().connectionString().value())
        .as("one set of credentials")
        .isEqualTo(
            "mongodb://backbeat:mongo-pass@mongo-0:27017,mongo-1:27017/?w=majority&readPreference=primary&replicaSet=rs0");
    assertThat(config.topics().replay())
        .containsExactly(new ReplayTopic("backbeat-replication-replay-0", 5));
    assertThat(config.processing().retryOf(LocationName.of("aws-archive")))
        .isEqualTo(RetryPolicy.CLOUD);
    assertThat(config.processing().retryOf(LocationName.of("azure-copy")))
        .isEqualTo(RetryPolicy.CLOUD);
    assertThat(config.processing().retryOf(LocationName.of("sydney")))
        .isEqualTo(RetryPolicy.SCALITY);
    assertThat(config.toString()).doesNotContain("mongo-pass").doesNotContain("redis-pass");
  }

  @Test
  void what_is_new_is_in_our_own_section() throws IOException {
    ClusterConfig config =
        cluster(
            "{"
                + LEAST
                + """
                , "queuePopulator": {"mongo": {"authCredentials": {"username": "a@b", "password": "p/w :"},
                   "shardCollections": true}},
                  "extensions": {"replication": {
                    "queueProcessor": {"retry": {"scality": {"maxRetries": 2, "backoff": {"min": 5, "factor": 1}}}},
                    "destination": {"bootstrapList": [{"site": "sydney", "servers": ["h:1"]}]}}},
                  "redis": {"password": "hunter2"},
                  "backbeat": {
                    "kafka": {"topicPrefix": "zenko-", "properties": {"security.protocol": "SSL", "linger.ms": 5},
                      "topicCreation": {"enabled": false, "partitions": 12, "replicationFactor": 3, "minInsyncReplicas": 2}},
                    "zookeeper": {"sessionTimeoutMs": 30000},
                    "redis": {"cluster": "r-0,r-1:6380,[::1]:6381", "user": "bb", "tls": true, "keyPrefix": "p:"},
                    "mongo": {"database": "ledger", "tls": true}}}
                """);

    assertThat(config.kafka().prefixed("t")).isEqualTo("zenko-t");
    assertThat(config.kafka().properties())
        .isEqualTo(Map.of("security.protocol", "SSL", "linger.ms", "5"));
    assertThat(config.kafka().topicCreation())
        .isEqualTo(
            new TopicCreationConfig(
                false, OptionalInt.of(12), OptionalInt.of(3), OptionalInt.of(2)));
    assertThat(config.zookeeper().sessionTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.redis())
        .isEqualTo(
            new RedisConfig(
                new RedisServers.Cluster(
                    List.of(
                        new ServerAddress("r-0", 6379),
                        new ServerAddress("r-1", 6380),
                        new ServerAddress("::1", 6381))),
                Optional.of("bb"),
                Optional.of(new Secret("hunter2")),
                Optional.empty(),
                true,
                "p:"));
    assertThat(config.mongo().connectionString().value())
        .isEqualTo(
            "mongodb://a%40b:p%2Fw%20%3A@localhost:27017/?w=majority&readPreference=primary&tls=true");
    assertThat(config.mongo().ownDatabase()).isEqualTo("ledger");
    assertThat(config.processing().retryOf(LocationName.of("sydney")))
        .isEqualTo(new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMinutes(5), 1, 0.1));
  }

  @Test
  void the_environment_of_the_container_is_enough() {
    LoadedConfig loaded =
        load(
            Map.of(
                "ZOOKEEPER_CONNECTION_STRING", "zk:2181/backbeat",
                "ZOOKEEPER_AUTO_CREATE_NAMESPACE", "1",
                "KAFKA_HOSTS", "kafka:9092",
                "KAFKA_TOPIC_PREFIX", "eu.",
                "REDIS_SENTINELS", "s-0:26379,s-1",
                "BACKBEAT_REDIS_PASSWORD", "swordfish",
                "BACKBEAT_MONGO_URI", "mongodb://u:swordfish@m/?replicaSet=rs1",
                "BACKBEAT_ROLES", "status,API",
                "CI", "true"));

    assertThat(loaded.problems()).isEmpty();
    ServerConfig config = loaded.config().orElseThrow();
    assertThat(config.roles()).containsExactlyInAnyOrder(ServerRole.API, ServerRole.STATUS);
    ClusterConfig cluster = config.cluster().orElseThrow();
    assertThat(cluster.kafka().topicPrefix()).isEqualTo("eu.");
    assertThat(cluster.redis().servers())
        .isEqualTo(
            new RedisServers.Sentinels(
                List.of(new ServerAddress("s-0", 26_379), new ServerAddress("s-1", 26_379)),
                "mymaster"));
    assertThat(cluster.redis().password()).contains(new Secret("swordfish"));
    assertThat(cluster.mongo().connectionString().value())
        .isEqualTo("mongodb://u:swordfish@m/?replicaSet=rs1");
    assertThat(cluster.populator()).as("without the role").isEmpty();
    assertThat(cluster.testNames()).isTrue();
    assertThat(loaded.values().toString()).doesNotContain("swordfish");
  }

  @Test
  void the_section_of_replication_wins_for_the_topic_of_kafka_connect() throws IOException {
    ClusterConfig config =
        cluster(
            "{"
                + LEAST
                + """
                , "queuePopulator": {"logSource": "kafka", "kafka": {"topic": "backbeat-oplog",
                    "consumerGroupId": "backbeat-qp-oplog-group",
                    "replication": {"consumerGroupId": "backbeat-replication-populator"}}}}
                """);

    assertThat(config.populator().orElseThrow().source())
        .isEqualTo(
            new LogSource.Oplog(
                "backbeat-oplog", "backbeat-replication-populator", "s3-recordlog"));
  }

  @Test
  void kafka_properties_that_are_secret_are_not_shown() throws IOException {
    LoadedConfig loaded =
        load(
            "{"
                + LEAST
                + """
                , "backbeat": {"kafka": {"properties": {"ssl.key.password": "hunter2", "ssl.keystore.key": "hunter2",
                    "sasl.jaas.config": "org.X required username='u' password='hunter2';"}}}}
                """);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.values().toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    assertThat(loaded.config().orElseThrow().toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'backbeat': {'kafka': {'properties': {'acks': '1'}}} | backbeat.kafka.properties.acks: is set by Backbeat itself",
        "'backbeat': {'kafka': {'properties': {'bootstrap.servers': 'h'}}} | give kafka.hosts",
        "'backbeat': {'kafka': {'properties': {'x': {}}}} | is neither a text nor a number",
        "'backbeat': {'kafka': {'topicCreation': {'replicationFactor': 2, 'minInsyncReplicas': 3}}} | nothing could ever be written; give 2 or less",
        "'backbeat': {'mongo': {'uri': 'http://h'}} | is no connection string; give one as mongodb://",
        "'backbeat': {'redis': {'cluster': 'h:x'}} | has the port x",
        "'backbeat': {'roles': 'api,populater'} | no role is called \"populater\"; did you mean populator? There are api, populator, processor, status, gc, metrics",
        "'backbeat': {'roles': []} | names no role",
        "'backbeat': {'redis': {'clusters': 'h'}} | did you mean backbeat.redis.cluster?",
        "'queuePopulator': {'logSource': 'bucketd'} | give mongo (a change stream of the metadata database) or kafka",
        "'queuePopulator': {'logSource': 'dmd'} | leave the role populator to the Node.js process",
        "'zookeeper': {'connectionString': 'h:2181/'} | give servers and a chroot"
      })
  void what_cannot_work_is_named_with_what_would_be_right(String section, String message)
      throws IOException {
    String json = section.replace('\'', '"');

    LoadedConfig loaded =
        load(
            "{"
                + (section.startsWith("'zoo") ? LEAST.replaceAll(", .*", "") : LEAST)
                + ", "
                + json
                + "}");

    assertThat(loaded.problems()).singleElement().asString().contains(message);
  }

  @Test
  void a_log_that_cannot_be_read_is_right_for_a_process_that_does_not_read_it() throws IOException {
    LoadedConfig loaded =
        load(
            "{"
                + LEAST
                + ", \"queuePopulator\": {\"logSource\": \"bucketd\"}, \"backbeat\": {\"roles\": [\"processor\"]}}");

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config().orElseThrow().roles()).containsExactly(ServerRole.PROCESSOR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA_HOSTS", "BACKBEAT_PROFILE"})
  void the_cluster_needs_its_services(String variable) {
    LoadedConfig loaded =
        load(Map.of(variable, variable.equals("KAFKA_HOSTS") ? "k:9092" : "cluster"));

    assertThat(loaded.errors()).extracting(Problem::path).contains("zookeeper.connectionString");
    assertThat(loaded.errors().toString()).contains("the profile cluster needs it");
  }

  @Test
  void the_embedded_profile_takes_all_roles_and_no_cluster() throws IOException {
    LoadedConfig all =
        load("{\"backbeat\": {\"roles\": \"gc,metrics,status,processor,populator,api\"}}");
    LoadedConfig some = load("{\"backbeat\": {\"roles\": \"api\"}}");

    assertThat(all.config().orElseThrow().cluster()).isEmpty();
    assertThat(all.values())
        .as("defaults of the cluster are not shown")
        .noneMatch(value -> value.path().startsWith("kafka.") || value.path().startsWith("redis."));
    assertThat(some.errors())
        .singleElement()
        .asString()
        .contains("backbeat.roles: \"api\" is only a part of the work")
        .contains("profile cluster");
  }

  private ClusterConfig cluster(String json) throws IOException {
    LoadedConfig loaded = load(json);
    assertThat(loaded.problems()).isEmpty();
    return loaded.config().orElseThrow().cluster().orElseThrow();
  }

  private LoadedConfig load(String json) throws IOException {
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(conf.resolve("config.json"), json);
    Files.writeString(conf.resolve("authdata.json"), resource("original/conf/authdata.json"));
    return load(Map.of());
  }

  private LoadedConfig load(Map<String, String> environment) {
    return new ConfigLoader(directory, environment).load(CommandLineSettings.NONE, false);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ClusterConfigTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
