package io.backbeat.job;

import java.time.Instant;

/**
 * What happened to a job, told after it became durable. The only thing that metrics and listeners
 * hear.
 */
public sealed interface JobEvent {
  /** The job it happened to. */
  Job job();

  /** When. */
  Instant at();

  /** The job is in its queue for the first time. */
  record Queued(Job job, Instant at) implements JobEvent {}

  /** An operator asked for another attempt; the job is in its queue again. */
  record Requeued(Job job, Instant at) implements JobEvent {}

  /** The handler begins to move data. */
  record TransferStarted(Job job, Instant at) implements JobEvent {}

  /** A part of the data, or all of it, has reached the destination. */
  record BytesTransferred(Job job, long bytes, Instant at) implements JobEvent {}

  /** An attempt failed; another one is due at {@code nextAttempt}. */
  record AttemptFailed(Job job, String errorClass, String message, Instant nextAttempt, Instant at)
      implements JobEvent {}

  /** The job is done. */
  record Completed(Job job, Instant at) implements JobEvent {}

  /** The job failed for good, and is listed. */
  record Failed(Job job, String errorClass, String message, Instant at) implements JobEvent {}

  /**
   * The job was dropped because a newer change of the version replaces it, or the version is gone,
   * or it had been done already.
   */
  record Dropped(Job job, String reason, Instant at) implements JobEvent {}

  /**
   * Hears events; called after they became durable, from the engine's threads; must be quick, and
   * thread-safe.
   */
  @FunctionalInterface
  interface Listener {
    /** Something happened. An exception is logged and otherwise ignored. */
    void on(JobEvent event);
  }
}
