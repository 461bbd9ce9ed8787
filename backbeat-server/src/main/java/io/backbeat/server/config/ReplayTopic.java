package io.backbeat.server.config;

import java.util.Objects;

/**
 * A topic of jobs to be tried again.
 *
 * @param name without the prefix
 * @param retries how often a job passes through it
 */
public record ReplayTopic(String name, int retries) {
  /** Checks that the name is there and the number not negative. */
  public ReplayTopic {
    Objects.requireNonNull(name, "name");
    if (retries < 0) {
      throw new IllegalArgumentException("retries must be >= 0, was " + retries);
    }
  }
}
