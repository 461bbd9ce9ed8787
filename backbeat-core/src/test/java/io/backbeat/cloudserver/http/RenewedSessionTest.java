package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RenewedSessionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-03T00:00:00Z"));
  private final AtomicInteger lent = new AtomicInteger();

  private Session lend() {
    return new Session(
        Credentials.of("key" + lent.incrementAndGet(), "s"), clock.instant().plus(HOUR));
  }

  @Test
  void a_session_is_renewed_a_minute_before_its_end() throws CloudServerException {
    RenewedSession session = new RenewedSession("arn", this::lend, clock);
    assertThat(session.credentials().accessKey()).isEqualTo("key1");
    clock.advance(HOUR.minusSeconds(61));
    assertThat(session.credentials().accessKey()).isEqualTo("key1");
    clock.advance(Duration.ofSeconds(1));
    assertThat(session.credentials().accessKey()).isEqualTo("key2");
  }

  @Test
  void a_service_that_is_away_does_no_harm_while_the_old_session_is_good()
      throws CloudServerException {
    RenewedSession session =
        new RenewedSession(
            "arn",
            () -> {
              if (lent.get() > 0) {
                throw Errors.of(Kind.UNAVAILABLE, "x", "away", null);
              }
              return lend();
            },
            clock);
    session.credentials();
    clock.advance(HOUR.minusSeconds(1));
    assertThat(session.credentials().accessKey()).isEqualTo("key1");
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(session::credentials).hasMessage("away");
  }

  @Test
  void a_session_that_the_server_calls_expired_is_replaced_once() throws CloudServerException {
    RenewedSession session = new RenewedSession("arn", this::lend, clock);
    Credentials first = session.credentials();
    session.expired(first);
    assertThat(session.credentials().accessKey()).isEqualTo("key2");
    session.expired(first);
    assertThat(session.credentials().accessKey()).isEqualTo("key2");
  }

  @Test
  void many_that_need_a_session_make_one_request() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    RenewedSession session =
        new RenewedSession(
            "arn",
            () -> {
              begun.countDown();
              return lend();
            },
            clock);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Credentials>> all = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        all.add(threads.submit(session::credentials));
      }
      for (Future<Credentials> each : all) {
        assertThat(each.get().accessKey()).isEqualTo("key1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(begun.getCount()).isZero();
    assertThat(lent).hasValue(1);
  }
}
