package io.backbeat.client;

import static io.backbeat.client.RetriesTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting, not waiting, and giving up. */
@Timeout(30)
class AsyncTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final LocationName PARIS = LocationName.of("paris");

  private final CountDownLatch ended = new CountDownLatch(1);
  private final StubServer server = new StubServer();
  private final FakeTiming timing = new FakeTiming();
  private final BackbeatClient client =
      BackbeatClient.builder(server.uri()).requestTimeout(Duration.ofSeconds(3)).build(timing);

  @AfterEach
  void stop() {
    ended.countDown();
    server.close();
  }

  /** Can fail only where futures use the common pool: with three processors, or from Java 25 on. */
  @Test
  @Timeout(10) // before what blocks the pool gives up
  void time_out_and_repetition_do_not_wait_for_a_blocked_common_pool() throws Exception {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    CountDownLatch blocked = new CountDownLatch(pool.getParallelism());
    for (int i = 0; i < pool.getParallelism(); i++) {
      pool.execute(
          () -> {
            blocked.countDown();
            hold(ended);
          });
    }
    blocked.await();
    server.then(exchange -> hold(ended)).then(exchange -> hold(ended));
    BackbeatClient impatient =
        BackbeatClient.builder(server.uri())
            .requestTimeout(Duration.ofMillis(200))
            .retries(new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(1), LONG))
            .build();

    assertFails(ErrorCode.INTERNAL_ERROR, impatient::monitoring)
        .withMessageContaining("no answer within PT0.2S")
        .withMessageContaining("2 attempts");
  }

  @Test
  void result_comes_without_anybody_waiting() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    server.then(
        exchange -> {
          hold(answer);
          StubServer.reply(200, "a 1\n").send(exchange);
        });

    CompletableFuture<String> meters = client.async().monitoring();
    assertThat(meters).isNotDone();
    answer.countDown();

    assertThat(meters.get(10, TimeUnit.SECONDS)).isEqualTo("a 1\n");
  }

  @Test
  void future_fails_with_the_error_itself() {
    server.then(404, "{\"RouteNotFound\":true}");

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> client.async().locations().list(ServiceName.REPLICATION).get())
        .withCauseExactlyInstanceOf(BackbeatException.class);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(
            () ->
                client
                    .async()
                    .locations()
                    .get(ServiceName.REPLICATION, LocationName.of("all"))
                    .get())
        .withCauseExactlyInstanceOf(BackbeatException.class);
  }

  @Test
  void silent_server_is_given_up_when_the_time_is_over() {
    server.then(this::silence).then(200, "a 1\n");
    CompletableFuture<String> meters = client.async().monitoring();
    await().until(() -> server.asked().size() == 1);
    timing.expire();

    assertThat(meters.join()).isEqualTo("a 1\n");
    assertThat(timing.limits).containsOnly(Duration.ofSeconds(3));
  }

  @Test
  void by_default_a_silent_server_is_asked_four_times() {
    BackbeatClient usual = BackbeatClient.builder(server.uri()).build(timing);
    server.then(this::silence).then(this::silence).then(this::silence).then(200, "a 1\n");
    CompletableFuture<String> meters = usual.async().monitoring();
    for (int attempt = 1; attempt <= 3; attempt++) {
      int asked = attempt;
      await().until(() -> server.asked().size() == asked && timing.limits.size() == asked);
      timing.expire();
    }

    assertThat(meters.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("a 1\n");
    assertThat(timing.limits).hasSize(4).containsOnly(Duration.ofSeconds(30));
  }

  @Test
  void delays_beyond_all_measure_are_as_long_as_can_be() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    BackbeatClient patient =
        BackbeatClient.builder(server.uri())
            .requestTimeout(endless)
            .retries(new RetryOptions(2, endless, endless, endless))
            .build(timing);
    server.then(503, "").then(200, "a 1\n");

    assertThat(patient.async().monitoring().orTimeout(10, TimeUnit.SECONDS).join())
        .isEqualTo("a 1\n");
    assertThat(timing.pauses).containsExactly(Duration.ofNanos(Long.MAX_VALUE));
    CompletableFuture<Void> pause = Timing.SYSTEM.pause(endless);
    assertThat(pause).isNotDone();
    pause.cancel(true);
  }

  @Test
  void error_of_the_jvm_in_reading_an_answer_ends_the_call() {
    server.then(200, "{}");
    Wire wire =
        new Wire(
            HttpClient.newHttpClient(),
            URI.create(server.uri() + "/_/"),
            ClientOptions.DEFAULT,
            timing);

    CompletableFuture<String> read =
        wire.send(
            () ->
                Call.getBytes(
                    Route.of(ServiceName.REPLICATION, "status"),
                    body -> {
                      throw new StackOverflowError("too deep");
                    }));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> read.get(10, TimeUnit.SECONDS))
        .withCauseExactlyInstanceOf(StackOverflowError.class);
  }

  @Test
  void signer_that_breaks_down_in_a_later_attempt_ends_the_call() {
    AtomicBoolean signed = new AtomicBoolean();
    BackbeatClient signing =
        BackbeatClient.builder(server.uri())
            .signer(
                (method, uri, headers, body) -> {
                  if (signed.getAndSet(true)) {
                    throw new NoClassDefFoundError("Hmac");
                  }
                  return Map.of();
                })
            .build(timing);
    server.then(503, "");

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> signing.async().monitoring().get(10, TimeUnit.SECONDS))
        .withCauseExactlyInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void second_way_that_cannot_be_begun_ends_the_call() {
    CompletableFuture<String> first =
        CompletableFuture.failedFuture(new BackbeatException(ErrorCode.NOT_RUNNING, "first"));

    CompletableFuture<String> both =
        Step.orElse(
            first,
            error -> {
              throw new IllegalStateException("second");
            });

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> both.get(10, TimeUnit.SECONDS))
        .withCauseExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void server_that_never_ends_its_answer_is_given_up_too() {
    BackbeatClient once =
        BackbeatClient.builder(server.uri()).retries(RetryOptions.NONE).build(timing);
    server.then(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          hold(ended);
        });
    CompletableFuture<String> meters = once.async().monitoring();
    await().until(() -> server.asked().size() == 1);
    timing.expire();

    assertFails(ErrorCode.INTERNAL_ERROR, () -> Waiting.on(meters))
        .withMessageContaining("no answer within PT30S");
  }

  @Test
  void deep_health_gets_more_time() {
    server.then(200, "{\"timeElapsed\":1}");

    client.deepHealth();

    assertThat(timing.limits).containsExactly(Duration.ofSeconds(75));
  }

  @Test
  void deadlines_of_finished_attempts_wait_for_nothing() {
    server.then(200, "a 1\n");

    client.monitoring();

    await().until(() -> timing.deadlines.stream().allMatch(CompletableFuture::isCancelled));
  }

  @Test
  void cancelling_closes_the_connection_and_makes_no_other_attempt() {
    AtomicBoolean broken = new AtomicBoolean();
    server.then(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (!ended.await(1, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(new byte[8192]);
            }
          } catch (IOException e) {
            broken.set(true);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    CompletableFuture<String> meters = client.async().monitoring();
    await().until(() -> server.asked().size() == 1);

    assertThat(meters.cancel(true)).isTrue();

    await().untilTrue(broken);
    assertThat(meters).isCancelled();
    assertThat(timing.pauses).isEmpty();
  }

  @Test
  void cancelling_in_a_pause_ends_the_call() {
    timing.pausesEnd = false;
    server.then(503, "");
    CompletableFuture<String> meters = client.async().monitoring();
    await().until(() -> timing.pauses.size() == 1);

    meters.cancel(false);

    assertThat(meters).isCancelled();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void cancelling_a_call_of_several_requests_ends_the_one_at_hand() {
    server.then(200, "{}").then(this::silence);
    var paused = client.async().locations().pause(ServiceName.REPLICATION, PARIS);
    await().until(() -> server.asked().size() == 2);

    paused.cancel(true);

    await().until(() -> timing.deadlines.stream().allMatch(CompletableFuture::isCancelled));
  }

  @Test
  void interrupted_caller_gets_an_error_and_stays_interrupted() {
    server.then(this::silence);
    Thread.currentThread().interrupt();

    assertFails(ErrorCode.INTERNAL_ERROR, client::monitoring).withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private void silence(HttpExchange exchange) {
    hold(ended);
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
