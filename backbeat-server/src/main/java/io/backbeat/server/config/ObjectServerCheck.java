package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is missing to speak to CloudServer. Pure. */
final class ObjectServerCheck {
  private final ConfigTree tree;
  private final Optional<Path> accounts;
  private final List<Problem> problems = new ArrayList<>();

  private ObjectServerCheck(ConfigTree tree, Optional<Path> accounts) {
    this.tree = tree;
    this.accounts = accounts;
  }

  static List<Problem> run(ConfigTree tree, Optional<Path> accounts) {
    ObjectServerCheck check = new ObjectServerCheck(tree, accounts);
    check.keys(ObjectServerConfigReader.OWN);
    check.keys(ObjectServerConfigReader.OWN_DESTINATION);
    if (ClusterCheck.isCluster(tree)) {
      check.source();
    }
    return check.problems;
  }

  private void keys(String section) {
    boolean access = isSaid(section + "accessKey");
    if (access != isSaid(section + "secretKey")) {
      problems.add(
          Problem.error(
              section + (access ? "secretKey" : "accessKey"),
              "is missing; give both keys or neither"));
    }
  }

  private void source() {
    String host = ObjectServerConfigReader.SOURCE + "s3.host";
    if (!isSaid(host)) {
      return;
    }
    auth(ObjectServerConfigReader.SOURCE, "CloudServer");
    boolean servers = false;
    for (JsonNode site : tree.at(ServerConfigReader.BOOTSTRAP_LIST)) {
      servers |= !site.path("servers").isEmpty();
    }
    if (servers) {
      auth(ObjectServerConfigReader.DESTINATION, "the CloudServers of the sites");
    }
    collector();
  }

  /** Data belongs to no role, so somebody has to have an account. */
  private void collector() {
    String gc = ObjectServerConfigReader.GC;
    if (!tree.at(gc + "auth").isMissingNode()) {
      auth(gc, "CloudServer for garbage collection");
    } else if (tree.at(ObjectServerConfigReader.SOURCE + "auth.type").asText().equals("role")
        && !isSaid(ObjectServerConfigReader.OWN + "accessKey")) {
      warn(
          gc + "auth",
          "is missing, and extensions.replication.source.auth knows only roles, so nobody can"
              + " delete data; give an account there, or keys in backbeat.cloudserver");
    }
  }

  /** The shipped file of the original names accounts, which come in another file. */
  private void auth(String section, String whom) {
    String auth = section + "auth";
    String type = tree.at(auth + ".type").asText();
    boolean own = isSaid(ObjectServerConfigReader.OWN + "accessKey");
    if (own && !type.equals("assumeRole")) {
      return;
    }
    switch (type) {
      case "account", "service" -> {
        if (!isSaid(auth + ".account")) {
          warn(auth + ".account", "is missing, so nobody can sign requests to " + whom);
        } else if (accounts.isEmpty()) {
          warn(
              auth,
              "names an account, but there is no authdata.json beside the configuration file (or at S3AUTH_CONFIG)"
                  + " with its keys, so the jobs of "
                  + whom
                  + " wait; or give keys in backbeat.cloudserver");
        }
      }
      case "assumeRole" -> {
        for (String name : List.of("roleName", "sts.host", "sts.accessKey", "sts.secretKey")) {
          boolean needed = !own || !name.endsWith("Key");
          if (needed && !isSaid(auth + "." + name)) {
            warn(auth + "." + name, "is missing; the type assumeRole needs it to speak to " + whom);
          }
        }
      }
      case "role" -> {}
      default ->
          warn(
              auth + ".type",
              "is missing, so nobody can sign requests to "
                  + whom
                  + "; give one, or keys in backbeat.cloudserver");
    }
  }

  private boolean isSaid(String path) {
    return !tree.at(path).asText().isEmpty();
  }

  private void warn(String path, String message) {
    problems.add(Problem.warning(path, message + " (from " + tree.origin(path) + ")"));
  }
}
