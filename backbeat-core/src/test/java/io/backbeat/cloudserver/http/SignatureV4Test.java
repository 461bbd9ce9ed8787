package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.Payload;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The examples of "Authenticating requests: using the Authorization header" of the S3
 * documentation.
 */
class SignatureV4Test {
  private static final Credentials EXAMPLE =
      Credentials.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  private static final HostAddress HOST = new HostAddress("examplebucket.s3.amazonaws.com", 80);

  private final SignatureV4 signature = new SignatureV4("us-east-1");

  private static Unsigned get(
      HostAddress host, String path, Map<String, String> headers, Parameter... query) {
    return new Unsigned("GET", false, host, path, List.of(query), headers, Body.NONE);
  }

  @Test
  void a_get_of_an_object() {
    assertThat(
            signature
                .sign(get(HOST, "/test.txt", Map.of("Range", "bytes=0-9")), EXAMPLE, NOW)
                .get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void a_put_has_its_body_signed_when_it_is_small() {
    Unsigned put =
        new Unsigned(
            "PUT",
            false,
            HOST,
            "/test%24file.text",
            List.of(),
            Map.of(
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"),
            Body.text("Welcome to Amazon S3."));
    assertThat(signature.sign(put, EXAMPLE, NOW).get("Authorization"))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void a_parameter_without_a_value_is_signed() {
    assertThat(
            signature
                .sign(get(HOST, "/", Map.of(), new Parameter("lifecycle", "")), EXAMPLE, NOW)
                .get("Authorization"))
        .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void a_body_that_is_streamed_is_not_read_and_all_headers_are_signed() {
    Payload unreadable =
        new Payload() {
          @Override
          public long length() {
            return 1L << 40;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("opened");
          }
        };
    Unsigned put =
        new Unsigned(
            "PUT",
            false,
            new HostAddress("127.0.0.1", 8000),
            "/_/backbeat/data/b/k",
            List.of(new Parameter("v2", "")),
            Map.of("X-Scal-Canonical-Id", "id", "X-Scal-Request-Uids", "uid", "Content-MD5", "m"),
            new Body.Streamed(unreadable));

    Map<String, String> added =
        signature.sign(put, new Credentials("AK", "SK", Optional.of("token")), NOW);

    assertThat(added)
        .containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
        .containsEntry("X-Amz-Security-Token", "token")
        .containsKey("X-Amz-Date")
        .doesNotContainKeys("Host", "X-Scal-Canonical-Id");
    assertThat(added.get("Authorization"))
        .contains(
            "SignedHeaders=content-md5;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;"
                + "x-scal-canonical-id;x-scal-request-uids,");
  }
}
