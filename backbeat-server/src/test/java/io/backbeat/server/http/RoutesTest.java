package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Status codes of every kind of path. */
class RoutesTest extends RestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET healthcheck",
        "GET metrics/crr/all",
        "GET metrics/crr/all/",
        "GET metrics/crr/all/all",
        "GET metrics/crr/all/backlog",
        "GET metrics/crr/paris/completions",
        "GET metrics/crr/paris/failures",
        "GET metrics/crr/paris/throughput",
        "GET metrics/crr/paris/pending",
        "GET metrics/ingestion/all",
        "GET metrics/ingestion/paris/completions",
        "GET metrics/ingestion/paris/throughput",
        "GET metrics/ingestion/paris/pending",
        "GET metrics/crr/paris/progress/bucket/object?versionId=version",
        "GET metrics/crr/paris/throughput/bucket/object?versionId=version",
        "GET crr/failed",
        "GET crr/failed?mymarker",
        "GET crr/failed?sitename=nowhere&marker=0",
        "GET crr/failed/mybucket",
        "GET crr/failed/mybucket/mykey",
        "GET crr/failed/test-bucket/test-key?versionId=test-versionId",
        "POST crr/pause",
        "POST crr/pause/paris",
        "POST crr/pause/paris/",
        "POST crr/resume",
        "POST crr/resume/all",
        "POST ingestion/resume/paris",
        "POST ingestion/resume/all/schedule",
        "POST crr/resume//schedule",
        "DELETE lifecycle/resume/all/schedule",
        "DELETE lifecycle/resume/paris",
        "GET lifecycle/status",
        "GET lifecycle/status/paris",
        "GET crr/status/paris/",
        "GET crr/failed/",
        "GET crr/failed//key",
        "GET health",
        "GET lifecycle/resume",
        "GET crr/resume/all",
        "GET crr/resume/paris/schedule",
      })
  void known_route_is_served_under_both_prefixes(String route) {
    HttpResponse<String> internal = send(route, "/_/");
    HttpResponse<String> external = send(route, "/_/backbeat/api/");

    assertThat(internal.statusCode()).as(internal.body()).isEqualTo(200);
    assertThat(internal.statusCode()).isEqualTo(external.statusCode());
    assertThat(internal.body()).startsWith("{").isEqualTo(external.body());
    assertThat(internal.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(internal.headers().firstValue("content-length"))
        .hasValue(String.valueOf(internal.body().length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET invalidpath",
        "GET crr",
        "POST crr",
        "DELETE crr",
        "DELETE lifecycle",
        "GET metrics",
        "GET metrics/backlog",
        "GET metrics/crr",
        "GET metrics/crr/",
        "GET metrics/crr//completions",
        "GET metrics/crr//failures",
        "GET metrics/ingestion",
        "GET m/crr/all",
        "GET metricss/crr/all",
        "GET metrics/crrr/all",
        "GET metrics/pause/all",
        "GET metrics/lifecycle/all",
        "GET metrics/constructor/all",
        "GET metrics/crr/all/backlogs",
        "GET metrics/crr/all/%62acklogs",
        "GET metrics/crr/paris/progress",
        "GET metrics/crr/paris/progresss",
        "GET metrics/ingestion/all/backlog",
        "GET metrics/ingestion/all/failures",
        "GET metrics/crr/nowhere",
        "GET metrics/crr/nowhere/pending",
        "GET metrics/crr/nowhere/progress/b/k?versionId=v",
        "GET metrics/crr/all/progress/b/k?versionId=v",
        "GET metrics/crr/paris/backlog/b/k?versionId=v",
        "GET metrics/ingestion/paris/progress/b/k?versionId=v",
        "GET metrics%2Fcrr%2Fall",
        "GET crr/status/paris/x",
        "GET crr/status/paris/x/y",
        "GET crr/status//x",
        "POST crr/pause/paris/schedule",
        "POST crr/pause/paris/x",
        "POST crr/resume/paris/schedule/x",
        "GET crr/resume/paris/schedules",
        "DELETE crr/resume/paris/x",
        "DELETE crr//paris",
        "GET objects",
        "GET objects/",
        "GET crr/failedx",
        "POST crr/pause/invalid-site",
        "POST crr/resume/invalid-site",
        "POST crr/resume/schedule",
        "POST crr/resume/paris/foo",
        "GET crr/status/invalid-site",
        "GET crr/status/pa%2Fris",
        "GET CRR/status",
        "GET %25",
      })
  void unknown_route_is_a_404_that_names_the_path(String route) {
    HttpResponse<String> response = send(route, "/_/");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"path "
                + route.substring(route.indexOf(' ') + 1)
                + " does not exist\",\"RouteNotFound\":true}");
    assertThat(backbeat.calls).noneMatch(call -> call.startsWith("pause"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics/crr/paris/progress/bucket",
        "metrics/crr/paris/throughput/bucket/",
        "metrics/crr/paris/progress/bucket/object",
        "metrics/crr/paris/progress/bucket/object?versionId=",
      })
  void bucket_without_key_or_version_is_a_404_that_says_so(String path) {
    HttpResponse<String> response = get("/_/backbeat/api/" + path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"must provide object key and version ID in route: "
                + path
                + "\",\"RouteNotFound\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics/crr/all", "/backbeat/api/crr/status", "/_"})
  void other_prefix_is_a_404_that_names_the_whole_target(String target) {
    HttpResponse<String> response = get(target + "?a=b");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":404,\"description\":\"path "
                + target
                + "?a=b does not exist\",\"RouteNotFound\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST healthcheck|GET",
        "DELETE healthcheck|GET",
        "POST metrics/crr/all|GET",
        "POST metrics/crr/paris/progress/b/k?versionId=v|GET",
        "POST crr/status|GET",
        "GET crr/pause|POST",
        "DELETE crr/failed|GET, POST",
        "POST crr/failed/b/k|GET",
        "POST crr/failed/b/k?versionId=v|GET",
        "POST health|GET",
        "POST objects/b/k|GET",
        "PUT crr/resume|GET, POST, DELETE",
        "HEAD crr/resume|GET, POST, DELETE",
        "OPTIONS crr/resume|GET, POST, DELETE",
        "PATCH nothing/here|GET, POST, DELETE",
        "TRACE healthcheck|GET, POST, DELETE",
      })
  void wrong_verb_is_a_405_that_lists_the_right_ones(String routeAndAllow) {
    String[] parts = routeAndAllow.split("\\|");
    HttpResponse<String> response = send(parts[0], "/_/backbeat/api/");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue(parts[1]);
    assertThat(response.body())
        .isEqualTo(
            parts[0].startsWith("HEAD")
                ? ""
                : "{\"code\":405,\"description\":\"The specified method is not allowed against"
                    + " this resource.\",\"MethodNotAllowed\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /", "HEAD /elsewhere"})
  void wrong_verb_counts_before_a_wrong_prefix(String request) {
    assertThat(send(request, "").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> send(String route, String prefix) {
    int blank = route.indexOf(' ');
    return send(route.substring(0, blank), prefix + route.substring(blank + 1), "");
  }
}
