package io.backbeat.cloudserver.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries a body from the thread that wants it sent to the connection, a chunk whenever the
 * connection asks for one. That thread reads the source itself, so that interrupting it ends both.
 */
final class BodyPump implements BodyPublisher {
  /** What the connection says. */
  enum Demand {
    /** It takes a chunk. */
    READY,
    /** It takes no more, or its answer is there already. */
    OVER,
    /** It said nothing in time. */
    NONE
  }

  private final long length;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private long demand;
  private boolean over;

  BodyPump(long length) {
    this.length = length;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> taker) {
    boolean second = !take(taker);
    taker.onSubscribe(second ? new Ended() : new Asking());
    if (second) {
      taker.onError(new IOException("the body has been sent once; it is opened again by us"));
    }
  }

  private boolean take(Flow.Subscriber<? super ByteBuffer> taker) {
    lock.lock();
    try {
      if (subscriber != null) {
        return false;
      }
      subscriber = taker;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the connection asks, or has ended. */
  Demand await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (demand == 0 && !over) {
        if (left <= 0) {
          return Demand.NONE;
        }
        left = changed.awaitNanos(left);
      }
      if (over) {
        return Demand.OVER;
      }
      demand--;
      return Demand.READY;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a chunk that was asked for; it is not touched any more afterwards. */
  void send(ByteBuffer chunk) {
    Flow.Subscriber<? super ByteBuffer> taker = subscriber();
    if (taker != null) {
      taker.onNext(chunk);
    }
  }

  void complete() {
    Flow.Subscriber<? super ByteBuffer> taker = subscriber();
    if (taker != null) {
      taker.onComplete();
    }
  }

  void fail(Throwable error) {
    Flow.Subscriber<? super ByteBuffer> taker = subscriber();
    if (taker != null) {
      taker.onError(error);
    }
  }

  /** The exchange is over, whatever its end. */
  void end() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber() {
    lock.lock();
    try {
      return subscriber;
    } finally {
      lock.unlock();
    }
  }

  private final class Asking implements Flow.Subscription {
    @Override
    public void request(long n) {
      lock.lock();
      try {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel() {
      end();
    }
  }

  private static final class Ended implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
