package io.backbeat.server.config;

import java.util.Objects;

/**
 * A text that is never printed.
 *
 * @param value the text itself; not shown by {@link #toString}
 */
public record Secret(String value) {
  /** Checks that it is not null. */
  public Secret {
    Objects.requireNonNull(value, "value");
  }

  /** Three stars. */
  @Override
  public String toString() {
    return Secrets.MASK;
  }
}
