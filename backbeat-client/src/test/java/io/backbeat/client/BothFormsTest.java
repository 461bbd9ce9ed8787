package io.backbeat.client;

import static io.backbeat.client.RetriesTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Backbeat;
import io.backbeat.api.ErrorCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BothFormsTest {
  @Test
  void async_form_has_every_operation_with_the_same_arguments() {
    assertThat(signatures(AsyncBackbeat.class)).isEqualTo(signatures(Backbeat.class));
    for (Method facet : Backbeat.class.getMethods()) {
      if (facet.getReturnType().isInterface()) {
        assertThat(signatures(asyncFacet(facet.getName())))
            .as(facet.getName())
            .isEqualTo(signatures(facet.getReturnType()));
      }
    }
  }

  @Test
  void one_client_serves_many_callers() {
    try (StubServer server = new StubServer()) {
      IntStream.range(0, 200).forEach(i -> server.then(200, "a 1\n"));
      AsyncBackbeat async = BackbeatClient.create(server.uri()).async();

      List<CompletableFuture<String>> answers =
          IntStream.range(0, 200).mapToObj(i -> async.monitoring()).toList();

      assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("a 1\n"));
    }
  }

  @Test
  void proxy_of_the_callers_http_client_is_used() {
    try (StubServer proxy = new StubServer()) {
      proxy.then(200, "a 1\n");
      HttpClient http =
          HttpClient.newBuilder()
              .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.uri().getPort())))
              .build();
      URI hidden = URI.create("http://backbeat.invalid:8900");

      BackbeatClient client = BackbeatClient.builder(hidden).httpClient(http).build();

      assertThat(client.monitoring()).isEqualTo("a 1\n");
      assertThat(proxy.asked().get(0).target())
          .isEqualTo("http://backbeat.invalid:8900/_/backbeat/api/monitoring/metrics");
    }
  }

  @Test
  void time_out_passes_by_itself() {
    CountDownLatch end = new CountDownLatch(1);
    try (StubServer server = new StubServer()) {
      server.then(
          exchange -> {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      BackbeatClient client =
          BackbeatClient.builder(server.uri())
              .requestTimeout(Duration.ofMillis(50))
              .retries(RetryOptions.NONE)
              .build();

      assertFails(ErrorCode.INTERNAL_ERROR, client::monitoring)
          .withMessageContaining("no answer within PT0.05S");
      end.countDown();
    }
  }

  @Test
  void answers_come_after_a_pause_by_the_real_clock() {
    try (StubServer server = new StubServer()) {
      server.then(503, "").then(200, "a 1\n");
      BackbeatClient client =
          BackbeatClient.builder(server.uri())
              .retries(
                  new RetryOptions(
                      2, Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(5)))
              .build();

      assertThat(client.monitoring()).isEqualTo("a 1\n");
    }
  }

  private static Class<?> asyncFacet(String name) {
    return Arrays.stream(AsyncBackbeat.class.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getReturnType();
  }

  private static Set<String> signatures(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isDefault() && !m.isSynthetic())
        .filter(m -> !m.getName().equals("awaitDone")) // no operation, but many looks
        .map(m -> m.getName() + Arrays.toString(m.getParameterTypes()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
