package io.backbeat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire. */
@Timeout(30)
class WireTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ServiceName CRR = ServiceName.REPLICATION;

  private final StubServer server = new StubServer();
  private final BackbeatClient client =
      BackbeatClient.builder(server.uri())
          .retries(RetryOptions.NONE)
          .userAgent("test/1")
          .requestIds(() -> "id-1")
          .build(new FakeTiming());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b c,        a/b%20c",
    "x//y/,        x//y/",
    "/lead,        /lead",
    "./../..a,     %2E/%2E%2E/..a",
    "100%,         100%25",
    "a+b?c#d&e=f,  a%2Bb%3Fc%23d%26e%3Df",
    "%2F,          %252F",
    "é日😀,        %C3%A9%E6%97%A5%F0%9F%98%80",
    ";a:b@c,       %3Ba%3Ab%40c",
  })
  void key_keeps_its_slashes_and_nothing_else_that_has_a_meaning(String key, String encoded) {
    ask(() -> client.objects().status(new ObjectVersion("b/%", key, "v/ 1")));

    assertThat(server.requests())
        .containsExactly("GET objects/b%2F%25/" + encoded + "?versionId=v%2F%201");
  }

  @Test
  void half_a_surrogate_pair_is_refused_before_it_names_another_object() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PercentEncoding.encode("a\ud800"))
        .withMessageContaining("surrogate");
  }

  @Test
  void every_operation_has_its_request() {
    ObjectVersion version = new ObjectVersion("b", "k", "v");
    ObjectVersion unversioned = ObjectVersion.unversioned("b", "k");
    ask(client::health);
    ask(client::deepHealth);
    ask(client::monitoring);
    ask(() -> client.workflows().apply("{\"version\":1}"));
    ask(() -> client.metrics().reportAll(ServiceName.INGESTION));
    ask(() -> client.metrics().progress(PARIS, version));
    ask(() -> client.metrics().bytesPerSecond(PARIS, unversioned));
    ask(() -> client.failed().list(PARIS, 7, 50));
    ask(() -> client.failed().find(unversioned));
    ask(() -> client.failed().retry(List.of(new RetryRequest(version, PARIS, true))));
    ask(() -> client.failed().retry(List.of(RetryRequest.of(unversioned, PARIS))));
    ask(() -> client.locations().list(ServiceName.LIFECYCLE));
    ask(() -> client.locations().pause(CRR, PARIS));
    ask(() -> client.locations().resume(CRR, PARIS));
    ask(() -> client.locations().cancelResume(CRR, PARIS));

    assertThat(server.requests())
        .containsExactly(
            "GET health",
            "GET healthcheck/deep",
            "GET monitoring/metrics",
            "POST configuration/workflows {\"version\":1}",
            "GET metrics/ingestion/all",
            "GET metrics/crr/paris/progress/b/k?versionId=v",
            "GET metrics/crr/paris/throughput/b/k?unversioned=true",
            "GET crr/failed?sitename=paris&marker=7&limit=50&detail=true",
            "GET crr/failed/b/k?unversioned=true&detail=true",
            "POST crr/failed [{\"Bucket\":\"b\",\"Key\":\"k\",\"VersionId\":\"v\",\"StorageClass\":\"paris\",\"ForceRetry\":true}]",
            "POST crr/failed [{\"Bucket\":\"b\",\"Key\":\"k\",\"StorageClass\":\"paris\"}]",
            "GET lifecycle/status?detail=true",
            "POST crr/pause/paris?detail=true",
            "POST crr/resume/paris?detail=true",
            "DELETE crr/resume/paris/schedule?detail=true");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:00:00.001Z, 1",
    "2026-11-22T13:00:00Z, 1",
    "2026-11-22T13:00:00.001Z, 2",
    "2026-11-22T11:00:00Z, 1",
    "+99999-01-01T00:00:00Z, 876000"
  })
  void schedule_tells_the_instant_and_for_others_the_hours_that_cover_it(Instant at, int hours) {
    ask(() -> client.locations().resumeAt(CRR, PARIS, at));

    assertThat(server.requests())
        .containsExactly(
            "POST crr/resume/paris/schedule?detail=true {\"hours\":"
                + hours
                + ",\"at\":\""
                + at
                + "\"}");
  }

  @Test
  void requests_say_who_asks_and_offer_no_other_protocol() {
    ask(() -> client.locations().pause(CRR, PARIS));
    ask(() -> client.workflows().apply("{}"));

    StubServer.Asked pause = server.asked().get(0);
    assertThat(pause.header("User-agent")).isEqualTo("test/1");
    assertThat(pause.header("X-scal-request-uids")).isEqualTo("id-1");
    assertThat(pause.header("Upgrade")).isEmpty();
    assertThat(pause.header("Content-type")).isEmpty();
    assertThat(server.asked().get(1).header("Content-type")).isEqualTo("application/json");
  }

  @Test
  void location_called_all_never_becomes_all_locations() {
    LocationName all = LocationName.of("all");
    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> client.locations().pause(CRR, all))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_NOT_FOUND));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void signer_sees_what_is_sent_and_adds_to_it() {
    BackbeatClient signing =
        BackbeatClient.builder(server.uri())
            .retries(new RetryOptions(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
            .signer(
                (method, uri, headers, body) ->
                    Map.of(
                        "Authorization",
                        method
                            + ' '
                            + uri.getRawPath()
                            + ' '
                            + body.length
                            + ' '
                            + headers.get("Content-Type"),
                        "Host",
                        "elsewhere",
                        "Content-Length",
                        "99"))
            .build();
    server.then(503, "").then(200, "{}");

    signing.workflows().apply("{}");

    assertThat(server.asked())
        .hasSize(2)
        .allSatisfy(
            asked ->
                assertThat(asked.header("Authorization"))
                    .isEqualTo("POST /_/backbeat/api/configuration/workflows 2 application/json"));
    assertThat(server.asked().get(1).header("Host")).isEqualTo(server.uri().getRawAuthority());
  }

  @Test
  void signer_that_fails_ends_the_call() {
    BackbeatClient signing =
        BackbeatClient.builder(server.uri())
            .signer(
                (method, uri, headers, body) -> {
                  throw new IllegalStateException("no key");
                })
            .build();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(signing::health)
        .withMessage("no key");
  }

  @Test
  void many_retries_are_sent_in_bodies_that_a_server_takes() {
    List<RetryRequest> many =
        IntStream.range(0, 9000)
            .mapToObj(
                i -> RetryRequest.of(ObjectVersion.unversioned("b", "k".repeat(90) + i), PARIS))
            .toList();

    List<byte[]> bodies = RetryBatches.of(many);

    assertThat(bodies)
        .hasSizeGreaterThan(1)
        .allSatisfy(b -> assertThat(b).hasSizeLessThan(RetryBatches.MAX_BYTES));
    assertThat(bodies.stream().mapToInt(b -> Json.read(b).size()).sum()).isEqualTo(9000);
    assertThat(bodies).hasSize(3);
    server.then(200, result("a")).then(200, "[]").then(200, result("c"));
    assertThat(client.failed().retry(many))
        .extracting(r -> r.object().key())
        .containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:8900,                  http://h:8900/_/backbeat/api/",
    "http://h:8900/,                 http://h:8900/_/backbeat/api/",
    "http://h/_,                     http://h/_/",
    "http://h/_/,                    http://h/_/",
    "https://h/_/backbeat/api,       https://h/_/backbeat/api/",
    "https://h/a/_/backbeat/api/,    https://h/a/_/backbeat/api/",
    "http://[::1]:1/app%20x,         http://[::1]:1/app%20x/_/backbeat/api/",
  })
  void base_uri_is_completed_to_the_prefix(URI given, URI expected) {
    assertThat(BackbeatClient.create(given).baseUri()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8900",
        "/path",
        "ftp://h",
        "http:///x",
        "http://h?a=b",
        "http://h/#f",
        "http://me:secret@h"
      })
  void base_uri_that_cannot_be_one_is_refused(URI given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackbeatClient.create(given))
        .withMessageStartingWith("base URI must")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  private static String result(String key) {
    return "[{\"Bucket\":\"b\",\"Key\":\""
        + key
        + "\",\"StorageClass\":\"paris\",\"Size\":1,"
        + "\"LastModified\":\"2018-03-30T22:22:34.384Z\",\"ReplicationStatus\":\"PENDING\",\"Role\":\"r\"}]";
  }

  /** Whatever the answer is. */
  private static void ask(Runnable call) {
    try {
      call.run();
    } catch (BackbeatException e) {
      assertThat(e.getMessage()).contains("418");
    }
  }
}
