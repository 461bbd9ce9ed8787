package io.backbeat.log;

/**
 * A place in a metadata log. Opaque: only the log that gave it can read it.
 *
 * @param value the log's own text; empty for the beginning
 */
public record LogPosition(String value) {
  /** Before the first entry. */
  public static final LogPosition BEGINNING = new LogPosition("");

  /** Checks that the value is not null. */
  public LogPosition {
    java.util.Objects.requireNonNull(value, "value");
  }
}
