package io.backbeat.cloudserver.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
  private final MutableClock clock = MutableClock.create();
  private final RecentAnswers<String, Integer> answers =
      new RecentAnswers<>(clock, Duration.ofSeconds(2), 10);
  private final AtomicInteger asked = new AtomicInteger();

  private int get(String key, long weight) throws Exception {
    return answers.get(key, weight, asked::incrementAndGet);
  }

  @Test
  void answer_is_given_again_until_it_is_too_old() throws Exception {
    assertThat(get("a", 1)).isEqualTo(1);
    clock.advance(Duration.ofMillis(1999));
    assertThat(get("a", 1)).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(get("a", 1)).isEqualTo(2);
  }

  @Test
  void oldest_answers_make_room_and_what_never_fits_is_not_kept() throws Exception {
    get("a", 4);
    get("b", 4);
    get("c", 4);
    assertThat(get("b", 4)).isEqualTo(2);
    assertThat(get("a", 4)).isEqualTo(4);
    assertThat(get("huge", 11)).isEqualTo(5);
    assertThat(get("huge", 11)).isEqualTo(6);
  }

  @Test
  void renewed_answer_is_asked_for_again() throws Exception {
    get("a", 1);
    answers.renew("a");
    assertThat(get("a", 1)).isEqualTo(2);
  }

  @Test
  void error_is_given_to_all_who_wait_and_not_kept() throws Exception {
    CloudServerException broken =
        new CloudServerException(
            CloudServerException.Kind.FAILED, "InternalError", 500, "broken", null, null);
    assertThatThrownBy(
            () ->
                answers.get(
                    "a",
                    1,
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    assertThat(get("a", 1)).isEqualTo(1);
  }

  @Test
  void many_who_ask_at_once_ask_once() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    var given =
        Concurrently.run(
            8,
            thread -> {
              all.countDown();
              return answers.get(
                  "a",
                  1,
                  () -> {
                    all.await();
                    return asked.incrementAndGet();
                  });
            });
    assertThat(given).containsOnly(1);
  }

  @Test
  void who_waited_for_one_that_was_interrupted_asks_itself() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    var given =
        Concurrently.run(
            2,
            thread -> {
              if (thread == 0) {
                try {
                  return answers.get(
                      "a",
                      1,
                      () -> {
                        asking.countDown();
                        waiting.await();
                        throw new InterruptedException("on purpose");
                      });
                } catch (InterruptedException e) {
                  return -1;
                }
              }
              asking.await();
              waiting.countDown();
              return answers.get("a", 1, asked::incrementAndGet);
            });
    assertThat(given).containsExactlyInAnyOrder(-1, 1);
  }

  @Test
  void who_waited_for_one_that_was_interrupted_in_its_request_asks_itself() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    var given =
        Concurrently.run(
            2,
            thread -> {
              if (thread == 0) {
                try {
                  return answers.get(
                      "a",
                      1,
                      () -> {
                        asking.countDown();
                        waiting.await();
                        throw new CloudServerException(
                            CloudServerException.Kind.FAILED,
                            "Interrupted",
                            0,
                            "on purpose",
                            null,
                            new InterruptedIOException("on purpose"));
                      });
                } catch (CloudServerException e) {
                  return -1;
                }
              }
              asking.await();
              Thread waiter = Thread.currentThread();
              CompletableFuture.runAsync(
                  () -> {
                    Awaitility.await().until(() -> waiter.getState() == Thread.State.WAITING);
                    waiting.countDown();
                  });
              return answers.get("a", 1, asked::incrementAndGet);
            });
    assertThat(given).containsExactlyInAnyOrder(-1, 1);
  }
}
