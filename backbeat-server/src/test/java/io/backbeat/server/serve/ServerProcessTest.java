package io.backbeat.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServerProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path temp;

  @Test
  void serves_until_sigterm_and_then_ends_with_status_0() throws Exception {
    try (ServerProcess server = ServerProcess.start(temp).awaitReady()) {
      assertThat(server.get("_/healthcheck").statusCode()).isEqualTo(200);
      assertThat(server.get("_/monitoring/metrics").body()).contains("s3_backbeat_readings_ok{");
      assertThat(server.probe("/metrics").body()).contains("jvm_memory_used_bytes{");
      assertThat(server.get("_/backbeat/api/crr/status").body()).isEqualTo("{}");
      assertThat(server.get("_/nothing").statusCode()).isEqualTo(404);
      assertThat(server.probe("/_/live").body()).isEqualTo("OK");
      assertThat(server.probe("/_/ready").body()).isEqualTo("OK");
      assertThat(temp.resolve("backbeat-data").resolve("backbeat.db")).exists();

      assertThat(server.terminate()).as(server.output()).isZero();
    }
  }

  @Test
  void a_second_server_on_the_same_data_directory_is_told_who_has_it() throws Exception {
    try (ServerProcess first = ServerProcess.start(temp).awaitReady();
        ServerProcess second = ServerProcess.start(temp)) {
      assertThat(second.awaitEnd()).isEqualTo(3);
      assertThat(second.output().lines())
          .singleElement()
          .asString()
          .startsWith("backbeat: data directory ")
          .contains("is in use by pid ");
      assertThat(first.get("_/healthcheck").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void files_are_replicated_and_what_waits_survives_a_stop_and_a_kill() throws Exception {
    Path files = Files.createDirectory(temp.resolve("files"));
    Files.writeString(files.resolve("one"), "1");
    Path config = configure(files);

    try (ServerProcess server =
        ServerProcess.start(temp, "--config", config.toString()).awaitReady()) {
      await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("paris/one")));
      assertThat(server.post("_/crr/pause/paris", "").statusCode()).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .until(() -> server.get("_/crr/status/paris").body().contains("disabled"));
      Files.writeString(files.resolve("two"), "22");
      await()
          .atMost(PATIENCE)
          .until(() -> server.get("_/metrics/crr/paris/backlog").body().contains("\"count\":1"));
      assertThat(server.terminate()).as(server.output()).isZero();
    }

    try (ServerProcess server =
        ServerProcess.start(temp, "--config", config.toString()).awaitReady()) {
      assertThat(server.get("_/crr/status/paris").body()).contains("disabled");
      assertThat(temp.resolve("paris/two")).doesNotExist();
    } // killed

    try (ServerProcess server =
        ServerProcess.start(temp, "--config", config.toString()).awaitReady()) {
      assertThat(server.post("_/crr/resume/paris", "").statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("paris/two")));
      assertThat(temp.resolve("paris/two")).hasContent("22");
      assertThat(server.terminate()).as(server.output()).isZero();
    }
  }

  @Test
  void a_site_of_the_original_without_a_place_waits_and_costs_no_object_its_attempts()
      throws Exception {
    Path files = Files.createDirectory(temp.resolve("files"));
    Files.writeString(files.resolve("one"), "1");
    Path config = configure(files);
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst(
                "\\{",
                "{\"extensions\":{\"replication\":{\"destination\":{\"bootstrapList\":[{\"site\":\"aws\"}]}}},"));

    try (ServerProcess server =
        ServerProcess.start(temp, "--config", config.toString()).awaitReady()) {
      await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("paris/one")));

      assertThat(server.get("_/crr/status/aws").body()).contains("aws").contains("enabled");
      assertThat(server.output())
          .contains("location aws has no place for its copies")
          .contains("backbeat.replication.locations");
      await()
          .atMost(PATIENCE)
          .until(() -> server.get("_/metrics/crr/aws/backlog").body().contains("\"count\":1"));
      assertThat(server.get("_/crr/failed").body()).contains("\"Versions\":[]");
      assertThat(server.probe("/_/ready").statusCode()).as("it works").isEqualTo(200);
    }
  }

  @Test
  void the_configuration_decides_the_form_of_errors_and_the_access_log() throws Exception {
    Path config =
        Files.writeString(
            temp.resolve("config.json"),
            "{\"backbeat\": {\"api\": {\"host\": \"127.0.0.1\", \"errorForm\": \"one-key\","
                + " \"bodyLimitBytes\": 10}}}");

    try (ServerProcess server =
        ServerProcess.start(temp, "--config", config.toString()).awaitReady()) {
      assertThat(server.get("_/nothing").body()).isEqualTo("{\"RouteNotFound\":true}");
      assertThat(server.post("_/crr/failed", "x".repeat(11)).statusCode()).isEqualTo(413);
      await().atMost(PATIENCE).until(() -> server.output().contains("/_/nothing"));
    }
  }

  private Path configure(Path files) throws Exception {
    Path config = temp.resolve("config.json");
    return Files.writeString(
        config,
        """
        {"backbeat": {"api": {"host": "127.0.0.1"}, "drainS": 10, "dataDir": "state", "replication": {
          "source": {"directory": "%s", "bucket": "files"},
          "locations": [{"name": "paris", "directory": "%s"}]}}}
        """
            .formatted(files, temp.resolve("paris")));
  }
}
