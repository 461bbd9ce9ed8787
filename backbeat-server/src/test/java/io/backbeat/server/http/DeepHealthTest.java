package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepHealthTest extends RestTest {
  @ParameterizedTest
  @ValueSource(strings = {"/_/healthcheck/deep", "/_/backbeat/api/healthcheck/deep"})
  void each_partition_has_its_number_and_the_time_comes_last(String path) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"0\":\"ok\",\"1\":\"error\",\"timeElapsed\":12}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?x=1", "/", "/x", "er"})
  void target_must_match_exactly(String behind) {
    assertThat(get("/_/healthcheck/deep" + behind).statusCode()).isEqualTo(404);
  }

  @Test
  void wrong_verb_is_told_the_right_one() {
    HttpResponse<String> response = post("/_/healthcheck/deep", "{}");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET");
  }
}
