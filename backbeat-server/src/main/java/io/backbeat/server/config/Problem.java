package io.backbeat.server.config;

import java.util.Objects;

/**
 * Something wrong with a configuration.
 *
 * @param severity whether a server can start with it
 * @param path which key, as {@code backbeat.replication.locations[0].name}; empty for the file as a
 *     whole
 * @param message what is wrong, what would be right, and where it comes from; secrets are masked
 */
public record Problem(Severity severity, String path, String message) {
  /** How bad it is. */
  public enum Severity {
    /** The server can start, and ignores it. */
    WARNING,
    /** The server cannot start. */
    ERROR
  }

  /** Checks that nothing is null. */
  public Problem {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  static Problem error(String path, String message) {
    return new Problem(Severity.ERROR, path, message);
  }

  static Problem warning(String path, String message) {
    return new Problem(Severity.WARNING, path, message);
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }

  Problem asError() {
    return new Problem(Severity.ERROR, path, message);
  }

  /** The path and the message. */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
