package io.backbeat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.bulk.SweepPolicy;
import io.backbeat.engine.EngineConfig;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.server.http.ErrorForm;
import io.backbeat.server.place.LocationTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = Files.createDirectory(directory.resolve("conf")).resolve("config.json");
  }

  @Test
  void without_a_file_all_is_default_and_only_this_machine_is_served() {
    ServerConfig config = load(Map.of()).config().orElseThrow();

    assertThat(config.profile()).isEqualTo(Profile.EMBEDDED);
    assertThat(config.api().host()).isEqualTo("127.0.0.1");
    assertThat(config.api().port()).isEqualTo(8900);
    assertThat(config.api().allowFrom()).isEmpty();
    assertThat(config.api().bodyLimitBytes()).isEqualTo(1024 * 1024);
    assertThat(config.api().errorForm()).isEqualTo(ErrorForm.THREE_KEY);
    assertThat(config.probe()).isEqualTo(new ProbeConfig("127.0.0.1", 4042));
    assertThat(config.drain()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.dataDirectory()).isEqualTo(Path.of("backbeat-data").toAbsolutePath());
    assertThat(config.replication().locations()).isEmpty();
    assertThat(config.replication().source()).isEmpty();
    assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void the_recorded_configuration_of_the_original_loads_without_a_word() throws IOException {
    copy("recorded-config.json", file);
    copy("original/conf/authdata.json", file.resolveSibling("authdata.json"));

    LoadedConfig loaded = load(Map.of());

    assertThat(loaded.problems()).isEmpty();
    ServerConfig config = loaded.config().orElseThrow();
    assertThat(config.profile()).as("it has a section kafka").isEqualTo(Profile.CLUSTER);
    assertThat(config.replication().locations())
        .extracting(LocationName::value)
        .containsExactly("aws-backend-1", "aws-backend-2", "azure-backend-1", "azure-backend-2");
  }

  @Test
  void a_configuration_of_the_original_and_the_files_beside_it_load_without_a_word()
      throws IOException {
    for (String name : List.of("config.json", "locationConfig.json", "authdata.json")) {
      copy("original/conf/" + name, file.resolveSibling(name));
    }

    LoadedConfig loaded = load(Map.of("BACKBEAT_PROFILE", "embedded"));

    assertThat(loaded.problems()).isEmpty();
    ServerConfig config = loaded.config().orElseThrow();
    assertThat(config.profile()).isEqualTo(Profile.EMBEDDED);
    assertThat(config.api().host()).as("server.host is ignored").isEqualTo("0.0.0.0");
    assertThat(config.api().port()).isEqualTo(8901);
    assertThat(config.api().allowFrom()).containsExactly("127.0.0.1/8", "::1", "10.0.0.0/8");
    assertThat(config.probe()).isEqualTo(new ProbeConfig("0.0.0.0", 4044));
    assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(config.replication().withoutTarget())
        .extracting(LocationName::value)
        .containsExactly("sydney", "aws-archive", "azure-copy");
    assertThat(config.lifecycle())
        .extracting(LocationName::value)
        .containsExactly("us-east-1", "aws-archive", "location-dmf-v1");
  }

  @Test
  void our_own_section_says_what_is_replicated_where() throws IOException {
    write(
        """
        {"extensions": {"replication": {"destination": {"bootstrapList": [{"site": "aws"}, {"site": "sf"}]}}},
         "backbeat": {
          "dataDir": "/var/lib/backbeat", "drainS": 5,
          "api": {"host": "10.0.0.1", "errorForm": "one-key", "threads": 4, "accessLog": false},
          "locations": {"ingestion": ["ring"], "lifecycle": ["cold", "cold"]},
          "replication": {
            "source": {"directory": "/photos", "bucket": "photos", "scanIntervalS": 60},
            "locations": [
              {"name": "paris", "directory": "/mnt/paris"},
              {"name": "aws", "s3": "s3://copies/p?endpoint=http://127.0.0.1:9", "accessKey": "AK", "secretKey": "SK"}]}}}
        """);

    ServerConfig config = load(Map.of()).config().orElseThrow();

    assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/backbeat"));
    assertThat(config.drain()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.api().host()).isEqualTo("10.0.0.1");
    assertThat(config.api().errorForm()).isEqualTo(ErrorForm.ONE_KEY);
    assertThat(config.api().threads()).isEqualTo(4);
    assertThat(config.api().accessLog()).isFalse();
    assertThat(config.ingestion()).containsExactly(LocationName.of("ring"));
    assertThat(config.lifecycle()).containsExactly(LocationName.of("cold"));
    ReplicationConfig replication = config.replication();
    assertThat(replication.locations())
        .extracting(LocationName::value)
        .containsExactly("aws", "sf", "paris");
    assertThat(replication.withoutTarget()).containsExactly(LocationName.of("sf"));
    assertThat(replication.targets().get(0))
        .isEqualTo(new LocationTarget.Directory(LocationName.of("paris"), Path.of("/mnt/paris")));
    assertThat(replication.targets().get(1).address())
        .isEqualTo("s3://copies/p/?endpoint=http://127.0.0.1:9");
    assertThat(replication.source().orElseThrow())
        .isEqualTo(
            new SourceConfig(
                Path.of("/photos"),
                "photos",
                LocationName.of("source-directory"),
                Duration.ofSeconds(60)));
  }

  @Test
  void command_line_wins_over_environment_wins_over_file() throws IOException {
    write("{\"server\": {\"port\": 1}, \"log\": {\"logLevel\": \"warn\"}}");
    Map<String, String> environment = Map.of("BACKBEAT_API_PORT", "2", "LOG_LEVEL", "trace");

    assertThat(load(Map.of()).config().orElseThrow().api().port()).isEqualTo(1);
    assertThat(load(environment).config().orElseThrow().api().port()).isEqualTo(2);
    LoadedConfig all = load(environment, port(3), false);
    assertThat(all.config().orElseThrow().api().port()).isEqualTo(3);
    assertThat(origin(all, "server.port")).isEqualTo("command line --port");
    assertThat(origin(all, "log.logLevel")).isEqualTo("environment LOG_LEVEL");
    assertThat(origin(all, "backbeat.drainS")).isEqualTo("default");
    assertThat(origin(load(Map.of()), "server.port")).isEqualTo(file.toString());
  }

  @Test
  void all_problems_are_reported_at_once_with_value_remedy_and_origin() throws IOException {
    write(
        """
        {"server": {"port": 99999, "healthChecks": {"allowFrom": "10.0.0.0/8"}},
         "replicationGroupId": "R",
         "redis": {"sentinels": [{"host": "a"}]},
         "log": {"logLevel": "loud"},
         "kafka": "localhost",
         "extensions": {"replication": {"destination": {"bootstrapList":
            [{"site": "a", "default": true}, {"type": "aws_s3"}, {"site": "a", "default": true}, {"site": "x/y"}]}}},
         "backbeat": {"drainS": -1, "api": {"threads": 1.5},
            "replication": {"locations": [{"name": "p"}]}}}
        """);

    LoadedConfig loaded = load(Map.of("BACKBEAT_PROBE_PORT", "many"));

    String from = " (from " + file + ")";
    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "server.port: 99999 is not a port; give 0 to 65535" + from,
            "server.healthChecks.allowFrom: \"10.0.0.0/8\" is not a list; give one in [ ]" + from,
            "replicationGroupId: \"R\" has 1 character; give exactly 7, as \"RG001  \"" + from,
            "redis.sentinels: a list has the port \"\" in element 0; give 1 to 65535" + from,
            "log.logLevel: \"loud\" is not known; give one of trace, debug, info, warn, error, fatal"
                + from,
            "kafka: \"localhost\" is not a section; give an object with hosts, site, maxPollIntervalMs,"
                + " maxRequestSize, backlogMetrics"
                + from,
            "extensions.replication.destination.bootstrapList[1].site: is missing;"
                + " extensions.replication.destination.bootstrapList[1] needs one"
                + from,
            "extensions.replication.destination.bootstrapList[2].site: \"a\" is the name of"
                + " extensions.replication.destination.bootstrapList[0], too; give another one"
                + from,
            "extensions.replication.destination.bootstrapList[2].default: a second default site beside element 0;"
                + " at most one can be it"
                + from,
            "extensions.replication.destination.bootstrapList[3].site: \"x/y\" is not valid: location name must not"
                + " contain '/', ',', ':' or control characters, was \"x/y\""
                + from,
            "backbeat.drainS: -1 is out of range; give a whole number, 0 to 3600" + from,
            "backbeat.api.threads: 1.5 is out of range; give a whole number, 1 to 1024" + from,
            "backbeat.replication.locations[0]: needs either directory or s3, and has neither"
                + from,
            "backbeat.replication.locations: have places for copies, but nothing is to be copied; give the directory"
                + " to watch in backbeat.replication.source"
                + from,
            "zookeeper.connectionString: is missing; the profile cluster needs it, as \"127.0.0.1:2181/backbeat\";"
                + " --profile embedded does without"
                + from,
            "backbeat.probe.port: \"many\" is not a port; give 0 to 65535 (from environment BACKBEAT_PROBE_PORT)");
  }

  @ParameterizedTest
  @CsvSource({
    "{\"server\":{\"prot\":1}}, server.prot, server.port",
    "{\"Server\":{}}, Server, server",
    "{\"backbeat\":{\"api\":{\"bodyLimitByte\":1}}}, backbeat.api.bodyLimitByte, backbeat.api.bodyLimitBytes",
    "{\"backbeat\":{\"healthChecks\":{}}}, backbeat.healthChecks, server.healthChecks",
    "{\"extensions\":{\"replicaton\":{}}}, extensions.replicaton, extensions.replication"
  })
  void unknown_key_is_reported_with_the_nearest_known_one(String json, String key, String near)
      throws IOException {
    write(json);

    LoadedConfig loaded = load(Map.of());

    assertThat(loaded.config()).as("a warning does not keep it from starting").isPresent();
    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            key
                + ": is no known key and is ignored; did you mean "
                + near
                + "? (from "
                + file
                + ")");
  }

  @Test
  void a_name_that_is_mostly_different_is_not_suggested() throws IOException {
    write("{\"a\": 1, \"xyz\": {}}");

    assertThat(load(Map.of()).warnings().toString()).contains("a: is").doesNotContain("did you");
  }

  @Test
  void what_can_be_read_is_shown_beside_errors() throws IOException {
    write(
        """
        {"server": {"port": "many"}, "kafka": "localhost", "log": {"logLevel": "debug"},
         "queuePopulator": {"probeServer": {"port": -1}},
         "extensions": {"replication": {"destination": {"bootstrapList": [{"site": "a"}, {"site": "x/y"}]}}},
         "backbeat": {"profile": "both", "drainS": 7}}
        """);

    LoadedConfig loaded = load(Map.of());

    assertThat(loaded.errors()).isNotEmpty();
    assertThat(loaded.values())
        .extracting(EffectiveValue::path)
        .contains(
            "log.logLevel",
            "backbeat.drainS",
            "backbeat.api.host",
            "backbeat.api.threads",
            "extensions.replication.destination.bootstrapList[0].site")
        .doesNotContain(
            "server.port",
            "kafka",
            "backbeat.profile",
            "backbeat.probe.port",
            "queuePopulator.probeServer.port",
            "extensions.replication.destination.bootstrapList[1].site");
    assertThat(origin(loaded, "log.logLevel")).isEqualTo(file.toString());
  }

  @Test
  void the_object_server_of_workflows_is_given_with_its_keys() throws IOException {
    write(
        """
        {"backbeat": {"workflows": {"replicationEndpoint": "http://s3.test:8000",
          "accessKey": "service", "secretKey": "swordfish"}}}
        """);
    LoadedConfig loaded = load(Map.of());
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.values().toString()).doesNotContain("swordfish");

    write("{\"backbeat\": {\"workflows\": {\"replicationEndpoint\": \"s3.test:8000\"}}}");
    assertThat(load(Map.of()).errors())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "backbeat.workflows.replicationEndpoint",
            "backbeat.workflows.accessKey",
            "backbeat.workflows.secretKey");
  }

  @Test
  void search_for_lost_jobs_and_histories_are_set() throws IOException {
    ServerConfig usual = load(Map.of()).config().orElseThrow();
    assertThat(usual.engine()).isEqualTo(EngineConfig.DEFAULT);
    assertThat(usual.history()).isEqualTo(HistoryOptions.DEFAULT);

    write(
        """
        {"backbeat": {
          "sweep": {"periodS": 10, "firstAfterS": 0, "minAgeS": 5, "versionsPerSecond": 7,
            "operationsPerSecond": 3},
          "history": "everything"}}""");
    ServerConfig own = load(Map.of()).config().orElseThrow();

    assertThat(own.engine().sweep())
        .isEqualTo(
            new SweepPolicy(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(5), 7, 3));
    assertThat(own.history().detail()).isEqualTo(HistoryOptions.Detail.EVERYTHING);

    write("{\"backbeat\": {\"sweep\": {\"enabled\": false, \"minAgeS\": 5}}}");
    SweepPolicy off = load(Map.of()).config().orElseThrow().engine().sweep();

    assertThat(off.every()).isZero();
    assertThat(off.olderThan()).hasSeconds(5);
  }

  @Test
  void strict_makes_an_unknown_key_an_error() throws IOException {
    write("{\"zookeper\": {}}");

    LoadedConfig loaded = load(Map.of(), CommandLineSettings.NONE, true);

    assertThat(loaded.config()).isEmpty();
    assertThat(loaded.errors())
        .singleElement()
        .hasToString(load(Map.of()).warnings().get(0).toString());
  }

  @Test
  void secrets_are_masked_where_they_are_shown() throws IOException {
    copy("original/conf/config.json", file);

    LoadedConfig loaded =
        load(Map.of("MONGODB_AUTH_USERNAME", "u", "MONGODB_AUTH_PASSWORD", "env-pass"));

    assertThat(loaded.values().toString())
        .doesNotContain("s3cret")
        .doesNotContain("mongo-pass")
        .doesNotContain("env-pass")
        .doesNotContain("redis-pass")
        .doesNotContain("sts-secret")
        .contains("backbeat:***@mongo-0:27017");
    write(
        "{\"redis\": {\"password\": [\"swordfish\"]}, \"kafka\": {\"hosts\": \"u:swordfish@h:x\"},"
            + "\"zookeeper\": {\"connectionString\": \"h\"}}");
    assertThat(load(Map.of()).problems()).hasSize(2);
    assertThat(load(Map.of()).problems().toString()).doesNotContain("swordfish");
  }

  @Test
  void the_bootstrap_list_of_the_entry_point_replaces_that_of_the_file() throws IOException {
    write(
        "{\"extensions\":{\"replication\":{\"destination\":{\"bootstrapList\":[{\"site\":\"old\"}]}}}}");

    LoadedConfig loaded =
        load(
            Map.of(
                "EXTENSIONS_REPLICATION_DEST_BOOTSTRAPLIST",
                "zenko.example:8000",
                "EXTENSIONS_REPLICATION_DEST_BOOTSTRAPLIST_MORE",
                "{\"site\":\"aws\",\"type\":\"aws_s3\"},{\"site\":\"az\",\"type\":\"azure\"}"));

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config().orElseThrow().replication().locations())
        .extracting(LocationName::value)
        .containsExactly("zenko", "aws", "az");
  }

  @Test
  void every_variable_that_sets_a_key_sets_a_known_one() {
    KnownKeys known = KnownKeys.load();

    EnvironmentSettings.SIMPLE.forEach(
        (variable, path) -> {
          String pattern = "";
          for (String name : path.split("\\.", -1)) {
            pattern = known.child(pattern, name).orElse("unknown");
          }
          assertThat(known.key(pattern)).as("%s sets %s", variable, path).isPresent();
        });
  }

  @Test
  void a_file_that_is_no_json_is_one_problem_with_the_place() throws IOException {
    write("{\"server\":\n {\"port\": 1,, }}");

    assertThat(load(Map.of()).problems())
        .singleElement()
        .asString()
        .startsWith(file + " is no valid JSON, line 2, column ");
  }

  @Test
  void a_key_given_twice_is_an_error() throws IOException {
    write("{\"server\": {\"port\": 1, \"port\": 2}}");

    assertThat(load(Map.of()).errors()).singleElement().asString().contains("port");
  }

  @Test
  void a_file_that_was_named_and_is_not_there_is_an_error() {
    LoadedConfig loaded = load(Map.of("BACKBEAT_CONFIG_FILE", "missing.json"));

    assertThat(loaded.problems())
        .singleElement()
        .hasToString(directory.resolve("missing.json") + " does not exist; give an existing file");
  }

  private LoadedConfig load(Map<String, String> environment) {
    return load(environment, CommandLineSettings.NONE, false);
  }

  private LoadedConfig load(
      Map<String, String> environment, CommandLineSettings commandLine, boolean strict) {
    return new ConfigLoader(directory, environment).load(commandLine, strict);
  }

  private static CommandLineSettings port(int port) {
    return new CommandLineSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.of(port),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String origin(LoadedConfig loaded, String path) {
    return loaded.values().stream()
        .filter(value -> value.path().equals(path))
        .map(value -> value.origin().toString())
        .findFirst()
        .orElseThrow();
  }

  private void write(String json) throws IOException {
    Files.writeString(file, json);
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigLoaderTest.class.getResourceAsStream(resource), resource)) {
      Files.copy(in, to);
    }
  }
}
