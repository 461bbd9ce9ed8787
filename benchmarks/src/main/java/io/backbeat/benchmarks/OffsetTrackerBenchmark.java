package io.backbeat.benchmarks;

import io.backbeat.queue.OffsetTracker;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Completing out of order, and beginning another one, with many in flight: the time per job must
 * hardly grow with their number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class OffsetTrackerBenchmark {
  private static final int STRIDE = 7_919;

  /** Jobs in flight. */
  @Param({"100", "10000", "100000"})
  public int inFlight;

  private OffsetTracker tracker = new OffsetTracker();
  private long[] offsets = {};
  private int turn;
  private long next;

  /** Fills the tracker. */
  @Setup
  public void fill() {
    tracker = new OffsetTracker();
    offsets = new long[inFlight];
    for (int i = 0; i < inFlight; i++) {
      tracker.begin(i);
      offsets[i] = i;
    }
    next = inFlight;
  }

  /** Completes some job in flight and begins the next one. */
  @Benchmark
  public OptionalLong complete() {
    turn = (turn + STRIDE) % inFlight;
    OptionalLong committable = tracker.complete(offsets[turn]);
    tracker.begin(next);
    offsets[turn] = next++;
    return committable;
  }
}
