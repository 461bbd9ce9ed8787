package io.backbeat.cloudserver.replicas;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.task.TaskOutcome;

/** Ends an attempt with its outcome, from wherever it was found. */
final class AttemptEnded extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TaskOutcome outcome;

  AttemptEnded(TaskOutcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  TaskOutcome outcome() {
    return outcome;
  }

  /** A request. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws CloudServerException, InterruptedException;
  }

  /** The answer to a request to the source; an error ends the attempt. */
  static <T> T unlessSource(Request<T> request) throws AttemptEnded, InterruptedException {
    try {
      return request.send();
    } catch (CloudServerException e) {
      throw new AttemptEnded(CloudServerFailure.ofSource(CloudServerFailure.notInterrupted(e)));
    }
  }

  /** The answer to a request to the destination; an error ends the attempt. */
  static <T> T unlessDestination(Request<T> request) throws AttemptEnded, InterruptedException {
    try {
      return request.send();
    } catch (CloudServerException e) {
      throw new AttemptEnded(
          CloudServerFailure.ofDestination(CloudServerFailure.notInterrupted(e)));
    }
  }
}
