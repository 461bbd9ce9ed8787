package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorKindsTest {
  private static final Instant NOW = Instant.parse("2026-11-03T01:02:03Z");

  private static CloudServerException error(int status, String body, String retryAfter) {
    Map<String, List<String>> headers =
        retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", List.of(retryAfter));
    return Errors.answered(
        "GET x",
        new Answer(
            status,
            HttpHeaders.of(headers, (name, value) -> true),
            new Answer.Whole(body.getBytes(StandardCharsets.UTF_8))),
        NOW);
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "404, ObjNotFound, NOT_FOUND",
    "404, NoSuchKey, NOT_FOUND",
    "404, NoSuchVersion, NOT_FOUND",
    "404, NoSuchBucket, NOT_FOUND",
    "404, NoSuchUpload, NOT_FOUND",
    "404, SomethingElse, NOT_FOUND",
    "404, NoSuchEntity, ACCESS_DENIED",
    "403, InvalidObjectState, INVALID_STATE",
    "416, InvalidRange, INVALID_STATE",
    "403, AccessDenied, ACCESS_DENIED",
    "500, BadRole, ACCESS_DENIED",
    "403, InvalidAccessKeyId, ACCESS_DENIED",
    "403, SignatureDoesNotMatch, ACCESS_DENIED",
    "401, Unauthorized, ACCESS_DENIED",
    "400, BadDigest, BAD_DIGEST",
    "400, BadRequest, REFUSED",
    "400, InvalidRequest, REFUSED",
    "400, InvalidArgument, REFUSED",
    "400, MalformedPOSTRequest, REFUSED",
    "405, MethodNotAllowed, REFUSED",
    "424, LocationNotFound, UNKNOWN_LOCATION",
    "424, Other, UNKNOWN_LOCATION",
    "503, ServiceUnavailable, UNAVAILABLE",
    "503, SlowDown, UNAVAILABLE",
    "400, Throttling, UNAVAILABLE",
    "429, Other, UNAVAILABLE",
    "502, Other, UNAVAILABLE",
    "504, Other, UNAVAILABLE",
    "412, PreconditionFailed, PRECONDITION_FAILED",
    "304, NotModified, PRECONDITION_FAILED",
    "500, InternalError, FAILED",
    "507, Other, FAILED",
    "400, ExpiredToken, FAILED",
    "403, RequestExpired, FAILED",
    "400, RequestTimeout, FAILED",
    "409, OperationAborted, FAILED",
    "409, BucketNotEmpty, REFUSED",
  })
  void each_code_has_its_kind(int status, String code, Kind kind) {
    assertThat(ErrorKinds.of(status, code)).isEqualTo(kind);
    CloudServerException json = error(status, "{\"code\":\"" + code + "\",\"message\":\"m\"}", "");
    CloudServerException xml =
        error(status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>", "");
    assertThat(json.kind()).isEqualTo(kind);
    assertThat(json.code()).isEqualTo(code);
    assertThat(xml.kind()).isEqualTo(kind);
    assertThat(xml).hasMessage("GET x: " + status + " " + code + " m");
  }

  @Test
  void errors_written_out_as_they_are_have_a_member_of_their_name() {
    assertThat(
            error(
                    404,
                    "{\"code\":404,\"description\":\"d\",\"ObjNotFound\":true,\"remote\":true}",
                    "")
                .code())
        .isEqualTo("ObjNotFound");
  }

  @Test
  void errors_of_vault_are_wrapped() {
    assertThat(
            error(
                    404,
                    "{\"ErrorResponse\":{\"Error\":{\"Code\":\"NoSuchEntity\",\"Message\":\"m\"}}}",
                    "")
                .code())
        .isEqualTo("NoSuchEntity");
    assertThat(
            error(
                    403,
                    "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>",
                    "")
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void an_answer_that_says_nothing_counts_by_its_status() {
    assertThat(error(404, "", "").code()).isEqualTo("HTTP 404");
    assertThat(error(503, "<html>busy", "")).hasMessageContaining("<html>busy");
    assertThat(error(500, "{broken", "").kind()).isEqualTo(Kind.FAILED);
  }

  @Test
  void a_server_that_wants_rest_says_how_long() {
    assertThat(error(503, "", "7").retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(error(503, "", "Tue, 03 Nov 2026 01:03:03 GMT").retryAfter())
        .contains(Duration.ofMinutes(1));
    assertThat(error(503, "", "Tue, 03 Nov 2026 01:00:00 GMT").retryAfter())
        .contains(Duration.ZERO);
    assertThat(error(503, "", "soon").retryAfter()).isEmpty();
    assertThat(error(503, "", "").retryAfter()).isEmpty();
  }
}
