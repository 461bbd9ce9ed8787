package io.backbeat.benchmarks.services;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a configuration of the cluster profile for services of this machine. */
final class ServicesConfig {
  private ServicesConfig() {}

  static Path write(Path file, String kafka, String zookeeper, int redisPort, String mongoUri)
      throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    root.putObject("kafka").put("hosts", kafka);
    root.putObject("zookeeper")
        .put("connectionString", zookeeper + "/backbeat")
        .put("autoCreateNamespace", true);
    root.putObject("redis").put("host", "127.0.0.1").put("port", redisPort);
    root.putObject("queuePopulator").put("logSource", "mongo");
    ObjectNode own = root.putObject("backbeat");
    own.putObject("api").put("host", "127.0.0.1");
    own.put("dataDir", file.resolveSibling("server").toString());
    own.putObject("mongo").put("uri", mongoUri);
    own.putObject("kafka")
        .putObject("topicCreation")
        .put("partitions", 4)
        .put("replicationFactor", 1);
    return Files.writeString(
        file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }
}
