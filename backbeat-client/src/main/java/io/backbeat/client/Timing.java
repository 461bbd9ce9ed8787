package io.backbeat.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, so that tests can have their own. Thread-safe. */
interface Timing {
  /** The system's. */
  Timing SYSTEM =
      new Timing() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public CompletableFuture<Void> pause(Duration time) {
          return new CompletableFuture<Void>()
              .completeOnTimeout(null, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
        }

        @Override
        public CompletableFuture<Void> deadline(Duration time) {
          return pause(time);
        }
      };

  /** What time it is. */
  Instant now();

  /** A clock that never jumps. */
  long nanos();

  /** 0 to 1. */
  double random();

  /** Completes after a pause between attempts. Cancelling it frees what waits. */
  CompletableFuture<Void> pause(Duration time);

  /** Completes when an attempt took too long. Cancelling it frees what waits. */
  CompletableFuture<Void> deadline(Duration time);
}
