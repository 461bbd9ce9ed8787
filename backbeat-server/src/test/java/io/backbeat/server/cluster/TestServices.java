package io.backbeat.server.cluster;

import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.MongoReplica;
import io.backbeat.testing.RedisService;
import io.backbeat.testing.ZooKeeperService;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The services of the cluster profile, shared by the tests of this JVM or a test's own, and a
 * namespace in each of them that nobody else has.
 */
final class TestServices {
  private final String name = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final String kafka;
  private final String zookeeper;
  private final int redisPort;
  private final String metadata = MongoReplica.shared().freshDatabase("metadata");
  private final String own = MongoReplica.shared().freshDatabase("own");

  /** On the shared services, which are not to be stopped. */
  TestServices() {
    this(Kafka.CLUSTER.servers(), ZooKeeperService.shared().hosts(), RedisService.shared().port());
  }

  private TestServices(String kafka, String zookeeper, int redisPort) {
    this.kafka = kafka;
    this.zookeeper = zookeeper;
    this.redisPort = redisPort;
  }

  /** The same on another Kafka, in a new namespace. */
  TestServices on(KafkaCluster own) {
    return new TestServices(own.servers(), zookeeper, redisPort);
  }

  /** The same on another ZooKeeper, in a new namespace. */
  TestServices on(ZooKeeperService own) {
    return new TestServices(kafka, own.hosts(), redisPort);
  }

  /** The same on another Redis, in a new namespace. */
  TestServices on(RedisService own) {
    return new TestServices(kafka, zookeeper, own.port());
  }

  /** Where Kafka is. */
  String kafka() {
    return kafka;
  }

  /** The full name of a topic. */
  String topic(String topic) {
    return name + '-' + topic;
  }

  /** The full name of a key or channel of Redis. */
  String redisKey(String key) {
    return name + '~' + key;
  }

  /** Where Redis is, on 127.0.0.1. */
  int redisPort() {
    return redisPort;
  }

  /** Where ZooKeeper is, with the node that everything is below. */
  String zookeeper() {
    return zookeeper + '/' + name;
  }

  /** The database of objects. */
  String metadata() {
    return metadata;
  }

  private static final class Kafka {
    static final KafkaCluster CLUSTER = start();

    private static KafkaCluster start() {
      try {
        Path directory = Files.createTempDirectory("kafka");
        KafkaCluster cluster = KafkaCluster.start(directory, 1);
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> stop(cluster, directory), "kafka-stop"));
        return cluster;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(KafkaCluster cluster, Path directory) {
      cluster.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * A checked configuration in this namespace.
   *
   * @param directory where its file is written
   * @param roles a list as on the command line
   * @param replication the content of {@code backbeat.replication}
   */
  ServerConfig config(Path directory, String roles, String replication) {
    return config(directory, roles, replication, "");
  }

  /**
   * The same with more sections.
   *
   * @param more further members of the file, each ended by a comma
   */
  ServerConfig config(Path directory, String roles, String replication, String more) {
    try {
      Path file = file(directory, replication, more);
      LoadedConfig loaded =
          new ConfigLoader(directory, environment())
              .load(
                  new CommandLineSettings(
                      Optional.of(file),
                      Optional.empty(),
                      Optional.of(0),
                      Optional.of(0),
                      Optional.of(directory.resolve("data")),
                      Optional.of(roles)),
                  false);
      return loaded
          .config()
          .orElseThrow(() -> new AssertionError("bad configuration: " + loaded.errors()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A configuration file in this namespace, for a process that is started with {@link
   * #environment}.
   *
   * @param replication the content of {@code backbeat.replication}
   * @param more further members of the file, each ended by a comma
   */
  Path file(Path directory, String replication, String more) throws IOException {
    return file(directory, replication, more, 15);
  }

  /**
   * The same.
   *
   * @param pendingCheck seconds between two looks at what is counted as pending; 0 for none
   */
  Path file(Path directory, String replication, String more, int pendingCheck) throws IOException {
    return Files.writeString(
        Files.createTempFile(directory, "config", ".json"), text(replication, more, pendingCheck));
  }

  /** What a process in this namespace needs in its environment. */
  Map<String, String> environment() {
    return Map.of("KAFKA_TOPIC_PREFIX", name + "-");
  }

  private String text(String replication, String more, int pendingCheck) {
    return """
        {%s
         "kafka": {"hosts": "%s"},
         "zookeeper": {"connectionString": "%s/%s", "autoCreateNamespace": true},
         "redis": {"host": "127.0.0.1", "port": %d},
         "queuePopulator": {"logSource": "mongo", "mongo": {"database": "%s"}},
         "backbeat": {
           "mongo": {"uri": "%s", "database": "%s"},
           "redis": {"keyPrefix": "%s~"},
           "kafka": {"topicCreation": {"enabled": true, "partitions": 3, "replicationFactor": 1}},
           "zookeeper": {"sessionTimeoutMs": 3000},
           "drainS": 5, "pendingCheckS": %d,
           "replication": {%s}}}
        """
        .formatted(
            more,
            kafka,
            zookeeper,
            name,
            redisPort,
            metadata,
            MongoReplica.shared().uri(),
            own,
            name,
            pendingCheck,
            replication);
  }
}
