package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds values that are right by themselves and contradict each other. Pure. */
final class CrossCheck {
  private final ConfigTree tree;
  private final List<Problem> problems = new ArrayList<>();

  private CrossCheck(ConfigTree tree) {
    this.tree = tree;
  }

  static List<Problem> run(ConfigTree tree) {
    CrossCheck check = new CrossCheck(tree);
    check.unique(ServerConfigReader.BOOTSTRAP_LIST, "site");
    check.unique(ServerConfigReader.LOCATIONS, "name");
    check.oneDefaultSite();
    check.places();
    check.source();
    check.mongo();
    check.problems.addAll(ClusterCheck.run(tree));
    return check.problems;
  }

  private void unique(String list, String name) {
    Map<String, Integer> seen = new HashMap<>();
    JsonNode elements = tree.at(list);
    for (int i = 0; i < elements.size(); i++) {
      String value = elements.get(i).path(name).asText();
      Integer before = value.isEmpty() ? null : seen.putIfAbsent(value, i);
      if (before != null) {
        error(
            list + "[" + i + "]." + name,
            "\"" + value + "\" is the name of " + list + "[" + before + "], too; give another one");
      }
    }
  }

  private void oneDefaultSite() {
    JsonNode elements = tree.at(ServerConfigReader.BOOTSTRAP_LIST);
    int before = -1;
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).path("default").asBoolean()) {
        if (before >= 0) {
          error(
              ServerConfigReader.BOOTSTRAP_LIST + "[" + i + "].default",
              "a second default site beside element " + before + "; at most one can be it");
        }
        before = i;
      }
    }
  }

  private void places() {
    JsonNode locations = tree.at(ServerConfigReader.LOCATIONS);
    for (int i = 0; i < locations.size(); i++) {
      JsonNode location = locations.get(i);
      String path = ServerConfigReader.LOCATIONS + "[" + i + "]";
      if (location.has("directory") == location.has("s3")) {
        error(
            path,
            "needs either directory or s3, and has " + (location.has("s3") ? "both" : "neither"));
      }
      if (location.has("accessKey") != location.has("secretKey")) {
        error(
            path,
            "needs accessKey and secretKey together, or neither for the default chain of the AWS SDK");
      }
    }
  }

  private void source() {
    boolean places = !tree.at(ServerConfigReader.LOCATIONS).isEmpty();
    boolean sites = !tree.at(ServerConfigReader.BOOTSTRAP_LIST).isEmpty();
    boolean source = !tree.at(ServerConfigReader.SOURCE).isMissingNode();
    if (source && !places && !sites) {
      error(
          ServerConfigReader.SOURCE,
          "has nowhere to be replicated to; give a location in " + ServerConfigReader.LOCATIONS);
    }
    if (places && !source) {
      error(
          ServerConfigReader.LOCATIONS,
          "have places for copies, but nothing is to be copied; give the directory to watch in "
              + ServerConfigReader.SOURCE);
    }
  }

  private void mongo() {
    String mongo = "queuePopulator.mongo.";
    if (tree.at(mongo + "shardCollections").asBoolean()
        && !tree.at(mongo + "replicaSet").asText().isEmpty()) {
      error(
          mongo + "replicaSet",
          "must not be given when "
              + mongo
              + "shardCollections is true: a sharded cluster is reached through mongos");
    }
  }

  private void error(String path, String message) {
    problems.add(Problem.error(path, message + " (from " + tree.origin(path) + ")"));
  }
}
