package io.backbeat.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.monitoring.LookUps.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookUpsTest {
  private static final Reading SEVEN = Reading.of(EngineMeters.QUARANTINED, 7);

  private final ExecutorService workers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void place_that_fails_is_left_out_and_reported_and_the_others_are_there() {
    Place broken =
        new Place(
            "ledger",
            () -> {
              throw new IllegalStateException("the store is down");
            });

    assertThat(lookUps(Duration.ofSeconds(5), broken, new Place("log", () -> List.of(SEVEN))).get())
        .containsExactly(ok("ledger", 0), SEVEN, ok("log", 1));
  }

  @Test
  void place_that_hangs_is_asked_once_and_does_not_keep_the_others() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Place hanging =
        new Place(
            "ledger",
            () -> {
              asked.incrementAndGet();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return List.of();
            });
    LookUps lookUps =
        lookUps(Duration.ofMillis(200), new Place("log", () -> List.of(SEVEN)), hanging);

    assertThat(lookUps.get()).containsExactly(SEVEN, ok("log", 1), ok("ledger", 0));
    assertThat(lookUps.get()).contains(SEVEN, ok("ledger", 0));
    assertThat(asked).hasValue(1);
  }

  @Test
  void nothing_is_known_after_the_threads_are_gone() {
    workers.shutdownNow();

    assertThat(lookUps(Duration.ofSeconds(5), new Place("log", () -> List.of(SEVEN))).get())
        .containsExactly(ok("log", 0));
  }

  private LookUps lookUps(Duration limit, Place... places) {
    return new LookUps(List.of(places), workers, limit);
  }

  private static Reading ok(String place, int value) {
    return Reading.of(EngineMeters.READABLE, value, place);
  }
}
