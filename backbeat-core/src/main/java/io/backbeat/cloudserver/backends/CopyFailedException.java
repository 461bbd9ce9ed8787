package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.task.TaskOutcome;

/** A copy came to nothing, on one side of it. Both sides are the same CloudServer. */
final class CopyFailedException extends Exception {
  /** Where. */
  enum Side {
    /** Reading the source. */
    SOURCE,
    /** Writing to the cloud. */
    DESTINATION
  }

  private static final long serialVersionUID = 1L;

  private final Side side;
  private final CloudServerException error;

  private CopyFailedException(Side side, CloudServerException error) {
    super(error.getMessage(), error);
    this.side = side;
    this.error = error;
  }

  /**
   * While reading.
   *
   * @throws InterruptedException if it is no failure, but the end of the attempt
   */
  static CopyFailedException ofSource(CloudServerException error) throws InterruptedException {
    return new CopyFailedException(Side.SOURCE, CloudServerFailure.notInterrupted(error));
  }

  /** While writing; otherwise as {@link #ofSource}. */
  static CopyFailedException ofDestination(CloudServerException error) throws InterruptedException {
    return new CopyFailedException(Side.DESTINATION, CloudServerFailure.notInterrupted(error));
  }

  /** A request that reads from one payload and writes: the payload knows which side it was. */
  static CopyFailedException of(CloudServerException error, SourcePayload payload)
      throws InterruptedException {
    CloudServerException read = payload.failure();
    return read == null ? ofDestination(error) : ofSource(read);
  }

  Side side() {
    return side;
  }

  CloudServerException error() {
    return error;
  }

  /** What it makes of the job. */
  TaskOutcome outcome() {
    return side == Side.SOURCE
        ? CloudServerFailure.ofSource(error)
        : CloudServerFailure.ofDestination(error);
  }

  /** Whether trying the same request again at once makes sense. */
  boolean passing() {
    // A cloud that asks to be left alone is left alone; its parts so far are remembered.
    return error.retryable()
        && (side == Side.SOURCE || error.kind() != CloudServerException.Kind.UNAVAILABLE);
  }
}
