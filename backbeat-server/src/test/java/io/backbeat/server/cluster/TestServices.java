package io.backbeat.server.cluster;

import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.MongoReplica;
import io.backbeat.testing.RedisService;
import io.backbeat.testing.ZooKeeperService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The services of the cluster profile, shared by the tests of this JVM, and a namespace in each of
 * them that nobody else has.
 */
final class TestServices {
  private final String name = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final String metadata = MongoReplica.shared().freshDatabase("metadata");
  private final String own = MongoReplica.shared().freshDatabase("own");

  private static final class Kafka {
    static final KafkaCluster CLUSTER = start();

    private static KafkaCluster start() {
      try {
        KafkaCluster cluster = KafkaCluster.start(Files.createTempDirectory("kafka"), 1);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "kafka-stop"));
        return cluster;
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
    try {
      Path file =
          Files.writeString(Files.createTempFile(directory, "config", ".json"), text(replication));
      LoadedConfig loaded =
          new ConfigLoader(directory, Map.of("KAFKA_TOPIC_PREFIX", name + "-"))
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

  private String text(String replication) {
    return """
        {"kafka": {"hosts": "%s"},
         "zookeeper": {"connectionString": "%s/%s", "autoCreateNamespace": true},
         "redis": {"host": "127.0.0.1", "port": %d},
         "queuePopulator": {"logSource": "mongo", "mongo": {"database": "%s"}},
         "backbeat": {
           "mongo": {"uri": "%s", "database": "%s"},
           "redis": {"keyPrefix": "%s~"},
           "kafka": {"topicCreation": {"enabled": true, "partitions": 3, "replicationFactor": 1}},
           "replication": {%s}}}
        """
        .formatted(
            Kafka.CLUSTER.servers(),
            ZooKeeperService.shared().hosts(),
            name,
            RedisService.shared().port(),
            metadata,
            MongoReplica.shared().uri(),
            own,
            name,
            replication);
  }
}
