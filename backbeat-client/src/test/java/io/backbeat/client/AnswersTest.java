package io.backbeat.client;

import static io.backbeat.client.RetriesTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.api.Throughput;
import io.backbeat.api.TopicHealth;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are read, those of other servers included. */
@Timeout(30)
class AnswersTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ServiceName CRR = ServiceName.REPLICATION;
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "k", "v");

  private final StubServer server = new StubServer();
  private final BackbeatClient client =
      BackbeatClient.builder(server.uri())
          .retries(RetryOptions.NONE)
          .maxAnswerBytes(10_000)
          .build();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {\"code\":404,\"description\":\"no path\",\"RouteNotFound\":true} | ROUTE_NOT_FOUND | 404 RouteNotFound: no path",
        "404 | {\"RouteNotFound\":true} | ROUTE_NOT_FOUND | 404 RouteNotFound",
        "400 | {\"MalformedPOSTRequest\":true} | MALFORMED_REQUEST | 400",
        "409 | {\"OperationAborted\":true} | CONFLICT | 409",
        "413 | {\"RequestEntityTooLarge\":true} | REQUEST_TOO_LARGE | 413",
        "503 | {\"code\":\"ServiceUnavailable\",\"message\":\"backbeat is away\",\"resource\":\"\",\"requestId\":\"\"} | NOT_RUNNING | backbeat is away",
        "403 | {\"code\":\"SignatureDoesNotMatch\",\"message\":\"sign again\"} | ACCESS_DENIED | SignatureDoesNotMatch: sign again",
        "403 | <?xml?><Error><Code>AccessDenied</Code><Message>who?</Message></Error> | ACCESS_DENIED | who?",
        "405 | <html>no</html> | METHOD_NOT_ALLOWED | \"<html>no</html>\"",
        "401 | '' | ACCESS_DENIED | (empty body)",
        "302 | moved | INTERNAL_ERROR | moved",
        "418 | teapot | INTERNAL_ERROR | teapot",
      })
  void error_is_known_in_every_form(int status, String body, ErrorCode code, String message) {
    server.then(status, body, "x-amz-request-id", "abc");

    assertFails(code, client::monitoring)
        .withMessageContaining("GET " + client.baseUri() + "monitoring/metrics: " + status)
        .withMessageContaining(message)
        .withMessageContaining("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "42",
        "<html>\nhello</html>",
        "{\"Versions\":[{}]}",
        "{} {}",
        "{\"Versions\":[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"a/b\",\"Size\":1,\"LastModified\":\"2018-03-30T22:22:34.384Z\"}]}",
        "{\"Versions\":[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"a\",\"Size\":\"x\",\"LastModified\":\"2018-03-30T22:22:34.384Z\"}]}",
        "{\"Versions\":[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"a\",\"Size\":1,\"LastModified\":\"yesterday\"}]}"
      })
  void garbage_is_an_error_that_shows_its_begin(String body) {
    server.then(200, body);

    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.failed().find(OBJECT))
        .withMessageContaining("not what was asked for")
        .withMessageContaining(body.isEmpty() ? "(empty body)" : Excerpt.of(body.getBytes()));
  }

  @Test
  void huge_answer_is_given_up_at_the_limit() {
    server.then(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[8192];
          try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < 100_000; i++) {
              out.write(chunk);
            }
          }
        });

    assertFails(ErrorCode.INTERNAL_ERROR, client::monitoring)
        .withMessageContaining("more than 10000 bytes");
  }

  @Test
  void numbers_may_be_texts_and_unknown_fields_do_not_matter() {
    server.then(
        200,
        "{\"extra\":[1],\"backlog\":{\"results\":{\"count\":\"2\",\"size\":\"1024\"}},"
            + "\"completions\":{\"results\":{\"count\":450,\"size\":1027.0,\"x\":null}},"
            + "\"failures\":{\"results\":{\"count\":null,\"size\":0}},"
            + "\"throughput\":{\"results\":{\"count\":\"0.50\",\"size\":1.14}},"
            + "\"pending\":{\"results\":{\"count\":-2,\"size\":-1024}}}");

    MetricsReport report = client.metrics().report(CRR, PARIS);

    assertThat(report.backlog()).isEqualTo(new Amount(2, 1024));
    assertThat(report.completions()).isEqualTo(new Amount(450, 1027));
    assertThat(report.failures()).isEqualTo(Amount.ZERO);
    assertThat(report.throughput()).isEqualTo(new Throughput(0.5, 1.14));
    assertThat(report.pending()).isEqualTo(new Amount(-2, -1024));
  }

  @Test
  void ingestion_has_no_bytes_and_its_backlog_is_what_is_pending() {
    server.then(
        200,
        "{\"completions\":{\"results\":{\"count\":300}},\"throughput\":{\"results\":{\"count\":\"0.33\"}},"
            + "\"pending\":{\"results\":{\"count\":42}}}");

    MetricsReport report = client.metrics().reportAll(ServiceName.INGESTION);

    assertThat(report.backlog()).isEqualTo(new Amount(42, 0));
    assertThat(report.throughput()).isEqualTo(new Throughput(0.33, 0));
  }

  @Test
  void lag_that_contradicts_itself_or_is_of_nobody_is_no_answer() {
    String lag =
        "\"location\":\"paris\",\"at\":\"2026-11-22T12:00:00Z\",\"failed\":0,\"ages\":[],"
            + "\"paused\":false,\"down\":false,\"arrivals\":{\"count\":0,\"size\":0},"
            + "\"completions\":{\"count\":0,\"size\":0}";
    server.then(200, "{\"lag\":{\"locations\":[{" + lag + ",\"state\":\"PAUSED\",\"eta\":1}]}}");
    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.metrics().lag(CRR, PARIS))
        .withMessageContaining("PAUSED must not have an ETA");

    server.then(200, "{\"lag\":{\"locations\":[]}}");
    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.metrics().lag(CRR, PARIS))
        .withMessageContaining("0 locations");
  }

  @Test
  void failures_of_the_original_have_no_history() {
    server.then(
        200,
        "{\"IsTruncated\":true,\"Versions\":[{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"paris\","
            + "\"Size\":1,\"LastModified\":\"2018-03-30T22:22:34.384Z\"}],\"NextMarker\":1538600400123}");

    var page = client.failed().list(PARIS, 0, 100);

    assertThat(page.nextMarker()).hasValue(1538600400123L);
    assertThat(page.operations())
        .containsExactly(
            new FailedOperation(
                ObjectVersion.unversioned("b", "k"),
                PARIS,
                1,
                Instant.parse("2018-03-30T22:22:34.384Z"),
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                ""));
  }

  @Test
  void statuses_of_the_original_are_completed_by_its_schedules() {
    server
        .then(
            200,
            "{\"cold\":\"disabled\",\"warm\":\"enabled\",\"ice\":\"disabled\",\"far\":\"disabled\"}")
        .then(
            200,
            "{\"cold\":\"Sun Nov 22 2026 13:11:46 GMT+0100 (Central European Standard Time)\","
                + "\"warm\":\"none\",\"ice\":\"none\",\"far\":\"2030-01-01T00:00:00.000Z\"}");

    List<LocationStatus> all = client.locations().list(ServiceName.LIFECYCLE);

    assertThat(server.requests())
        .containsExactly("GET lifecycle/status?detail=true", "GET lifecycle/resume");
    assertThat(all)
        .extracting(s -> s.location() + " " + s.target() + " " + s.resumeAt().orElse(null))
        .containsExactly(
            "cold PAUSED 2026-11-22T12:11:46Z",
            "warm RUNNING null",
            "ice PAUSED null",
            "far PAUSED 2030-01-01T00:00:00Z");
    assertThat(all)
        .allSatisfy(s -> assertThat(s.observed()).isEqualTo(ObservedState.UNKNOWN))
        .allSatisfy(s -> assertThat(s.revision()).isZero());
  }

  @Test
  void change_that_is_answered_with_nothing_is_followed_by_a_look() {
    server.then(200, "{}").then(200, "{\"paris\":\"disabled\"}").then(200, "{\"paris\":\"none\"}");

    assertThat(client.locations().pause(CRR, PARIS).target()).isEqualTo(TargetState.PAUSED);
    assertThat(server.requests())
        .containsExactly(
            "POST crr/pause/paris?detail=true",
            "GET crr/status/paris?detail=true",
            "GET crr/resume/paris");
  }

  @Test
  void error_that_the_original_sends_as_a_success_is_an_error() {
    server.then(200, "{\"InternalError\":true}");

    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.locations().pause(CRR, PARIS))
        .withMessageContaining("InternalError");
  }

  @Test
  void status_of_another_location_is_no_answer() {
    server.then(200, "{\"tokyo\":{\"target\":\"PAUSED\",\"observed\":\"PAUSED\",\"revision\":2}}");

    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.locations().get(CRR, PARIS))
        .withMessageContaining("paris")
        .withMessageContaining("tokyo");
  }

  @Test
  void health_of_the_original_is_that_of_its_connections() {
    server
        .then(404, "{\"RouteNotFound\":true}")
        .then(
            200,
            "{\"topics\":{},\"internalConnections\":{\"isrHealth\":\"error\",\"zookeeper\":{\"status\":\"error\","
                + "\"details\":{\"name\":\"DISCONNECTED\",\"code\":0}},\"kafkaProducer\":{\"status\":\"ok\"}}}");

    assertThat(client.health().components())
        .containsExactly(
            new ComponentHealth("isrHealth", State.DEGRADED, ""),
            new ComponentHealth("zookeeper", State.FAILING, "DISCONNECTED"),
            new ComponentHealth("kafkaProducer", State.OK, ""));
  }

  @Test
  void topics_are_read_from_both_shapes() {
    String partitions = "\"partitions\":[{\"id\":0,\"leader\":-1,\"replicas\":[1,2],\"isrs\":[2]}]";
    List<TopicHealth.Partition> read =
        List.of(new TopicHealth.Partition(0, -1, List.of(1, 2), List.of(2)));
    server
        .then(
            200,
            "{\"status\":\"OK\",\"components\":[],\"topics\":[{\"name\":\"t\","
                + partitions
                + ",\"minInSyncReplicas\":2}]}")
        .then(404, "{\"RouteNotFound\":true}")
        .then(
            200,
            "{\"topics\":{\"t\":{\"name\":\"t\"," + partitions + "}},\"internalConnections\":{}}");

    assertThat(client.health().topics()).containsExactly(new TopicHealth("t", read, 2));
    assertThat(client.health().topics()).containsExactly(new TopicHealth("t", read, 1));
  }

  @Test
  void deep_health_is_read_by_partition() {
    server.then(200, "{\"0\":\"ok\",\"10\":\"error\",\"2\":\"ok\",\"timeElapsed\":812}");

    var deep = client.deepHealth();

    assertThat(deep.partitions()).hasToString("{0=true, 2=true, 10=false}");
    assertThat(deep.elapsed()).hasMillis(812);
  }

  @Test
  void unknown_object_is_empty_and_an_unknown_route_an_error() {
    server.then(404, "{\"ObjNotFound\":true}").then(404, "{\"RouteNotFound\":true}");

    assertThat(client.objects().status(OBJECT)).isEmpty();
    assertFails(ErrorCode.ROUTE_NOT_FOUND, () -> client.objects().status(OBJECT));
  }
}
