package io.backbeat.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which failures are meant, beyond their names. */
final class FailureOptions {
  @Option(
      names = "--error",
      paramLabel = "ERROR",
      description = "only what failed with this error, as \"backbeat failed\" lists it")
  private @Nullable String error;

  @Option(
      names = "--failed-from",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "only what failed last then or later")
  @Nullable Instant from;

  @Option(
      names = "--failed-before",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "only what failed last before")
  @Nullable Instant before;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "only what failed last longer ago than that, such as 90s, 1h30m, 2d")
  @Nullable Duration olderThan;

  /** Whether one of them was given. */
  boolean given() {
    return error != null || from != null || before != null || olderThan != null;
  }

  Optional<String> errorClass() {
    return Optional.ofNullable(error).filter(name -> !name.isEmpty());
  }
}
