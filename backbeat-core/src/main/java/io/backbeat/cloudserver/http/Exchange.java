package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request over one connection and its answer, in the thread that wants it. Thread-safe. */
final class Exchange {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final HttpClient small;
  private final HttpClient large;
  private final CloudServerOptions.Timeouts timeouts;

  /**
   * Exchanges by clients.
   *
   * @param small for what is soon over
   * @param large for {@link Call#large}
   */
  Exchange(HttpClient small, HttpClient large, CloudServerOptions.Timeouts timeouts) {
    this.small = small;
    this.large = large;
    this.timeouts = timeouts;
  }

  /**
   * Sends a request.
   *
   * @param name of the request, for messages
   * @param request all but the body
   */
  Answer send(String name, HttpRequest.Builder request, Call call)
      throws CloudServerException, Disconnected {
    if (call.body() instanceof Body.Streamed streamed && streamed.length() > 0) {
      return sendStream(name, request, call, streamed.payload());
    }
    byte[] bytes = call.body() instanceof Body.Small small ? small.bytes() : new byte[0];
    request.method(
        call.method(),
        bytes.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(bytes));
    return awaited(name, call, start(name, request, call), true);
  }

  private CompletableFuture<HttpResponse<Answer.Content>> start(
      String name, HttpRequest.Builder request, Call call) {
    return (call.large() ? large : small)
        .sendAsync(
            request.build(),
            head -> {
              boolean good = head.statusCode() >= 200 && head.statusCode() < 300;
              return call.streamed() && good
                  ? new ByteStream(name, timeouts.idle())
                  : new LimitedBody();
            });
  }

  private Answer sendStream(String name, HttpRequest.Builder request, Call call, Payload payload)
      throws CloudServerException, Disconnected {
    BodyPump pump = new BodyPump(payload.length());
    try (InputStream source = payload.open()) {
      CompletableFuture<HttpResponse<Answer.Content>> answer =
          start(name, request.method(call.method(), pump), call);
      CompletableFuture<?> unused = answer.whenComplete((response, error) -> pump.end());
      boolean complete = false;
      try {
        complete = pumped(name, pump, source, payload.length());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw abandoned(Errors.interrupted(name), pump, answer);
      } catch (IOException e) {
        throw abandoned(Errors.known(name, e), pump, answer);
      }
      return awaited(name, call, answer, complete);
    } catch (IOException e) {
      throw Errors.known(name, e);
    }
  }

  private static CloudServerException abandoned(
      CloudServerException why, BodyPump pump, CompletableFuture<?> answer) {
    pump.fail(why);
    answer.cancel(true);
    return why;
  }

  /** The whole body; false if the connection does not want the rest. */
  private boolean pumped(String name, BodyPump pump, InputStream source, long length)
      throws IOException, InterruptedException {
    long left = length;
    Duration patience = timeouts.connect().plus(timeouts.idle());
    while (left > 0) {
      ByteBuffer chunk = chunk(source, left);
      switch (pump.await(patience.toNanos())) {
        case OVER -> {
          return false;
        }
        case NONE ->
            throw Errors.of(
                Kind.UNAVAILABLE,
                Errors.TIMED_OUT,
                name + ": nothing of the body was taken for " + patience.toMillis() + " ms",
                null);
        case READY -> {
          left -= chunk.remaining();
          pump.send(chunk);
        }
      }
      patience = timeouts.idle();
    }
    pump.complete();
    return true;
  }

  /** What is there without waiting, but at least a byte. */
  private static ByteBuffer chunk(InputStream source, long left) throws IOException {
    byte[] bytes = new byte[(int) Math.min(CHUNK_BYTES, left)];
    int filled = 0;
    do {
      int read = source.read(bytes, filled, bytes.length - filled);
      if (read < 0) {
        throw new EOFException("the body ended " + (left - filled) + " bytes too early");
      }
      filled += read;
    } while (filled == 0 || (filled < bytes.length && source.available() > 0));
    return ByteBuffer.wrap(bytes, 0, filled);
  }

  private Answer awaited(
      String name,
      Call call,
      CompletableFuture<HttpResponse<Answer.Content>> answer,
      boolean complete)
      throws CloudServerException, Disconnected {
    Duration patience =
        call.patience() == Call.Patience.SHORT ? timeouts.answer() : timeouts.work();
    try {
      HttpResponse<Answer.Content> response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw Errors.interrupted(name);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Errors.of(
          Kind.UNAVAILABLE,
          Errors.TIMED_OUT,
          name + ": no answer within " + patience.toMillis() + " ms",
          e);
    } catch (CancellationException e) {
      throw Errors.of(Kind.FAILED, Errors.NETWORK, name + ": cancelled", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw disconnected(name, cause, complete);
    }
  }

  private static Disconnected disconnected(String name, Throwable cause, boolean complete) {
    boolean connected =
        !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
    String what = connected ? "the connection broke: " : "no connection: ";
    // A body that breaks off may be the fault of this one object.
    Kind kind = complete || !connected ? Kind.UNAVAILABLE : Kind.FAILED;
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new Disconnected(
        connected && complete, Errors.of(kind, Errors.NETWORK, name + ": " + what + why, cause));
  }
}
