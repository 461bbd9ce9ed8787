package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk tasks on the wire. */
class TasksTest extends RestTest {
  @Test
  void started_task_is_answered_and_found_under_both_prefixes() {
    HttpResponse<String> started =
        post("/_/backbeat/api/crr/resync", "{\"bucket\":\"b\",\"prefix\":\"p/\"}");

    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(started.body())
        .contains(
            "\"type\":\"resync\",\"state\":\"PLANNING\",\"request\":{\"bucket\":\"b\",\"prefix\":\"p/\","
                + "\"statuses\":[\"PENDING\"],\"dryRun\":false,\"operationsPerSecond\":0}");
    String id = started.body().replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1");
    assertThat(get("/_/crr/tasks/" + id).body()).isEqualTo(started.body());
    assertThat(get("/_/crr/tasks").body()).isEqualTo("{\"tasks\":[" + started.body() + "]}");
    assertThat(post("/_/crr/tasks/" + id + "/pause", "").body()).contains("\"state\":\"PAUSED\"");
    assertThat(post("/_/crr/tasks/" + id + "/resume", "").body()).contains("\"PLANNING\"");
    assertThat(post("/_/crr/tasks/" + id + "/cancel", "").body())
        .contains("\"state\":\"CANCELLED\"", "\"endedAt\"");
  }

  @Test
  void retry_takes_its_own_members() {
    HttpResponse<String> started =
        post(
            "/_/crr/retries",
            "{\"locations\":[\"paris\"],\"errorClass\":\"Timeout\",\"failedFrom\":\"2026-01-01T01:00:00+01:00\","
                + "\"operationsPerSecond\":7}");

    assertThat(started.body())
        .contains(
            "{\"locations\":[\"paris\"],\"failedFrom\":\"2026-01-01T00:00:00.000Z\",\"errorClass\":\"Timeout\","
                + "\"dryRun\":false,\"operationsPerSecond\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crr/resync | [] | must be a JSON object",
        "crr/resync | {\"bukket\":\"b\"} | is not known; known are bucket, dryRun, locations",
        "crr/resync | {\"errorClass\":\"b\"} | is not known; known are",
        "crr/retries | {\"statuses\":[\"FAILED\"]} | is not known; known are",
        "crr/resync | {\"bucket\":1} | bucket must be a non-empty text, was 1",
        "crr/resync | {\"bucket\":\"\"} | bucket must be a non-empty text",
        "crr/resync | {\"statuses\":[]} | statuses must be a non-empty array of texts",
        "crr/resync | {\"statuses\":[\"REPLICA\"]} | statuses must be some of PENDING, FAILED and COMPLETED",
        "crr/resync | {\"locations\":[\"a/b\"]} | location name must not contain",
        "crr/resync | {\"locations\":\"paris\"} | locations must be an array of texts",
        "crr/resync | {\"locations\":[\"rome\"]} | is configured for replication",
        "crr/resync | {\"modifiedFrom\":\"today\"} | modifiedFrom must be an instant such as",
        "crr/resync | {\"modifiedFrom\":\"2026-01-02T00:00:00Z\",\"modifiedBefore\":\"2026-01-01T00:00:00Z\"} | must begin before it ends",
        "crr/resync | {\"dryRun\":\"yes\"} | dryRun must be true or false",
        "crr/retries | {\"operationsPerSecond\":-1} | operationsPerSecond must be a whole number",
        "crr/retries | {\"operationsPerSecond\":1.5} | operationsPerSecond must be a whole number",
        "crr/retries | {\"errorClass\":\"\"} | errorClass must be a non-empty text",
        "crr/resync | { | not well-formed",
        "crr/resync | null | must be a JSON object",
      })
  void malformed_request_says_what_would_be_right(String route, String body, String message) {
    HttpResponse<String> response = post("/_/" + route, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).contains(message, "\"MalformedPOSTRequest\":true");
    assertThat(get("/_/crr/tasks").body()).isEqualTo("{\"tasks\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET crr/tasks/unknown",
        "POST crr/tasks/unknown/pause",
        "POST crr/tasks/unknown/resume",
        "POST crr/tasks/unknown/cancel",
        "POST crr/tasks/unknown/stop",
        "GET crr/tasks/unknown/x/y",
        "POST crr/resync/x",
        "GET ingestion/tasks",
      })
  void unknown_task_or_route_is_not_found(String request) {
    String[] parts = request.split(" ");
    assertThat(send(parts[0], "/_/" + parts[1], "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET crr/resync",
        "DELETE crr/retries",
        "POST crr/tasks",
        "DELETE crr/tasks/x",
        "GET crr/tasks/x/pause"
      })
  void wrong_verb_is_not_allowed(String request) {
    String[] parts = request.split(" ");
    HttpResponse<String> response = send(parts[0], "/_/" + parts[1], "");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).isPresent();
  }
}
