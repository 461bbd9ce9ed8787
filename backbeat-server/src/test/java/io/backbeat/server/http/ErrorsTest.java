package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest extends RestTest {
  @ParameterizedTest
  @EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE, names = "ROUTE_NOT_FOUND")
  void error_of_the_contract_keeps_its_code_and_message(ErrorCode code) {
    backbeat.health =
        () -> {
          throw new BackbeatException(code, "because \"so\"");
        };

    HttpResponse<String> response = get("/_/healthcheck");

    assertThat(response.statusCode()).isEqualTo(code.httpStatus());
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":"
                + code.httpStatus()
                + ",\"description\":\"because \\\"so\\\"\",\""
                + code.wireName()
                + "\":true}");
  }

  @Test
  void unknown_location_is_an_unknown_path() {
    assertThat(get("/_/backbeat/api/crr/status/non-existent-location").body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"path crr/status/non-existent-location does not"
                + " exist\",\"RouteNotFound\":true}");
  }

  @Test
  void unforeseen_error_tells_its_request_id_and_nothing_else() {
    backbeat.health =
        () -> {
          throw new IllegalStateException("secret");
        };

    HttpResponse<String> response = get("/_/healthcheck");

    String id = response.headers().firstValue("x-amz-request-id").orElseThrow();
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":500,\"description\":\"We encountered an internal error. Please try again."
                + " Request id: "
                + id
                + "\",\"InternalError\":true}");
  }

  @Test
  void every_answer_has_a_request_id_of_its_own() {
    String first = get("/_/healthcheck").headers().firstValue("x-amz-request-id").orElseThrow();
    String second = get("/_/nothing").headers().firstValue("x-amz-request-id").orElseThrow();

    assertThat(first).matches("[0-9a-f]{20}").isNotEqualTo(second);
  }

  @Test
  void request_ids_of_callers_are_continued_if_harmless() {
    assertThat(requestId("abc:def")).matches("abc:def:[0-9a-f]{20}");
    assertThat(requestId("{evil}")).matches("[0-9a-f]{20}");
    assertThat(requestId("x".repeat(201))).matches("[0-9a-f]{20}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "not a media type", "*/*"})
  void headers_about_media_types_change_nothing(String mediaType) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/_/crr/pause"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .header("Accept", mediaType)
                .header("Content-Type", mediaType));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }

  private String requestId(String incoming) {
    return send(HttpRequest.newBuilder(uri("/_/healthcheck"))
            .header("x-scal-request-uids", incoming))
        .headers()
        .firstValue("x-amz-request-id")
        .orElseThrow();
  }
}
