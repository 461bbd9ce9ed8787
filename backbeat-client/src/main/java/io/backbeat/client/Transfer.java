package io.backbeat.client;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call on its way: its attempts, the pauses between them, its result. */
@SuppressWarnings("FutureReturnValueIgnored") // what the dependents of attempts do ends in this one
final class Transfer<T> extends Step<T> {
  /**
   * For time-outs and repeated attempts, which are rare: not the common pool, which a caller may
   * have blocked, nor the timer thread of the JDK, which everybody shares.
   */
  private static final Executor OWN_THREAD = Transfer::startThread;

  private final Wire wire;
  private final Call<T> call;
  private final String requestId;
  private final long begun;
  private final AtomicInteger attempts = new AtomicInteger();

  private Transfer(Wire wire, Call<T> call) {
    this.wire = wire;
    this.call = call;
    this.requestId = wire.options().requestIds().get();
    this.begun = wire.timing().nanos();
  }

  static <T> CompletableFuture<T> begin(Wire wire, Call<T> call) {
    Transfer<T> transfer = new Transfer<>(wire, call);
    transfer.cancelStepsOnFailure();
    transfer.attempt();
    return transfer;
  }

  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "backbeat-client");
    thread.setDaemon(true);
    thread.start();
  }

  private void attempt() {
    if (isDone()) {
      return;
    }
    attempts.incrementAndGet();
    orEnd(() -> expect(wire.http().sendAsync(wire.request(call, requestId), answer())));
  }

  private HttpResponse.BodyHandler<byte[]> answer() {
    return LimitedBody.handler(wire.options().maxAnswerBytes());
  }

  private void expect(CompletableFuture<HttpResponse<byte[]>> sent) {
    Duration time = timeout();
    AtomicBoolean late = new AtomicBoolean();
    follow(sent);
    CompletableFuture<Void> deadline = wire.timing().deadline(time);
    deadline.thenRunAsync(
        () -> {
          late.set(true);
          sent.cancel(true);
        },
        OWN_THREAD);
    sent.whenComplete(
        (response, error) -> {
          deadline.cancel(false);
          Throwable reason =
              late.get() ? new HttpTimeoutException("no answer within " + time) : error;
          orEnd(() -> settle(response, reason));
        });
  }

  /** What a dependent of a future throws is swallowed: nobody would ever be told. */
  private void orEnd(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  private Duration timeout() {
    Duration usual = wire.options().requestTimeout();
    return usual.compareTo(call.patience()) < 0 ? call.patience() : usual;
  }

  private void settle(@Nullable HttpResponse<byte[]> response, @Nullable Throwable error) {
    if (isDone()) {
      return;
    }
    if (response != null && response.statusCode() / 100 == 2) {
      read(response);
    } else if (response != null) {
      failed(Failures.of(response, wire.timing().now()));
    } else if (error != null) {
      failed(Failures.of(error));
    }
  }

  private void read(HttpResponse<byte[]> response) {
    try {
      complete(call.reader().apply(response.body()));
    } catch (BackbeatException e) {
      completeExceptionally(new BackbeatException(e.code(), named(String.valueOf(e.getMessage()))));
    } catch (RuntimeException e) {
      String what =
          response.statusCode()
              + ", but the answer is not what was asked for, "
              + e.getMessage()
              + ": "
              + Excerpt.of(response.body());
      completeExceptionally(new BackbeatException(ErrorCode.INTERNAL_ERROR, named(what), e));
    }
  }

  private void failed(Failure failure) {
    int made = attempts.get();
    Duration elapsed = Duration.ofNanos(wire.timing().nanos() - begun);
    Optional<Duration> pause =
        Backoff.pause(
            wire.options().retries(),
            failure,
            call.repeatable(),
            made,
            elapsed,
            wire.timing().random());
    if (pause.isPresent()) {
      CompletableFuture<Void> pausing = wire.timing().pause(pause.get());
      follow(pausing);
      pausing.thenRunAsync(this::attempt, OWN_THREAD);
      return;
    }
    String tried = made > 1 ? " (" + made + " attempts in " + elapsed.toMillis() + " ms)" : "";
    completeExceptionally(
        new BackbeatException(
            failure.code(), named(failure.description() + tried), failure.cause().orElse(null)));
  }

  /** What went wrong behind what was asked; base URIs hold no secrets. */
  private String named(String what) {
    return call.method() + ' ' + wire.uri(call) + ": " + what;
  }
}
