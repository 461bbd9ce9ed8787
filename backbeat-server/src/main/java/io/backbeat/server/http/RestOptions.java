package io.backbeat.server.http;

import java.time.Clock;
import java.util.Objects;

/**
 * How the REST API answers, wherever it is mounted.
 *
 * @param clock from which scheduled resumes count
 * @param bodyLimitBytes the largest request body, at least 1; a larger one is answered with 413
 * @param errorForm what the body of an error holds
 */
public record RestOptions(Clock clock, long bodyLimitBytes, ErrorForm errorForm) {
  /** The default limit of a request body: 1 MiB. */
  public static final long DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024;

  /** The system clock, bodies up to 1 MiB, errors with code, description and name. */
  public static final RestOptions DEFAULT =
      new RestOptions(Clock.systemUTC(), DEFAULT_BODY_LIMIT_BYTES, ErrorForm.THREE_KEY);

  /** Checks the range above. */
  public RestOptions {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(errorForm, "errorForm");
    if (bodyLimitBytes < 1) {
      throw new IllegalArgumentException("bodyLimitBytes must be >= 1, was " + bodyLimitBytes);
    }
  }

  /** The same with times from another clock. */
  public RestOptions withClock(Clock newClock) {
    return new RestOptions(newClock, bodyLimitBytes, errorForm);
  }

  /** The same with another body limit. */
  public RestOptions withBodyLimitBytes(long newBodyLimitBytes) {
    return new RestOptions(clock, newBodyLimitBytes, errorForm);
  }

  /** The same with errors in another form. */
  public RestOptions withErrorForm(ErrorForm newErrorForm) {
    return new RestOptions(clock, bodyLimitBytes, newErrorForm);
  }
}
