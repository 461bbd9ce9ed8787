package io.backbeat.explanation;

import io.backbeat.api.LocationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.Transition;
import io.backbeat.status.LedgerEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a version at one location, from wherever.
 *
 * @param site the stored status
 * @param job the entry of the ledger
 * @param location the state of the location; empty if it is not configured
 * @param destination whether the destination works, if this process runs its jobs
 * @param ahead how many records are at most dealt with before the job
 * @param history what happened to the version there, newest first
 * @param locationHistory what happened to the location, newest first
 */
record LocationFacts(
    SiteReplication site,
    Optional<LedgerEntry> job,
    Optional<LocationStatus> location,
    Optional<DestinationState> destination,
    OptionalLong ahead,
    List<Transition> history,
    List<Transition> locationHistory) {
  LocationFacts {
    history = List.copyOf(history);
    locationHistory = List.copyOf(locationHistory);
  }
}
