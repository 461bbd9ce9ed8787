package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.LifecycleListing;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.ObjectHead;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.ReplicaHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers over a real connection; what goes wrong there is in {@link FaultTest}. */
class CloudServerClientTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("b", "a k", "v");
  private static final Backend AWS = new Backend(LocationName.of("aws"), "aws_s3");

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private TinyServer server = serving(exchange -> TinyServer.answer(exchange, 200, "{}"));

  private TinyServer serving(HttpHandler handler) {
    TinyServer tiny =
        new TinyServer(
            exchange -> {
              exchange
                  .getRequestHeaders()
                  .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
              handler.handle(exchange);
            });
    open.add(tiny);
    server = tiny;
    return tiny;
  }

  private CloudServerClient client(HttpHandler handler) {
    return client(SignatureVersion.V4, handler);
  }

  private CloudServerClient client(SignatureVersion version, HttpHandler handler) {
    CloudServerClient client =
        CloudServerClient.open(
            CloudServerOptions.of(
                    List.of(serving(handler).address()),
                    CredentialsProvider.of(Credentials.of("AK", "SK")))
                .withSignature(version));
    open.add(client);
    return client;
  }

  private CloudServerClient client(int status, String body) {
    return client(exchange -> TinyServer.answer(exchange, status, body));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_request_is_signed_and_names_itself(SignatureVersion version)
      throws CloudServerException {
    CloudServerClient client =
        client(version, exchange -> TinyServer.answer(exchange, 200, "{\"Body\":\"text\"}"));

    assertThat(client.metadata(OBJECT)).contains("text");

    assertThat(server.asked()).containsExactly("GET /_/backbeat/metadata/b/a%20k?versionId=v");
    assertThat(headers.get("authorization"))
        .startsWith(version == SignatureVersion.V2 ? "AWS AK:" : "AWS4-HMAC-SHA256 Credential=AK/");
    assertThat(headers.get("x-scal-request-uids")).matches("[0-9a-f]{20}");
    assertThat(headers).containsEntry("user-agent", "Backbeat").containsKey("x-amz-date");
    assertThat(headers).doesNotContainKeys("expect", "upgrade", "http2-settings");
  }

  @Test
  void what_is_not_there_is_empty_and_needs_no_removal() throws CloudServerException {
    CloudServerClient client = client(404, "{\"code\":\"ObjNotFound\",\"message\":\"m\"}");

    assertThat(client.metadata(OBJECT)).isEmpty();
    assertThat(client.head(OBJECT)).isEmpty();
    assertThat(client.lastModified("b", "k", "[]")).isEmpty();
    client.deleteObject("b", "k", AWS);
    client.abortUpload("b", "k", AWS, "u");
    assertThat(client.batchDelete("b", "k", List.of(), DeleteCondition.NONE)).isTrue();
    assertThatThrownBy(() -> client.putMetadata(OBJECT, "{}", true))
        .isInstanceOfSatisfying(
            CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void a_condition_that_does_not_hold_is_no_error_of_a_deletion() throws CloudServerException {
    CloudServerClient client = client(412, "{\"code\":\"PreconditionFailed\"}");

    assertThat(client.batchDelete("b", "k", List.of(), DeleteCondition.NONE)).isFalse();
    assertThatThrownBy(() -> client.head(OBJECT, Optional.of(Instant.EPOCH)))
        .isInstanceOfSatisfying(
            CloudServerException.class,
            e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION_FAILED));
  }

  @Test
  void a_bucket_without_replication_has_none_and_a_bucket_that_is_gone_is_an_error()
      throws CloudServerException {
    assertThat(
            client(404, "<Error><Code>ReplicationConfigurationNotFoundError</Code></Error>")
                .bucketReplication("b"))
        .isEmpty();
    assertThat(server.asked()).containsExactly("GET /b?replication");
    CloudServerClient gone = client(404, "<Error><Code>NoSuchBucket</Code></Error>");
    assertThatThrownBy(() -> gone.bucketReplication("b"))
        .isInstanceOfSatisfying(
            CloudServerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void data_is_sent_with_its_length_and_told_where_it_is() throws CloudServerException {
    CloudServerClient client =
        client(
            exchange -> {
              exchange.getResponseHeaders().add("X-Amz-Server-Side-Encryption", "AES256");
              String sent =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              TinyServer.answer(
                  exchange, 200, "[{\"key\":\"" + sent + "\",\"dataStoreName\":\"l\"}]");
            });

    assertThat(client.putData("b", "k", "md5", "owner", Payloads.of("sent")))
        .satisfies(
            receipt -> {
              assertThat(receipt.key()).isEqualTo("sent");
              assertThat(receipt.encryption())
                  .containsExactly(Map.entry("x-amz-server-side-encryption", "AES256"));
            });
    assertThat(headers).containsEntry("content-length", "4").doesNotContainKey("transfer-encoding");
    assertThat(headers).containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
  }

  @Test
  void an_empty_body_has_a_length_too() throws CloudServerException {
    CloudServerClient client = client(200, "{\"versionId\":\"1\",\"location\":[]}");

    assertThat(
            client
                .putObject("b", "k", AWS, ReplicaHeaders.NONE, "m", "o", Payloads.of(""))
                .versionId())
        .isEqualTo("1");
    assertThat(headers).containsEntry("content-length", "0");
  }

  @Test
  void an_object_is_read_as_a_stream() throws IOException {
    CloudServerClient client =
        client(
            exchange -> {
              exchange.getResponseHeaders().add("ETag", "\"e\"");
              TinyServer.answer(exchange, 206, "body");
            });

    try (ObjectBody body = client.read(OBJECT, new ReadRange.Part(2), "")) {
      assertThat(body.length()).isEqualTo(4);
      assertThat(body.etag()).isEqualTo("e");
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("body");
    }
    assertThat(server.asked()).containsExactly("GET /b/a%20k?versionId=v&partNumber=2");
  }

  @Test
  void head_tells_of_an_object_without_its_data() throws CloudServerException {
    CloudServerClient client =
        client(
            exchange -> {
              exchange.getResponseHeaders().add("ETag", "\"e\"");
              exchange.getResponseHeaders().add("Last-Modified", "Tue, 03 Nov 2026 01:02:03 GMT");
              exchange.getResponseHeaders().add("x-amz-version-id", "v");
              exchange.sendResponseHeaders(200, -1);
            });

    ObjectHead head = client.head(OBJECT).orElseThrow();

    assertThat(head.etag()).isEqualTo("e");
    assertThat(head.versionId()).isEqualTo("v");
    assertThat(head.lastModified()).contains(Instant.parse("2026-11-03T01:02:03Z"));
    assertThat(head.headers()).containsEntry("x-amz-version-id", "v");
  }

  @Test
  void listings_are_read_page_by_page() throws CloudServerException {
    CloudServerClient client =
        client(
            exchange ->
                TinyServer.answer(
                    exchange,
                    200,
                    exchange.getRequestURI().getQuery().contains("&marker=m")
                        ? "{\"IsTruncated\":false}"
                        : "{\"IsTruncated\":true,\"NextMarker\":\"m\"}"));
    Optional<LifecycleListing> listing =
        Optional.of(LifecycleListing.of("b", LifecycleListing.Kind.CURRENT));
    int pages = 0;
    while (listing.isPresent()) {
      listing = listing.get().next(client.lifecycle().list(listing.get()));
      pages++;
    }
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void an_answer_that_is_not_of_the_route_is_an_error_that_another_attempt_may_mend() {
    CloudServerClient client = client(200, "<html>");
    assertThatThrownBy(() -> client.metadata(OBJECT))
        .isInstanceOfSatisfying(
            CloudServerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.FAILED);
              assertThat(e).hasMessageContaining("GET /_/backbeat/metadata/b/a%20k?versionId=v");
            });
  }

  @Test
  void a_server_that_is_overloaded_is_left_alone_for_as_long_as_it_says() {
    CloudServerClient client =
        client(
            exchange -> {
              exchange.getResponseHeaders().add("Retry-After", "3");
              TinyServer.answer(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
            });
    assertThatThrownBy(() -> client.metadata(OBJECT))
        .isInstanceOfSatisfying(
            CloudServerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(3));
            });
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void expired_credentials_are_renewed_once() throws CloudServerException {
    AtomicInteger lent = new AtomicInteger();
    CredentialsProvider renewing =
        new CredentialsProvider() {
          @Override
          public Credentials credentials() {
            return Credentials.of("AK" + lent.get(), "SK");
          }

          @Override
          public void expired(Credentials refused) {
            lent.incrementAndGet();
          }
        };
    String expired = "<Error><Code>ExpiredToken</Code></Error>";
    CloudServerClient client =
        client(
            exchange -> {
              boolean first =
                  exchange.getRequestHeaders().getFirst("Authorization").contains("AK0");
              TinyServer.answer(exchange, first ? 400 : 200, first ? expired : "{\"Body\":\"x\"}");
            });
    assertThat(client.as(renewing).metadata(OBJECT)).contains("x");
    assertThat(lent).hasValue(1);

    CloudServerClient never = client(400, expired);
    assertThatThrownBy(() -> never.as(renewing).metadata(OBJECT)).hasMessageContaining("Expired");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void a_header_that_http_cannot_carry_is_refused_by_its_name() {
    CloudServerClient client = client(200, "{}");
    ReplicaHeaders headers =
        new ReplicaHeaders("", Map.of(), "", "", "attachment; filename=é", "", Map.of());
    assertThatThrownBy(() -> client.initiateUpload("b", "k", AWS, headers))
        .isInstanceOfSatisfying(
            CloudServerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.REFUSED);
              assertThat(e).hasMessageContaining("X-Scal-Content-Disposition");
            });
  }

  @Test
  void a_closed_client_takes_no_requests() {
    CloudServerClient client = client(200, "{}");
    client.close();
    assertThatThrownBy(() -> client.as(() -> Credentials.of("a", "b")).metadata(OBJECT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
