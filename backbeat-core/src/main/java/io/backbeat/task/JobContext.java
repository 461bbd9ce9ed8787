package io.backbeat.task;

import java.time.Clock;

/** What the engine offers to a handler during one attempt. Thread-safe. */
public interface JobContext {
  /** The engine's clock. */
  Clock clock();

  /**
   * Whether the attempt should end soon because the engine is closing; the job will be delivered
   * again.
   */
  boolean cancelled();

  /** Tells that data is about to be moved. Call at most once an attempt. */
  void transferStarted();

  /** Tells that so many more bytes have reached the destination. */
  void bytesTransferred(long bytes);
}
