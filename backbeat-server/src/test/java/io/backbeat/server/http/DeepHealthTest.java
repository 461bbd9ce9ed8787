package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.DeepHealth;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
  void third_caller_is_asked_to_come_back_instead_of_holding_a_thread() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    Supplier<DeepHealth> quick = backbeat.deepHealth;
    backbeat.deepHealth =
        () -> {
          inside.countDown();
          try {
            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return quick.get();
        };
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      List<Future<HttpResponse<String>>> waiting =
          List.of(
              callers.submit(() -> get("/_/healthcheck/deep")),
              callers.submit(() -> get("/_/healthcheck/deep")));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

      HttpResponse<String> third = get("/_/healthcheck/deep");

      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("retry-after")).contains("5");
      assertThat(third.body()).endsWith("\"ServiceUnavailable\":true}");
      end.countDown();
      for (Future<HttpResponse<String>> each : waiting) {
        assertThat(each.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      assertThat(get("/_/healthcheck/deep").statusCode()).isEqualTo(200);
    } finally {
      end.countDown();
      callers.shutdownNow();
    }
  }

  @Test
  void wrong_verb_is_told_the_right_one() {
    HttpResponse<String> response = post("/_/healthcheck/deep", "{}");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET");
  }
}
