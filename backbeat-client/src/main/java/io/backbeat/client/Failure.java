package io.backbeat.client;

import io.backbeat.api.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * An attempt that failed.
 *
 * @param code what the caller is told if it was the last one
 * @param description what happened
 * @param mayPass whether another attempt may succeed
 * @param didNothing whether the server certainly did not begin with what was asked
 * @param retryAfter the pause the server asks for
 * @param cause what was thrown, if anything was
 */
record Failure(
    ErrorCode code,
    String description,
    boolean mayPass,
    boolean didNothing,
    Optional<Duration> retryAfter,
    Optional<Throwable> cause) {}
