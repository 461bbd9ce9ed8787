package io.backbeat.cloudserver.replicas;

import java.time.Duration;

/**
 * How objects are copied from one CloudServer to another.
 *
 * @param partsAtOnce how many parts of one object are on their way at a time, at least 1
 * @param configurationAge how old a bucket's replication configuration may be before it is read
 *     again; one that would refuse an object is read again at once
 * @param accountAge how old what is known about an account may be
 */
public record CopySettings(int partsAtOnce, Duration configurationAge, Duration accountAge) {
  /** 10 parts; a minute for configurations, five for accounts. */
  public static final CopySettings DEFAULT =
      new CopySettings(10, Duration.ofMinutes(1), Duration.ofMinutes(5));

  /** Checks the numbers. */
  public CopySettings {
    if (partsAtOnce < 1) {
      throw new IllegalArgumentException("partsAtOnce must be >= 1, was " + partsAtOnce);
    }
    if (configurationAge.isNegative() || accountAge.isNegative()) {
      throw new IllegalArgumentException(
          "ages must not be negative, were " + configurationAge + " and " + accountAge);
    }
  }
}
