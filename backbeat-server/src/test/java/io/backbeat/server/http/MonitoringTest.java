package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringTest extends RestTest {
  @ParameterizedTest
  @ValueSource(strings = {"/_/monitoring/metrics", "/_/backbeat/api/monitoring/metrics"})
  void meters_come_with_the_content_type_of_the_original(String path) {
    backbeat.monitoring = "# HELP é Ü\n";

    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("# HELP é Ü\n");
    assertThat(response.headers().allValues("content-type"))
        .containsExactly("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.headers().firstValue("content-length")).contains("13");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_/monitoring/metrics?x=1",
        "/_/monitoring",
        "/_/monitoring/",
        "/_/monitoring/metric",
        "/_/monitoring/metrics/"
      })
  void target_must_match_exactly(String path) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT"})
  void wrong_verb_is_not_allowed(String verb) {
    assertThat(send(verb, "/_/monitoring/metrics", "").statusCode()).isEqualTo(405);
  }

  @Test
  void post_to_an_unknown_route_beside_it_is_unknown() {
    assertThat(post("/_/monitoring", "").statusCode()).isEqualTo(404);
  }
}
