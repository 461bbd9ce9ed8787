package io.backbeat.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why one version is, or is not, at one location.
 *
 * @param site the location and the status of the version there
 * @param job the job that is to bring it there; empty when there is none
 * @param blockers what keeps it from getting there, what has to end first comes first; empty when
 *     nothing does: it is there, or about to be
 * @param transitions what happened lately, newest first; bounded, and possibly incomplete
 */
public record LocationExplanation(
    SiteReplication site,
    Optional<UnfinishedJob> job,
    List<Blocker> blockers,
    List<Transition> transitions) {
  /** Copies the lists. */
  public LocationExplanation {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(job, "job");
    blockers = List.copyOf(blockers);
    transitions = List.copyOf(transitions);
  }

  /** The location. */
  public LocationName location() {
    return site.location();
  }

  /** Where the version stands there. */
  public SiteStatus status() {
    return site.status();
  }
}
