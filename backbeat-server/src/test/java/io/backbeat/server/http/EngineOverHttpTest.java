package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.server.BackbeatServer;
import io.backbeat.server.ServerOptions;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A day of an operator: a real engine on stores in memory, seen through HTTP alone. */
class EngineOverHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Metadata OBJECT =
      Metadata.pending("bucket", "dir/a b:é", "paris", "tokyo").version(1);
  private static final String VERSION_ID = OBJECT.object().versionId();

  private final Stores stores = new InMemoryStores();
  private volatile boolean tokyoIsBroken = true;
  private BackbeatEngine engine;
  private BackbeatServer server;

  @BeforeEach
  void start() {
    engine =
        BackbeatEngine.builder(stores)
            .locations(LocationName.of("paris"), LocationName.of("tokyo"))
            .replication((job, context) -> copy(job))
            .config(
                EngineConfig.DEFAULT.withRetry(
                    new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
            .meters(PrometheusMeters.create())
            .build();
    engine.start();
    server = BackbeatServer.start(engine.operations(), ServerOptions.DEFAULT.withPort(0));
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close(Duration.ofSeconds(5));
    stores.close();
  }

  @Test
  void failure_is_listed_and_its_list_posted_back_completes_it() {
    String failed =
        "{\"Bucket\":\"bucket\",\"Key\":\"dir/a b:é\",\"VersionId\":\""
            + VERSION_ID
            + "\",\"StorageClass\":\"tokyo\",\"Size\":100,\"LastModified\":\"";
    stores.journal().append(List.of(OBJECT.put()));

    await().until(() -> get("crr/failed?sitename=tokyo").contains(failed));
    String byObject = get("crr/failed/bucket/dir/a%20b:%C3%A9?versionId=" + VERSION_ID);
    assertThat(byObject).contains(failed);
    assertThat(get("crr/failed?sitename=paris")).contains("\"Versions\":[]");
    await()
        .until(
            () ->
                get("metrics/crr/tokyo/failures").contains("\"results\":{\"count\":1,\"size\":0"));

    tokyoIsBroken = false;
    String versions = byObject.substring(byObject.indexOf('['), byObject.lastIndexOf(']') + 1);
    assertThat(post("crr/failed", versions))
        .contains(failed)
        .contains("\"ReplicationStatus\":\"PENDING\"");
    assertThat(post("crr/failed", versions)).isEqualTo("[]");

    await().until(() -> get("metrics/crr/all/completions").contains("{\"count\":2,\"size\":200}"));
    assertThat(get("crr/failed?sitename=tokyo"))
        .isEqualTo("{\"IsTruncated\":false,\"Versions\":[]}");
    assertThat(get("metrics/crr/all/pending")).contains("{\"count\":0,\"size\":0}");
  }

  @Test
  void paused_location_shows_its_schedule_until_it_is_resumed() {
    assertThat(get("crr/status")).isEqualTo("{\"paris\":\"enabled\",\"tokyo\":\"enabled\"}");
    assertThat(post("crr/pause/paris", "")).isEqualTo("{}");
    assertThat(post("crr/resume/all/schedule", "{\"hours\":2}")).isEqualTo("{}");

    assertThat(get("crr/status")).isEqualTo("{\"paris\":\"disabled\",\"tokyo\":\"enabled\"}");
    assertThat(get("crr/resume"))
        .matches("\\{\"paris\":\"2\\d{3}-[-\\d]+T[:\\d]+\\.\\d{3}Z\",\"tokyo\":\"none\"}");

    assertThat(post("crr/resume", "")).isEqualTo("{}");
    assertThat(get("crr/resume/paris")).isEqualTo("{\"paris\":\"none\"}");
    assertThat(get("crr/status/paris")).isEqualTo("{\"paris\":\"enabled\"}");
    assertThat(get("crr/status/berlin"))
        .isEqualTo(
            "{\"code\":404,\"description\":\"path crr/status/berlin does not exist\","
                + "\"RouteNotFound\":true}");
  }

  @Test
  void healthy_engine_says_so() {
    assertThat(get("healthcheck")).contains("\"kafkaProducer\":{\"status\":\"ok\"}");
  }

  @Test
  void every_partition_of_every_location_gives_its_marker_back() {
    assertThat(get("healthcheck/deep"))
        .matches("\\{(\"\\d\":\"ok\",){8}\"timeElapsed\":\\d+}")
        .startsWith("{\"0\":");
  }

  @Test
  void meters_of_the_engine_and_of_the_process_are_shown() {
    assertThat(get("monitoring/metrics"))
        .contains("s3_backbeat_queue_backlog_jobs{", "jvm_memory_used_bytes{");
  }

  private TaskOutcome copy(Job job) {
    return tokyoIsBroken && job.location().value().equals("tokyo")
        ? new TaskOutcome.Rejected("Broken", "tokyo is broken")
        : TaskOutcome.Replicated.WITHOUT_VERSION;
  }

  private String get(String path) {
    return send(request(path).GET());
  }

  private String post(String path, String body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    URI uri = server.uri().resolve("/_/backbeat/api/" + path);
    return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
  }

  private static String send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
