package io.backbeat.api;

import java.util.Collection;

/** What one object version reports as a whole, always derived from its {@link SiteStatus}es. */
public enum OverallStatus {
  /** No location has finished. */
  PENDING,
  /** Some location has finished and another has not. */
  PROCESSING,
  /** Every location has this version. */
  COMPLETED,
  /** At least one location failed. */
  FAILED,
  /** This version is itself a copy. */
  REPLICA;

  /**
   * Derives the overall status: any FAILED gives FAILED; else all PENDING gives PENDING; else any
   * PENDING gives PROCESSING; else any REPLICA gives REPLICA; else COMPLETED (also for no location
   * at all).
   */
  public static OverallStatus of(Collection<SiteStatus> sites) {
    if (sites.contains(SiteStatus.FAILED)) {
      return FAILED;
    }
    if (sites.contains(SiteStatus.PENDING)) {
      return sites.stream().allMatch(SiteStatus.PENDING::equals) ? PENDING : PROCESSING;
    }
    return sites.contains(SiteStatus.REPLICA) ? REPLICA : COMPLETED;
  }
}
