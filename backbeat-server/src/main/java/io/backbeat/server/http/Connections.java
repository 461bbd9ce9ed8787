package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a listener. Watches their time with one thread of its own, so that a slow
 * client costs a table entry and no thread. Thread-safe.
 */
final class Connections implements AutoCloseable {
  private static final long USUAL_BUFFERED_BYTES = 64L * 1024 * 1024;

  private static final long SHORTEST_TICK_MILLIS = 5;
  private static final long LONGEST_TICK_MILLIS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Map<Connection<?>, Exchange> open = new ConcurrentHashMap<>();
  private final AtomicLong buffered = new AtomicLong();
  private final HttpLimits limits;
  private final RawErrors errors;
  private final long mostBufferedBytes;
  private volatile boolean draining;
  private final Lingering lingering = new Lingering();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Connections::thread);

  Connections(HttpLimits limits, RawErrors errors, long bodyLimitBytes) {
    this.limits = limits;
    this.errors = errors;
    this.mostBufferedBytes = mostBufferedBytes(bodyLimitBytes);
  }

  /** How much unfinished bodies may take up together: enough for two of the largest. */
  static long mostBufferedBytes(long bodyLimitBytes) {
    return bodyLimitBytes > USUAL_BUFFERED_BYTES / 2 ? 2 * bodyLimitBytes : USUAL_BUFFERED_BYTES;
  }

  /** Begins to watch. */
  void start() {
    long shortest =
        Math.min(
            limits.idleTimeout().toMillis(),
            Math.min(limits.headerTimeout().toMillis(), limits.bodyTimeout().toMillis()));
    long tick = Math.max(SHORTEST_TICK_MILLIS, Math.min(LONGEST_TICK_MILLIS, shortest / 4));
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(this::sweep, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** Takes a new connection in; one too many is told so. */
  void accept(Connection<?> connection) {
    Exchange exchange = new Exchange(limits, buffered, System.nanoTime());
    open.put(connection, exchange);
    if (open.size() > limits.maxConnections()) {
      LOG.debug("more than {} connections", limits.maxConnections());
      refuse(connection, ErrorCode.NOT_RUNNING, "The server has too many connections.");
    }
  }

  /** The state of a connection. */
  Exchange of(Connection<?> connection) {
    return open.computeIfAbsent(connection, c -> new Exchange(limits, buffered, System.nanoTime()));
  }

  void closed(Connection<?> connection) {
    Exchange exchange = open.remove(connection);
    if (exchange != null) {
      exchange.closed();
      synchronized (open) {
        open.notifyAll();
      }
    }
  }

  /** Whether unfinished bodies take up all they may. */
  boolean full() {
    return buffered.get() > mostBufferedBytes;
  }

  /** Answers with an error in place of whatever was to come, and ends the connection. */
  void refuse(Connection<?> connection, ErrorCode code, String description) {
    Exchange exchange = of(connection);
    if (exchange.linger(System.nanoTime())) {
      errors.write(connection, code, description);
      exchange.lastAnswerWritten();
    }
  }

  /** Ends a connection that has its answer. */
  void linger(Connection<?> connection) {
    Exchange exchange = of(connection);
    exchange.linger(System.nanoTime());
    exchange.lastAnswerWritten();
    Lingering.finishOutput(connection);
  }

  /** From now on every answer is the last one of its connection. */
  void drain() {
    draining = true;
  }

  /** Whether there are to be no more requests. */
  boolean draining() {
    return draining;
  }

  /** Waits until all connections are closed, at most that long. */
  void awaitClosed(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (open) {
      for (long nanos = atMost.toNanos();
          !open.isEmpty() && nanos > 0;
          nanos = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(open, nanos);
      }
    }
  }

  /** How many there are. */
  int size() {
    return open.size();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void sweep() {
    open.forEach(
        (connection, exchange) -> {
          try {
            sweep(connection, exchange);
          } catch (RuntimeException e) {
            LOG.warn("a connection could not be looked after and is closed", e);
            connection.terminateSilently();
          }
        });
  }

  private void sweep(Connection<?> connection, Exchange exchange) {
    if (!connection.isOpen()) {
      closed(connection);
      return;
    }
    switch (exchange.at(System.nanoTime())) {
      case CLOSE -> connection.closeSilently();
      case TIME_OUT -> {
        errors.write(connection, ErrorCode.REQUEST_TIMEOUT, "The request did not arrive in time.");
        exchange.lastAnswerWritten();
      }
      case STAY -> {
        if (exchange.lingering() && lingering.step(connection, exchange)) {
          connection.closeSilently();
        }
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "backbeat-http-watch");
    thread.setDaemon(true);
    return thread;
  }
}
