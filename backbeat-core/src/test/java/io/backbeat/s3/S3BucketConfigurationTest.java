package io.backbeat.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.backbeat.api.BackbeatException;
import io.backbeat.workflow.LifecycleRule;
import io.backbeat.workflow.ReplicationRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requests as they go over the wire; a server that only notes them, because S3Mock knows no
 * replication rules.
 */
class S3BucketConfigurationTest {
  private static final ReplicationRule RULE =
      new ReplicationRule("p/", true, "bucket", List.of("paris", "tokyo"), "tokyo");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "";
  private HttpServer server;
  private S3BucketConfiguration buckets;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    S3Endpoint endpoint =
        S3Endpoint.of(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            new S3Credentials("service", "secret"));
    buckets = S3BucketConfiguration.open(endpoint, endpoint);
  }

  @AfterEach
  void stop() {
    buckets.close();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    headers.add(
        exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-MD5"));
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void replication_comes_after_versioning_and_is_signed() {
    buckets.putReplication("bucket", List.of(RULE));

    assertThat(requests).hasSize(2);
    assertThat(requests.get(0))
        .startsWith("PUT /bucket?versioning ")
        .contains("<Status>Enabled</Status>");
    assertThat(requests.get(1))
        .startsWith("PUT /bucket?replication ")
        .contains(
            "<Role>arn:aws:iam::root:role/s3-replication-role</Role>",
            "<Rule><Prefix>p/</Prefix><Status>Enabled</Status><Destination>"
                + "<Bucket>arn:aws:s3:::bucket</Bucket>"
                + "<StorageClass>paris,tokyo:preferred_read</StorageClass></Destination></Rule>");
    assertThat(headers.get(1))
        .startsWith("AWS4-HMAC-SHA256 Credential=service/")
        .contains("/us-east-1/s3/aws4_request")
        .doesNotEndWith("null");
  }

  @Test
  void rule_for_everything_has_an_empty_prefix_and_one_that_is_off_says_so() {
    buckets.putReplication("b", List.of(new ReplicationRule("", false, "b", List.of("paris"), "")));

    assertThat(requests.get(1)).contains("<Prefix></Prefix><Status>Disabled</Status>");
  }

  @Test
  void lifecycle_rules_have_each_action_in_its_place() {
    buckets.putLifecycle(
        "b",
        List.of(
            new LifecycleRule(
                "e", true, "p/", OptionalInt.of(1), Optional.empty(), OptionalInt.of(3)),
            new LifecycleRule(
                "t",
                false,
                "",
                OptionalInt.empty(),
                Optional.of(new LifecycleRule.Transition(2, "cold")),
                OptionalInt.empty())));

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .startsWith("PUT /b?lifecycle ")
        .contains(
            "<Expiration><Days>1</Days></Expiration><ID>e</ID><Filter><Prefix>p/</Prefix></Filter><Status>Enabled</Status>",
            "<NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>",
            "<ID>t</ID><Filter></Filter><Status>Disabled</Status><Transition><Days>2</Days><StorageClass>cold</StorageClass></Transition>");
  }

  @Test
  void removals_are_deletes() {
    status = 204;

    buckets.removeReplication("b");
    buckets.removeLifecycle("b");

    assertThat(requests).containsExactly("DELETE /b?replication ", "DELETE /b?lifecycle ");
  }

  @Test
  void bucket_that_does_not_exist_is_done() {
    status = 404;
    answer = "<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>";

    buckets.putReplication("b", List.of(RULE));
    buckets.removeLifecycle("b");

    assertThat(requests).isNotEmpty();
  }

  @Test
  void refusal_is_an_error_that_names_the_bucket_and_what_was_asked() {
    status = 403;
    answer = "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>";

    assertThatThrownBy(() -> buckets.putReplication("my-bucket", List.of(RULE)))
        .isInstanceOf(BackbeatException.class)
        .hasMessageContaining("my-bucket")
        .hasMessageContaining("versioning")
        .hasMessageContaining("not you");
    assertThat(requests).hasSize(1);
  }
}
