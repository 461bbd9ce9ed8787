package io.backbeat.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.engine.BackbeatEngine;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.store.Stores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the cluster profile that each do a part of the work, on stores in memory. */
class RolesTest {
  @TempDir Path temp;
  private final List<String> steps = new ArrayList<>();
  private final Stores stores = new InMemoryStores();

  @Test
  void a_process_without_the_role_api_has_probes_only() throws Exception {
    try (ServerRun server = ServerRun.start(config("gc,metrics"), config -> opened())) {
      assertThat(server.apiUri()).isEmpty();
      assertThat(status(server.probeUri().resolve("/_/live"))).isEqualTo(200);
      assertThat(status(server.probeUri().resolve("/_/ready"))).isEqualTo(200);
      assertThat(status(server.probeUri().resolve("/metrics"))).isEqualTo(200);
    }
  }

  @Test
  void what_works_beside_the_engine_starts_after_it_and_stops_before_it() throws Exception {
    ServerRun.start(config("status"), config -> opened()).close();

    assertThat(steps).containsExactly("prepared", "started", "stopped", "closed");
  }

  @Test
  void a_watched_directory_is_replicated_by_two_processes_that_share_the_stores() throws Exception {
    Files.writeString(Files.createDirectory(temp.resolve("files")).resolve("a"), "content");

    try (ServerRun populator = ServerRun.start(config("populator"), config -> opened());
        ServerRun processor = ServerRun.start(config("processor"), config -> opened())) {
      assertThat(populator.place()).isEqualTo(processor.place()).isEqualTo("in memory");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(temp.resolve("paris/a")));
    }
  }

  @Test
  void a_process_that_touches_no_objects_needs_no_places() throws Exception {
    try (ServerRun server = ServerRun.start(config("api"), config -> opened())) {
      assertThat(server.apiUri()).isPresent();
    }
    assertThat(temp.resolve("data")).doesNotExist();
  }

  private OpenedStores opened() {
    return new OpenedStores() {
      @Override
      public Stores stores() {
        return stores;
      }

      @Override
      public String place() {
        return "in memory";
      }

      @Override
      public BackbeatEngine.Builder prepare(BackbeatEngine.Builder builder) {
        steps.add("prepared");
        return builder;
      }

      @Override
      public void start(BackbeatEngine engine) {
        steps.add("started");
      }

      @Override
      public void stop() {
        steps.add("stopped");
      }

      @Override
      public void close() {
        steps.add("closed");
      }
    };
  }

  private ServerConfig config(String roles) throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("config.json"),
            """
            {"kafka": {"hosts": "k"}, "zookeeper": {"connectionString": "z"}, "backbeat": {"replication": {
              "source": {"directory": "%s", "bucket": "b"}, "locations": [{"name": "paris", "directory": "%s"}]}}}
            """
                .formatted(temp.resolve("files"), temp.resolve("paris")));
    return new ConfigLoader(temp, Map.of())
        .load(
            new CommandLineSettings(
                Optional.of(file),
                Optional.empty(),
                Optional.of(0),
                Optional.of(0),
                Optional.of(temp.resolve("data")),
                Optional.of(roles)),
            false)
        .config()
        .orElseThrow();
  }

  private static int status(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
