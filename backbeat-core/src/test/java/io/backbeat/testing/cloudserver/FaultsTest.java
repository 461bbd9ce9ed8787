package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.testing.cloudserver.Fault.Reset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Each fault does what it says, where it says, and ends. */
class FaultsTest {
  private static final String PATH = "/_/backbeat/metadata/faulty/k";
  private static final String DATA = "/_/backbeat/data/faulty/k?v2";
  private static final Map<String, String> DATA_HEADERS =
      Map.of("Content-MD5", "9dd4e461268c8034f5c8564e155c67a6", "X-Scal-Canonical-Id", "id");

  private static CloudServerStandIn standIn;
  private static S3Client s3;
  private static SignedRequests backbeat;

  @BeforeAll
  static void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    backbeat = SignedRequests.v2(standIn.uri(), Account.REPLICATION);
    S3Clients.replicatedBucket(s3, "faulty", "aws-backend-1");
    s3.putObject(b -> b.bucket("faulty").key("k"), RequestBody.fromString("hello world"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    standIn.close();
  }

  @AfterEach
  void clear() {
    standIn.faults().clear();
  }

  @Test
  void an_error_ends_after_so_many_requests() {
    var fault =
        standIn.faults().inject(Fault.on(Route.GET_METADATA).status(503, "SlowDown").times(2));
    assertThat(backbeat.get(PATH).code()).isEqualTo("SlowDown");
    assertThat(backbeat.get(PATH).status()).isEqualTo(503);
    assertThat(backbeat.get(PATH).status()).isEqualTo(200);
    assertThat(fault.hits()).isEqualTo(2);
  }

  @Test
  void only_what_fits_is_hit() {
    standIn
        .faults()
        .inject(
            Fault.on(Route.GET_METADATA).atKeys("faulty", "other").status(500, "InternalError"));
    standIn.faults().inject(Fault.on().signedWith("nobody").status(500, "InternalError"));
    standIn.faults().inject(Fault.locationDown("aws-backend-1"));
    assertThat(backbeat.get(PATH).status()).isEqualTo(200);
    assertThat(
            backbeat
                .send(
                    "DELETE",
                    "/_/backbeat/multiplebackenddata/faulty/k?operation=deleteobject",
                    Map.of(
                        "X-Scal-Storage-Class", "aws-backend-1", "X-Scal-Storage-Type", "aws_s3"),
                    "")
                .status())
        .isEqualTo(503);
  }

  @Test
  void an_answer_comes_late() {
    standIn.faults().inject(Fault.on(Route.GET_METADATA).latency(Duration.ofMillis(150)));
    long before = System.nanoTime();
    backbeat.get(PATH);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(149));
  }

  @Test
  void an_answer_breaks_off_in_the_middle() {
    standIn.faults().inject(Fault.on(Route.GET_OBJECT).reset(Reset.RESPONSE, 5));
    assertThatThrownBy(() -> backbeat.trySend("GET", "/faulty/k", Map.of(), new byte[0]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_request_breaks_off_and_has_no_effect() {
    int before = standIn.localData();
    standIn.faults().inject(Fault.on(Route.PUT_DATA).reset(Reset.REQUEST, 1).times(1));
    assertThatThrownBy(() -> backbeat.trySend("PUT", DATA, DATA_HEADERS, "x".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(standIn.localData()).isEqualTo(before);
  }

  @Test
  void an_answer_that_is_lost_had_its_effect() {
    int before = standIn.localData();
    standIn.faults().inject(Fault.on(Route.PUT_DATA).reset(Reset.ANSWER, 0).times(1));
    assertThatThrownBy(() -> backbeat.trySend("PUT", DATA, DATA_HEADERS, "x".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(standIn.localData()).isEqualTo(before + 1);
  }

  @Test
  void data_is_not_what_was_sent() {
    standIn.faults().inject(Fault.on(Route.PUT_DATA, Route.GET_OBJECT).altered());
    assertThat(backbeat.send("PUT", DATA, DATA_HEADERS, "x").code()).isEqualTo("BadDigest");
    assertThat(s3.getObject(b -> b.bucket("faulty").key("k")))
        .satisfies(in -> assertThat(in.readAllBytes()).asString().isEqualTo("iello world"));
  }

  @Test
  void a_body_is_slow() {
    standIn.faults().inject(Fault.on(Route.GET_OBJECT).bytesPerSecond(50));
    long before = System.nanoTime();
    s3.getObjectAsBytes(b -> b.bucket("faulty").key("k"));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(150));
  }

  @Test
  void the_server_goes_down_and_comes_back_at_its_port() {
    standIn.stop();
    assertThatThrownBy(() -> backbeat.trySend("GET", PATH, Map.of(), new byte[0]))
        .isInstanceOf(IOException.class);
    standIn.resume();
    assertThat(backbeat.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void another_process_switches_faults_and_looks_at_what_happened() throws Exception {
    String fault =
        "{\"routes\":[\"GET_METADATA\"],\"status\":500,\"code\":\"InternalError\",\"times\":1}";
    assertThat(control("POST", "/faults", fault)).contains("id");
    assertThat(control("GET", "/faults", "")).contains("GET_METADATA");
    assertThat(backbeat.get(PATH).status()).isEqualTo(500);
    assertThat(backbeat.get(PATH).status()).isEqualTo(200);
    assertThat(control("GET", "/faults", "")).isEqualTo("[]");
    assertThat(control("GET", "/requests", "")).contains("\"GET_METADATA\"");
    assertThat(control("GET", "/clouds/aws-backend-1", "")).contains("openUploads");
    assertThat(control("GET", "/orphans", "")).startsWith("[");
    assertThat(control("POST", "/faults", "{\"routes\":[\"NOTHING\"]}"))
        .contains("InvalidArgument");
  }

  private static String control(String method, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(standIn.uri() + "/_/standin" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
