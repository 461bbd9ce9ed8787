package io.backbeat.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.backbeat.server.demo.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} and {@code config} in this process. */
class ServeCommandTest {
  @TempDir Path temp;

  @Test
  void a_server_that_is_asked_to_stop_has_said_once_that_it_was_ready_and_ends_well() {
    StopSignal stop = new StopSignal();
    stop.request();

    Outcome outcome = serve(stop, "--port", "0");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines()).filteredOn(line -> line.contains("ready at")).hasSize(1);
    assertThat(stop.orderly()).isPresent();
    assertThat(serve(stop, "--port", "0").status()).as("the directory is free again").isZero();
  }

  @Test
  void a_port_that_is_taken_is_one_line_with_the_remedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Outcome outcome = serve(new StopSignal(), "--port", port);

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err().lines()).hasSize(1);
      assertThat(outcome.err())
          .contains("the REST API cannot use port " + port)
          .contains("--port")
          .contains("server.port");

      Outcome probes =
          Outcome.of(
              "serve",
              "--data-dir",
              temp.resolve("data").toString(),
              "--port",
              "0",
              "--probe-port",
              port);
      assertThat(probes.status()).isEqualTo(3);
      assertThat(probes.err())
          .contains("the probes cannot use port " + port)
          .contains("--probe-port");
    }
  }

  @Test
  void a_data_directory_that_is_a_file_is_one_line() throws IOException {
    Path file = Files.createFile(temp.resolve("data"));

    Outcome outcome = serve(new StopSignal(), "--port", "0");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains(file.toString()).contains("is a file");
  }

  @Test
  void a_cluster_whose_services_are_away_is_a_clear_error() throws IOException {
    Path config =
        write(
            "{\"kafka\": {\"hosts\": \"127.0.0.1:1\"}, \"zookeeper\": {\"connectionString\": \"127.0.0.1:1\"}}");

    Outcome outcome = serve(new StopSignal(), "--port", "0", "--config", config.toString());

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains("ZooKeeper at 127.0.0.1:1");
  }

  @Test
  void the_original_configuration_runs_on_the_local_store_when_told_to() throws IOException {
    Path config =
        write(
            "{\"kafka\": {\"hosts\": \"localhost:9092\"}, \"extensions\": {\"replication\": {\"destination\":"
                + " {\"bootstrapList\": [{\"site\": \"aws\"}]}}}}");
    StopSignal stop = new StopSignal();
    stop.request();

    Outcome outcome =
        serve(stop, "--port", "0", "--config", config.toString(), "--profile", "embedded");

    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  @Test
  void every_error_of_the_configuration_is_a_line() throws IOException {
    Path config = write("{\"server\": {\"port\": -1, \"hots\": 1}, \"log\": {\"logLevel\": 5}}");

    Outcome outcome = serve(new StopSignal(), "--config", config.toString());

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("warning: server.hots").contains("server.host?"),
            line -> assertThat(line).contains("server.port: -1"),
            line -> assertThat(line).contains("log.logLevel: 5"),
            line -> assertThat(line).contains("the configuration has 2 errors"));
  }

  @Test
  void a_place_that_was_another_before_is_refused() throws IOException {
    Files.createDirectory(temp.resolve("files"));
    StopSignal stop = new StopSignal();
    stop.request();
    assertThat(serve(stop, "--port", "0", "--config", replicating("paris").toString()).status())
        .isZero();

    Outcome outcome = serve(stop, "--port", "0", "--config", replicating("lyon").toString());

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("was set up for the location copy " + temp.resolve("paris"))
        .contains("places.properties");
  }

  @Test
  void config_prints_each_value_with_its_origin() throws IOException {
    Path config = write("{\"redis\": {\"password\": \"swordfish\"}, \"server\": {\"port\": 8901}}");

    Outcome outcome = Outcome.of("config", "--config", config.toString(), "--data-dir", "d");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines())
        .contains(
            "server.port = 8901  (" + config + ")",
            "backbeat.dataDir = \"d\"  (command line --data-dir)",
            "backbeat.drainS = 30  (default)",
            "redis.password = \"***\"  (" + config + ")");
  }

  @Test
  void config_as_json_holds_values_and_problems_and_fails_on_errors() throws IOException {
    Path config = write("{\"server\": {\"prot\": 8901}}");

    Outcome lenient = Outcome.of("config", "--json", "--config", config.toString());
    Outcome strict = Outcome.of("config", "--json", "--strict", "--config", config.toString());

    JsonNode json = new JsonMapper().readTree(lenient.out());
    assertThat(lenient.status()).isZero();
    assertThat(json.at("/values/server.port/value").asInt()).isEqualTo(8900);
    assertThat(json.at("/values/server.port/origin").asText()).isEqualTo("default");
    assertThat(json.at("/problems/0/severity").asText()).isEqualTo("warning");
    assertThat(json.at("/problems/0/path").asText()).isEqualTo("server.prot");
    assertThat(strict.status()).isEqualTo(3);
    assertThat(new JsonMapper().readTree(strict.out()).at("/problems/0/severity").asText())
        .isEqualTo("error");
  }

  private Path replicating(String place) throws IOException {
    return write(
        """
        {"backbeat": {"replication": {"source": {"directory": "%s", "bucket": "b"},
          "locations": [{"name": "copy", "directory": "%s"}]}}}
        """
            .formatted(temp.resolve("files"), temp.resolve(place)));
  }

  private Path write(String json) throws IOException {
    return Files.writeString(temp.resolve("config.json"), json, UTF_8);
  }

  private Outcome serve(StopSignal stop, String... options) {
    String[] args = new String[options.length + 5];
    System.arraycopy(
        new String[] {"serve", "--data-dir", temp.resolve("data").toString(), "--probe-port", "0"},
        0,
        args,
        0,
        5);
    System.arraycopy(options, 0, args, 5, options.length);
    return Outcome.of(stop, args);
  }
}
