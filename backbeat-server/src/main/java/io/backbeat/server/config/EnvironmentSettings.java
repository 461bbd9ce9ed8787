package io.backbeat.server.config;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What environment variables set: those of the original, of its container's entry point, and our
 * own. An empty variable counts as not set.
 */
final class EnvironmentSettings {
  static final String CONFIG_FILE = "BACKBEAT_CONFIG_FILE";
  static final String ACCOUNTS_FILE = "S3AUTH_CONFIG";
  private static final String BOOTSTRAP_LIST = "EXTENSIONS_REPLICATION_DEST_BOOTSTRAPLIST";
  private static final String BOOTSTRAP_MORE = BOOTSTRAP_LIST + "_MORE";
  private static final String BOOTSTRAP_PATH = "extensions.replication.destination.bootstrapList";
  private static final String SENTINELS = "REDIS_SENTINELS";
  private static final String SENTINEL_NAME = "REDIS_HA_NAME";
  private static final String ALLOW_FROM = "HEALTHCHECKS_ALLOWFROM";
  private static final String AUTO_CREATE = "ZOOKEEPER_AUTO_CREATE_NAMESPACE";
  private static final String MONGO_HOSTS = "MONGODB_HOSTS";
  private static final String MONGO_USER = "MONGODB_AUTH_USERNAME";
  private static final String MONGO_PASSWORD = "MONGODB_AUTH_PASSWORD";
  private static final String TEST_NAMES = "CI";
  private static final String LOG_SOURCE = "BACKBEAT_QUEUEPOPULATOR_LOGSOURCE";

  /** Variables whose text is the value of one key. */
  static final Map<String, String> SIMPLE = simple();

  /** Variables that do more than that. */
  static final List<String> SPECIAL =
      List.of(
          CONFIG_FILE,
          ACCOUNTS_FILE,
          BOOTSTRAP_LIST,
          BOOTSTRAP_MORE,
          SENTINELS,
          SENTINEL_NAME,
          "REDIS_HOST",
          "REDIS_PORT",
          ALLOW_FROM,
          AUTO_CREATE,
          MONGO_HOSTS,
          MONGO_USER,
          MONGO_PASSWORD,
          LOG_SOURCE,
          TEST_NAMES);

  private final Map<String, String> environment;
  private final List<Setting> settings = new ArrayList<>();
  private final List<Problem> problems;

  private EnvironmentSettings(Map<String, String> environment, List<Problem> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** What the variables set, in an order in which later ones win. */
  static List<Setting> of(Map<String, String> environment, List<Problem> problems) {
    EnvironmentSettings found = new EnvironmentSettings(environment, problems);
    SIMPLE.forEach((variable, path) -> found.text(variable, path));
    found.redis();
    found.mongo();
    found.bootstrapList();
    found.value(AUTO_CREATE).ifPresent(set -> found.autoCreate());
    found.value(ALLOW_FROM).ifPresent(found::allowFrom);
    found.value(TEST_NAMES).filter("true"::equals).ifPresent(set -> found.testNames());
    return List.copyOf(found.settings);
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
  }

  private void text(String variable, String path) {
    value(variable).ifPresent(text -> add(variable, path, instance.textNode(text)));
  }

  private void add(String variable, String path, JsonNode value) {
    settings.add(new Setting(path, value, new Origin.Environment(variable)));
  }

  private void redis() {
    if (value(SENTINELS).isPresent()) {
      text(SENTINELS, "redis.sentinels");
      add(SENTINEL_NAME, "redis.name", instance.textNode(value(SENTINEL_NAME).orElse("mymaster")));
    } else {
      text("REDIS_HOST", "redis.host");
      text("REDIS_PORT", "redis.port");
    }
  }

  private void mongo() {
    if (value(MONGO_HOSTS).isPresent()) {
      add(MONGO_HOSTS, "queuePopulator.logSource", instance.textNode("mongo"));
      text(MONGO_HOSTS, "queuePopulator.mongo.replicaSetHosts");
    }
    text(LOG_SOURCE, "queuePopulator.logSource");
    if (value(MONGO_USER).isPresent() && value(MONGO_PASSWORD).isPresent()) {
      text(MONGO_USER, "queuePopulator.mongo.authCredentials.username");
      text(MONGO_PASSWORD, "queuePopulator.mongo.authCredentials.password");
    }
  }

  private void autoCreate() {
    add(AUTO_CREATE, "zookeeper.autoCreateNamespace", instance.booleanNode(true));
  }

  private void testNames() {
    add(TEST_NAMES, "backbeat.testNames", instance.booleanNode(true));
  }

  private void allowFrom(String entry) {
    add(ALLOW_FROM, "server.healthChecks.allowFrom", instance.arrayNode().add(entry));
  }

  /** One server of the site "zenko", and more entries of the list as JSON, commas between. */
  private void bootstrapList() {
    Optional<String> server = value(BOOTSTRAP_LIST);
    if (server.isEmpty()) {
      return;
    }
    ArrayNode list = instance.arrayNode();
    list.addObject().put("site", "zenko").putArray("servers").add(server.get());
    value(BOOTSTRAP_MORE).ifPresent(more -> addMore(more, list));
    add(BOOTSTRAP_LIST, BOOTSTRAP_PATH, list);
  }

  private void addMore(String more, ArrayNode list) {
    try {
      new JsonMapper().readTree("[" + more + "]").forEach(list::add);
    } catch (JsonProcessingException e) {
      problems.add(
          Problem.error(
              BOOTSTRAP_PATH,
              "cannot be read from environment "
                  + BOOTSTRAP_MORE
                  + "; give entries as {\"site\":\"aws\",\"type\":\"aws_s3\"}, commas between: "
                  + e.getOriginalMessage()));
    }
  }

  private static Map<String, String> simple() {
    Map<String, String> simple = new LinkedHashMap<>();
    simple.put("BACKBEAT_PROFILE", "backbeat.profile");
    simple.put("BACKBEAT_DATA_DIR", "backbeat.dataDir");
    simple.put("BACKBEAT_API_HOST", "backbeat.api.host");
    simple.put("BACKBEAT_API_PORT", "server.port");
    simple.put("BACKBEAT_PROBE_HOST", "backbeat.probe.host");
    simple.put("BACKBEAT_PROBE_PORT", "backbeat.probe.port");
    simple.put("BACKBEAT_ROLES", "backbeat.roles");
    simple.put("BACKBEAT_REDIS_PASSWORD", "redis.password");
    simple.put("BACKBEAT_MONGO_URI", "backbeat.mongo.uri");
    simple.put("KAFKA_TOPIC_PREFIX", "backbeat.kafka.topicPrefix");
    simple.put("LOG_LEVEL", "log.logLevel");
    simple.put("REPLICATION_GROUP_ID", "replicationGroupId");
    simple.put("ZOOKEEPER_CONNECTION_STRING", "zookeeper.connectionString");
    simple.put("KAFKA_HOSTS", "kafka.hosts");
    simple.put("REDIS_LOCALCACHE_HOST", "localCache.host");
    simple.put("REDIS_LOCALCACHE_PORT", "localCache.port");
    simple.put("QUEUE_POPULATOR_DMD_HOST", "queuePopulator.dmd.host");
    simple.put("QUEUE_POPULATOR_DMD_PORT", "queuePopulator.dmd.port");
    simple.put("MONGODB_RS", "queuePopulator.mongo.replicaSet");
    simple.put("MONGODB_DATABASE", "queuePopulator.mongo.database");
    simple.put("CLOUDSERVER_HOST", "s3.host");
    simple.put("CLOUDSERVER_PORT", "s3.port");
    String replication = "extensions.replication.";
    simple.put("EXTENSIONS_REPLICATION_SOURCE_S3_HOST", replication + "source.s3.host");
    simple.put("EXTENSIONS_REPLICATION_SOURCE_S3_PORT", replication + "source.s3.port");
    auth(simple, "EXTENSIONS_REPLICATION_SOURCE", replication + "source");
    auth(simple, "EXTENSIONS_REPLICATION_DEST", replication + "destination");
    for (String type : List.of("aws_s3", "azure", "gcp")) {
      retries(simple, type);
    }
    auth(simple, "EXTENSIONS_LIFECYCLE", "extensions.lifecycle");
    auth(simple, "EXTENSIONS_INGESTION", "extensions.ingestion");
    lifecycle(simple, "ZOOKEEPER_PATH", "zookeeperPath");
    lifecycle(simple, "BUCKET_TASK_TOPIC", "bucketTasksTopic");
    lifecycle(simple, "OBJECT_TASK_TOPIC", "objectTasksTopic");
    lifecycle(simple, "BACKLOG_METRICS_ZKPATH", "backlogMetrics.zkPath");
    lifecycle(simple, "BACKLOG_METRICS_INTERVALS", "backlogMetrics.intervalS");
    lifecycle(simple, "CONDUCTOR_CRONRULE", "conductor.cronRule");
    lifecycle(simple, "BUCKET_PROCESSOR_GROUP_ID", "bucketProcessor.groupId");
    lifecycle(simple, "OBJECT_PROCESSOR_GROUP_ID", "objectProcessor.groupId");
    simple.put("EXTENSIONS_GC_TOPIC", "extensions.gc.topic");
    return java.util.Collections.unmodifiableMap(simple);
  }

  private static void auth(Map<String, String> simple, String prefix, String section) {
    simple.put(prefix + "_AUTH_TYPE", section + ".auth.type");
    simple.put(prefix + "_AUTH_ACCOUNT", section + ".auth.account");
  }

  private static void lifecycle(Map<String, String> simple, String variable, String path) {
    simple.put("EXTENSIONS_LIFECYCLE_" + variable, "extensions.lifecycle." + path);
  }

  private static void retries(Map<String, String> simple, String type) {
    String prefix =
        "EXTENSIONS_REPLICATION_QUEUE_PROCESSOR_"
            + type.toUpperCase(java.util.Locale.ROOT)
            + "_RETRY_";
    String section = "extensions.replication.queueProcessor.retry." + type + ".";
    simple.put(prefix + "TIMEOUT_S", section + "timeoutS");
    simple.put(prefix + "MAX_RETRIES", section + "maxRetries");
    simple.put(prefix + "BACKOFF_MIN", section + "backoff.min");
    simple.put(prefix + "BACKOFF_MAX", section + "backoff.max");
    simple.put(prefix + "BACKOFF_JITTER", section + "backoff.jitter");
    simple.put(prefix + "BACKOFF_FACTOR", section + "backoff.factor");
  }
}
