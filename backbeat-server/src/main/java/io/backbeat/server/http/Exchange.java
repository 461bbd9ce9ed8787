package io.backbeat.server.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where one connection stands: waiting for a request, receiving one, serving it, or on its way out.
 * Times are those of {@link System#nanoTime}. Thread-safe.
 */
final class Exchange {
  /** What is to be done with a connection whose time is over. */
  enum Verdict {
    /** Nothing; there is still time. */
    STAY,
    /** Close it; its client waits for nothing. */
    CLOSE,
    /** Tell the client that it was too slow; the exchange is lingering from now on. */
    TIME_OUT
  }

  private enum Phase {
    IDLE,
    HEADER,
    BODY,
    SERVING,
    LINGERING,
    CLOSED
  }

  private final HttpLimits limits;
  private final AtomicLong buffered;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private Phase phase = Phase.IDLE;
  private long since;
  private long discarded;
  private boolean lastAnswerWritten;

  /**
   * A connection just accepted.
   *
   * @param buffered counts the bytes of unfinished bodies of all connections
   */
  Exchange(HttpLimits limits, AtomicLong buffered, long now) {
    this.limits = limits;
    this.buffered = buffered;
    this.since = now;
  }

  /** Whether nothing of a request has come yet. */
  synchronized boolean idle() {
    return phase == Phase.IDLE;
  }

  /** Bytes have arrived; false when they are to be thrown away. */
  synchronized boolean received(long now) {
    if (phase == Phase.IDLE) {
      enter(Phase.HEADER, now);
    }
    return !over();
  }

  /** The headers are complete. */
  synchronized void headerReceived(long now) {
    if (!over()) {
      enter(Phase.BODY, now);
    }
  }

  /**
   * A part of the body has arrived; how much of it there is now. Nothing of an exchange that is
   * over is kept, because nobody would ever give it back.
   */
  synchronized int append(byte[] part) {
    if (over()) {
      return 0;
    }
    body.writeBytes(part);
    buffered.addAndGet(part.length);
    return body.size();
  }

  /** The request is complete; false when it was given up before. */
  synchronized boolean serve(long now) {
    if (over()) {
      return false;
    }
    enter(Phase.SERVING, now);
    return true;
  }

  /** The parts of the body, which are forgotten. */
  synchronized byte[] takeBody() {
    byte[] all = body.toByteArray();
    dropBody();
    return all;
  }

  /** The request is answered; the next one may come. */
  synchronized void answered(long now) {
    if (!over()) {
      enter(Phase.IDLE, now);
    }
  }

  /** Nothing more is read but to be thrown away; false when it was so before. */
  synchronized boolean linger(long now) {
    boolean first = !over();
    if (first) {
      dropBody();
      enter(Phase.LINGERING, now);
    }
    return first;
  }

  /** Bytes were thrown away; how many so far. */
  synchronized long discarded(int bytes) {
    discarded += bytes;
    return discarded;
  }

  /** The last answer is on its way; only now may our side be closed. */
  synchronized void lastAnswerWritten() {
    lastAnswerWritten = true;
  }

  /** Whether there is nothing left to do but to wait for the client to go. */
  synchronized boolean lingering() {
    return phase == Phase.LINGERING && lastAnswerWritten;
  }

  /** What the time says. */
  synchronized Verdict at(long now) {
    long nanos = now - since;
    return switch (phase) {
      case IDLE -> nanos > limits.idleTimeout().toNanos() ? Verdict.CLOSE : Verdict.STAY;
      case HEADER -> nanos > limits.headerTimeout().toNanos() ? tooSlow(now) : Verdict.STAY;
      case BODY -> nanos > limits.bodyTimeout().toNanos() ? tooSlow(now) : Verdict.STAY;
      case SERVING, CLOSED -> Verdict.STAY;
      case LINGERING -> nanos > Lingering.LONGEST.toNanos() ? Verdict.CLOSE : Verdict.STAY;
    };
  }

  /** The connection is closed. */
  synchronized void closed() {
    dropBody();
    phase = Phase.CLOSED;
  }

  private boolean over() {
    return phase == Phase.LINGERING || phase == Phase.CLOSED;
  }

  private Verdict tooSlow(long now) {
    linger(now);
    return Verdict.TIME_OUT;
  }

  private void dropBody() {
    buffered.addAndGet(-body.size());
    body.reset();
  }

  private void enter(Phase next, long now) {
    phase = next;
    since = now;
  }
}
