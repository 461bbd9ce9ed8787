package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream. Holds a few buffers of the connection at most; unlike the
 * stream of the JDK it waits for the next byte only so long. One thread reads; any may close.
 */
final class ByteStream extends InputStream implements BodySubscriber<Answer.Content> {
  /** Asked for before they are wanted, so that the connection and the reader work side by side. */
  private static final int AHEAD = 3;

  private sealed interface Item {}

  private record Buffers(List<ByteBuffer> buffers) implements Item {}

  private record End(@Nullable Throwable error) implements Item {}

  private final String request;
  private final Duration idle;
  private final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();
  private final CompletableFuture<Answer.Content> body = new CompletableFuture<>();
  private volatile boolean closed;
  private List<ByteBuffer> current = List.of();
  private int next;
  private @Nullable End end;

  ByteStream(String request, Duration idle) {
    this.request = request;
    this.idle = idle;
  }

  @Override
  public CompletionStage<Answer.Content> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.set(subscription);
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(AHEAD);
    }
    body.complete(new Answer.Running(this));
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(new Buffers(buffers));
  }

  @Override
  public void onError(Throwable error) {
    arrived.add(new End(error));
  }

  @Override
  public void onComplete() {
    arrived.add(new End(null));
  }

  @Override
  public int read() throws IOException {
    ByteBuffer buffer = buffer();
    return buffer == null ? -1 : buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = buffer();
    if (buffer == null) {
      return -1;
    }
    int taken = Math.min(length, buffer.remaining());
    buffer.get(into, offset, taken);
    return taken;
  }

  /** Those that are here already. */
  @Override
  public int available() {
    int here = 0;
    for (int i = next; i < current.size(); i++) {
      here += current.get(i).remaining();
    }
    return here == 0 && arrived.peek() instanceof Buffers ? 1 : here;
  }

  /** One with at least a byte, or null at the end. */
  private @Nullable ByteBuffer buffer() throws IOException {
    while (true) {
      while (next < current.size()) {
        if (current.get(next).hasRemaining()) {
          return current.get(next);
        }
        next++;
      }
      if (end == null) {
        take();
      }
      if (end != null) {
        return ended(end);
      }
    }
  }

  private void take() throws IOException {
    if (closed) {
      throw new IOException(request + ": the stream is closed");
    }
    Item item = awaited();
    if (item instanceof Buffers more) {
      current = more.buffers();
      next = 0;
      Flow.Subscription open = source.get();
      if (open != null) {
        open.request(1);
      }
    } else if (item instanceof End last) {
      current = List.of();
      end = last;
    }
  }

  private Item awaited() throws CloudServerException {
    Item item;
    try {
      item = arrived.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw Errors.interrupted(request);
    }
    if (item == null) {
      close();
      throw Errors.of(
          Kind.UNAVAILABLE,
          Errors.TIMED_OUT,
          request + ": the body stopped for " + idle.toMillis() + " ms",
          null);
    }
    return item;
  }

  private @Nullable ByteBuffer ended(End how) throws IOException {
    if (closed) {
      throw new IOException(request + ": the stream is closed");
    }
    if (how.error() != null) {
      throw Errors.of(
          Kind.FAILED,
          Errors.NETWORK,
          request + ": the body broke off: " + how.error().getMessage(),
          how.error());
    }
    return null;
  }

  /** What has not arrived will not: the connection is given up unless the body is complete. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription open = source.get();
    if (open != null) {
      open.cancel();
    }
    arrived.add(new End(null));
  }
}
