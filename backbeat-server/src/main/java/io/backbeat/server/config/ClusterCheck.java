package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what contradicts the profile: settings that the cluster needs, and roles. Pure. */
final class ClusterCheck {
  private static final String PROPERTIES = "backbeat.kafka.properties";

  /** What Backbeat sets itself, and what to use in its place. */
  private static final Map<String, String> OWN_PROPERTIES =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "kafka.hosts"),
          Map.entry("client.rack", "kafka.site"),
          Map.entry("max.request.size", "kafka.maxRequestSize"),
          Map.entry("max.poll.interval.ms", "kafka.maxPollIntervalMs"),
          Map.entry("group.id", "extensions.replication.queueProcessor.groupId"),
          Map.entry("acks", ""),
          Map.entry("auto.offset.reset", ""),
          Map.entry("enable.auto.commit", ""),
          Map.entry("enable.idempotence", ""),
          Map.entry("partitioner.class", ""),
          Map.entry("partitioner.ignore.keys", ""),
          Map.entry("key.serializer", ""),
          Map.entry("value.serializer", ""),
          Map.entry("key.deserializer", ""),
          Map.entry("value.deserializer", ""));

  private final ConfigTree tree;
  private final List<Problem> problems = new ArrayList<>();

  private ClusterCheck(ConfigTree tree) {
    this.tree = tree;
  }

  static List<Problem> run(ConfigTree tree) {
    ClusterCheck check = new ClusterCheck(tree);
    if (isCluster(tree)) {
      check.required("kafka.hosts", "127.0.0.1:9092");
      check.required("zookeeper.connectionString", "127.0.0.1:2181/backbeat");
      check.properties();
      check.replicas();
      check.logSource();
    } else {
      check.oneProcess();
    }
    return check.problems;
  }

  static boolean isCluster(ConfigTree tree) {
    JsonNode said = tree.at("backbeat.profile");
    return said.isMissingNode()
        ? !tree.at("kafka").isMissingNode()
        : said.asText().equals(Profile.CLUSTER.toString());
  }

  /** Empty if they cannot be read, which is another's problem. */
  private Set<ServerRole> roles() {
    JsonNode said = tree.at(ServerConfigReader.ROLES);
    try {
      if (said.isMissingNode()) {
        return ServerRole.ALL;
      }
      List<String> names = new ArrayList<>();
      said.forEach(name -> names.add(name.asText()));
      return said.isArray() ? ServerRole.of(names) : ServerRole.parse(said.asText());
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  private void required(String path, String example) {
    JsonNode section = tree.at(path.substring(0, path.lastIndexOf('.')));
    boolean isSection = section.isMissingNode() || section.isObject(); // else that is the problem
    if (tree.at(path).isMissingNode() && isSection) {
      error(
          path,
          "is missing; the profile cluster needs it, as \""
              + example
              + "\"; --profile embedded does without");
    }
  }

  private void properties() {
    for (Map.Entry<String, JsonNode> property : tree.at(PROPERTIES).properties()) {
      String instead = OWN_PROPERTIES.get(property.getKey());
      if (instead != null) {
        error(
            PROPERTIES + "." + property.getKey(),
            "is set by Backbeat itself; leave it out"
                + (instead.isEmpty() ? "" : ", and give " + instead));
      }
    }
  }

  private void replicas() {
    String creation = "backbeat.kafka.topicCreation.";
    int factor = tree.at(creation + "replicationFactor").asInt();
    int inSync = tree.at(creation + "minInsyncReplicas").asInt();
    if (factor > 0 && inSync > factor) {
      error(
          creation + "minInsyncReplicas",
          inSync
              + " is more than replicationFactor, "
              + factor
              + ": nothing could ever be written; give "
              + factor
              + " or less");
    }
  }

  private void logSource() {
    String source = tree.at(ClusterConfigReader.LOG_SOURCE).asText();
    if (Set.of("bucketd", "dmd").contains(source) && roles().contains(ServerRole.POPULATOR)) {
      error(
          ClusterConfigReader.LOG_SOURCE,
          "\""
              + source
              + "\" cannot be read by Backbeat for Java; give mongo (a change stream of the metadata database) or kafka"
              + " (the topic of queuePopulator.kafka.topic), or leave the role populator to the Node.js process");
    }
  }

  private void oneProcess() {
    Set<ServerRole> roles = roles();
    if (!roles.isEmpty() && !roles.equals(ServerRole.ALL)) {
      error(
          ServerConfigReader.ROLES,
          "\""
              + ServerRole.text(roles)
              + "\" is only a part of the work, but the embedded profile does all of it in one process; leave the roles"
              + " out, or run them on the profile cluster");
    }
  }

  private void error(String path, String message) {
    problems.add(Problem.error(path, message + " (from " + tree.origin(path) + ")"));
  }
}
