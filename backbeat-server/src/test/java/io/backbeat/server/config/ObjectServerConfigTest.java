package io.backbeat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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

class ObjectServerConfigTest {
  private static final String SERVICES =
      "\"kafka\": {\"hosts\": \"localhost:9092\"}, \"zookeeper\": {\"connectionString\": \"localhost:2181\"},";
  private static final String SOURCE =
      "\"source\": {\"s3\": {\"host\": \"cloudserver\", \"port\": 8000}, \"auth\": %s},"
          + "\"destination\": {\"bootstrapList\": [%s]}";

  @TempDir private Path directory;
  private Path conf;

  @BeforeEach
  void makeDirectory() throws IOException {
    conf = Files.createDirectories(directory.resolve("conf"));
  }

  @Test
  void the_files_of_the_original_say_whom_to_speak_to_and_as_whom() throws IOException {
    for (String name : List.of("config.json", "authdata.json", "locationConfig.json")) {
      Files.write(conf.resolve(name), resource("original/conf/" + name));
    }

    ServerConfig config = load(Map.of()).config().orElseThrow();
    ObjectServerConfig server = config.objectServer().orElseThrow();

    assertThat(server.source()).isEqualTo(URI.create("http://cloudserver:8001"));
    Path accounts = conf.resolve("authdata.json");
    assertThat(server.sourceAuth())
        .isEqualTo(new ServerAuth.Account("service-replication", accounts));
    assertThat(server.secureDestinations()).isTrue();
    assertThat(server.destinationAuth()).contains(new ServerAuth.Account("lisa", accounts));
    assertThat(server.gcAuth()).isEqualTo(new ServerAuth.Account("bart", accounts));
    assertThat(server.sites())
        .containsOnly(
            Map.entry(
                LocationName.of("sydney"),
                new SiteTarget.Servers(
                    List.of(
                        new ServerAddress("10.1.0.1", 9443), new ServerAddress("10.1.0.2", 9443)))),
            Map.entry(LocationName.of("aws-archive"), new SiteTarget.Cloud("aws_s3")),
            Map.entry(LocationName.of("azure-copy"), new SiteTarget.Cloud("azure")));
    assertThat(server.uploads()).isEqualTo(new ObjectServerConfig.Uploads(20_000_000, 10));
    assertThat(server.signatureV2()).isFalse();
    assertThat(server.statuses()).isEqualTo(ObjectServerConfig.StatusWriter.CLOUDSERVER);
    assertThat(server.coalescing()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.replication().coldSources())
        .containsExactly(LocationName.of("location-dmf-v1"));
    assertThat(config.replication().transientSources()).isEmpty();
  }

  @Test
  void own_keys_win_over_accounts_and_are_never_shown() throws IOException {
    LoadedConfig loaded =
        load(
            "{\"type\": \"account\", \"account\": \"bart\"}",
            "{\"site\": \"aws\", \"type\": \"aws_s3\"}",
            "\"backbeat\": {\"cloudserver\": {\"accessKey\": \"AK\", \"secretKey\": \"hidden\"}},");

    assertThat(loaded.problems()).isEmpty();
    assertThat(objectServer(loaded).orElseThrow().sourceAuth())
        .isEqualTo(new ServerAuth.Keys("AK", new Secret("hidden")));
    assertThat(loaded.config().orElseThrow().toString()).doesNotContain("hidden");
    assertThat(loaded.values().toString()).doesNotContain("hidden");
  }

  @Test
  void roles_are_asked_for_at_vault_and_at_sts() throws IOException {
    Optional<ObjectServerConfig> byRole =
        objectServer(
            load(
                "{\"type\": \"role\", \"vault\": {\"host\": \"vault\", \"port\": 8500}}",
                "{\"site\": \"aws\", \"type\": \"aws_s3\"}",
                ""));
    Optional<ObjectServerConfig> assumed =
        objectServer(
            load(
                "{\"type\": \"assumeRole\", \"roleName\": \"scality/replication\", \"sts\": {\"host\": \"sts\","
                    + " \"port\": 8800, \"accessKey\": \"AK\", \"secretKey\": \"SK\"}}",
                "{\"site\": \"aws\", \"type\": \"aws_s3\"}",
                ""));

    assertThat(byRole.orElseThrow().sourceAuth())
        .isEqualTo(
            new ServerAuth.Role(Optional.of(new ServerAddress("vault", 8500)), Optional.empty()));
    assertThat(assumed.orElseThrow().sourceAuth())
        .isEqualTo(
            new ServerAuth.AssumedRole(
                "scality/replication",
                new ServerAddress("sts", 8800),
                new ServerAuth.Keys("AK", new Secret("SK")),
                Optional.empty()));
  }

  @Test
  void an_account_without_a_file_of_accounts_is_warned_of_and_the_jobs_wait() throws IOException {
    LoadedConfig loaded =
        load(
            "{\"type\": \"account\", \"account\": \"bart\"}",
            "{\"site\": \"sydney\", \"servers\": [\"10.1.0.1\"]}",
            "");

    assertThat(loaded.errors()).isEmpty();
    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("extensions.replication.source.auth: ")
                    .contains("authdata.json", "S3AUTH_CONFIG", "backbeat.cloudserver"))
        .anySatisfy(
            warning ->
                assertThat(warning).startsWith("extensions.replication.destination.auth.type: "));
    assertThat(objectServer(loaded)).isEmpty();
  }

  @Test
  void other_cloudservers_may_have_keys_of_their_own() throws IOException {
    ObjectServerConfig server =
        objectServer(
                load(
                    "{}",
                    "{\"site\": \"sydney\", \"servers\": [\"10.1.0.1\"]}",
                    "\"backbeat\": {\"cloudserver\": {\"accessKey\": \"AK\", \"secretKey\": \"SK\","
                        + " \"destination\": {\"accessKey\": \"AK2\", \"secretKey\": \"SK2\"}}},"))
            .orElseThrow();

    assertThat(server.sourceAuth()).isEqualTo(new ServerAuth.Keys("AK", new Secret("SK")));
    assertThat(server.destinationAuth()).contains(new ServerAuth.Keys("AK2", new Secret("SK2")));
  }

  @Test
  void roles_alone_cannot_collect_garbage_which_is_said() throws IOException {
    LoadedConfig loaded =
        load("{\"type\": \"role\"}", "{\"site\": \"aws\", \"type\": \"aws_s3\"}", "");

    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .anyMatch(warning -> warning.startsWith("extensions.gc.auth: is missing"));
  }

  @Test
  void half_a_key_pair_is_refused() throws IOException {
    LoadedConfig loaded =
        load("{}", "", "\"backbeat\": {\"cloudserver\": {\"accessKey\": \"AK\"}},");

    assertThat(loaded.errors())
        .extracting(Problem::toString)
        .anyMatch(error -> error.startsWith("backbeat.cloudserver.secretKey: is missing"));
  }

  @Test
  void without_a_site_that_it_takes_part_in_cloudserver_is_not_needed_for_statuses()
      throws IOException {
    assertThat(
            objectServer(
                    load(
                        "{\"type\": \"role\"}",
                        "",
                        "\"backbeat\": {\"cloudserver\": {\"coalesceMs\": 0}},"))
                .orElseThrow()
                .statuses())
        .isEqualTo(ObjectServerConfig.StatusWriter.MONGODB);
  }

  @Test
  void transient_locations_come_from_the_file_of_locations() throws IOException {
    Files.writeString(
        conf.resolve("locationConfig.json"),
        "{\"us-east-1\": {\"type\": \"file\"}, \"edge\": {\"type\": \"file\", \"isTransient\": true}}");

    ServerConfig config = load("{}", "", "").config().orElseThrow();

    assertThat(config.replication().transientSources()).containsExactly(LocationName.of("edge"));
  }

  private static Optional<ObjectServerConfig> objectServer(LoadedConfig loaded) {
    return loaded.config().orElseThrow().objectServer();
  }

  private LoadedConfig load(String auth, String sites, String more) throws IOException {
    Files.writeString(
        conf.resolve("config.json"),
        "{"
            + SERVICES
            + more
            + "\"extensions\": {\"replication\": {"
            + SOURCE.formatted(auth, sites)
            + "}}}");
    return load(Map.of());
  }

  private LoadedConfig load(Map<String, String> environment) {
    return new ConfigLoader(directory, environment).load(CommandLineSettings.NONE, false);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ObjectServerConfigTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
