package io.backbeat.benchmarks.services;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.testing.cloudserver.Account;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what servers and users need to know of the services of this machine. */
final class ServicesConfig {
  /**
   * Where the services are.
   *
   * @param kafka {@code host:port}
   * @param zookeeper {@code host:port}
   * @param redisPort on this machine
   * @param mongoUri a connection string
   * @param cloudServer whose objects are replicated
   * @param sydney where to, beside the clouds behind the former
   */
  record Places(
      String kafka,
      String zookeeper,
      int redisPort,
      String mongoUri,
      URI cloudServer,
      URI sydney) {}

  private static final JsonMapper JSON = new JsonMapper();

  private ServicesConfig() {}

  /** Writes {@code config.json}, {@code authdata.json} and {@code env} into a directory. */
  static void write(Path directory, Places places) throws IOException {
    json(directory.resolve("config.json"), configuration(directory, places));
    json(directory.resolve("authdata.json"), accounts());
    Files.writeString(directory.resolve("env"), environment(places));
  }

  private static ObjectNode configuration(Path directory, Places places) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("kafka").put("hosts", places.kafka());
    root.putObject("zookeeper")
        .put("connectionString", places.zookeeper() + "/backbeat")
        .put("autoCreateNamespace", true);
    root.putObject("redis").put("host", "127.0.0.1").put("port", places.redisPort());
    root.putObject("queuePopulator").put("logSource", "mongo");
    replication(root.putObject("extensions").putObject("replication"), places);
    ObjectNode own = root.putObject("backbeat");
    own.putObject("api").put("host", "127.0.0.1");
    own.put("dataDir", directory.resolve("server").toString());
    own.putObject("mongo").put("uri", places.mongoUri());
    own.putObject("kafka")
        .putObject("topicCreation")
        .put("partitions", 4)
        .put("replicationFactor", 1);
    return root;
  }

  private static void replication(ObjectNode replication, Places places) {
    ObjectNode source = replication.putObject("source");
    source
        .putObject("s3")
        .put("host", places.cloudServer().getHost())
        .put("port", places.cloudServer().getPort());
    auth(source);
    ObjectNode destination = replication.putObject("destination");
    auth(destination);
    ArrayNode sites = destination.putArray("bootstrapList");
    sites.addObject().put("site", "aws").put("type", "aws_s3");
    sites.addObject().put("site", "azure").put("type", "azure");
    sites.addObject().put("site", "gcp").put("type", "gcp");
    sites.addObject().put("site", "sydney").putArray("servers").add(places.sydney().getAuthority());
    // Not to be waited for when something is tried out.
    ObjectNode retry = replication.putObject("queueProcessor").putObject("retry");
    for (String type : List.of("aws_s3", "azure", "gcp", "scality")) {
      retry
          .putObject(type)
          .put("maxRetries", 3)
          .putObject("backoff")
          .put("min", 500)
          .put("max", 2000);
    }
  }

  private static void auth(ObjectNode side) {
    side.putObject("auth").put("type", "service").put("account", "replication");
  }

  private static ObjectNode accounts() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode accounts = root.putArray("accounts");
    for (Account account : List.of(Account.REPLICATION, Account.USER)) {
      accounts
          .addObject()
          .put("name", account.name())
          .put("arn", "arn:aws:iam::" + account.accountId() + ":root")
          .put("canonicalID", account.canonicalId())
          .putObject("keys")
          .put("access", account.accessKey())
          .put("secret", account.secretKey());
    }
    return root;
  }

  /** For a shell; curl and the AWS tools understand it. */
  private static String environment(Places places) {
    return """
        # Source this file: where the test doubles of CloudServer are, and whose keys open them.
        export CLOUDSERVER=%s SYDNEY=%s
        export AWS_ENDPOINT_URL=$CLOUDSERVER AWS_DEFAULT_REGION=us-east-1
        export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s

        # s3 OPTIONS URL: curl, signed as S3 wants it
        s3() {
          curl -sS --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" --aws-sigv4 aws:amz:us-east-1:s3 "$@"
        }

        # put FILE BUCKET/KEY: writes an object, and prints its version id
        put() {
          s3 -f -o /dev/null -D - -T "$1" "$CLOUDSERVER/$2" | tr -d '\\r' |
            awk -F ': ' 'tolower($1) == "x-amz-version-id" {print $2}'
        }
        """
        .formatted(
            places.cloudServer(),
            places.sydney(),
            Account.USER.accessKey(),
            Account.USER.secretKey());
  }

  private static void json(Path file, ObjectNode content) throws IOException {
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }
}
