package io.backbeat.bulk;

import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.LocationName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataJournal.JournaledObject;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.TrackedStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides what a resync does about a version. Pure.
 *
 * <p>The ledger is to be read before the status that decides: a job that ends writes the status
 * first and leaves the ledger after, so that a version without an entry that is PENDING later, too,
 * has no job.
 *
 * @param request what was asked for
 * @param destinations the configured locations
 * @param coldSources locations whose data cannot be read at once; what is there gets no job
 * @param transientSources locations whose data is deleted once every destination has it
 * @param lostBefore a queued job of an older version is taken for lost if its queue is empty
 */
record ResyncRules(
    Resync request,
    Set<LocationName> destinations,
    Set<LocationName> coldSources,
    Set<LocationName> transientSources,
    Instant lostBefore) {
  ResyncRules {
    destinations = Set.copyOf(destinations);
    coldSources = Set.copyOf(coldSources);
    transientSources = Set.copyOf(transientSources);
  }

  /** What is to be done about a version at a location. */
  enum Need {
    /** It has a job, or is none of ours. */
    NOTHING,
    /** Its failure is recorded and is to be retried. */
    RETRY,
    /** Its failure is recorded, and its status, whose write was lost, is to tell so. */
    CORRECTION,
    /** It has no job and needs one. */
    JOB
  }

  /** Whether a version counts, by what was listed of it. */
  boolean includes(JournaledObject listed, ObjectMetadata metadata) {
    // Who has no time of its own is taken for old, so that nothing is PENDING for ever.
    Instant modified = metadata.lastModified().orElse(Instant.EPOCH);
    return !metadata.replicationInfo().backends().isEmpty()
        && request.selection().includes(listed.object().bucket(), listed.object().key())
        && request.modified().contains(modified)
        && !isIn(coldSources, metadata);
  }

  private static boolean isIn(Set<LocationName> sources, ObjectMetadata metadata) {
    return sources.stream().anyMatch(source -> source.value().equals(metadata.dataStoreName()));
  }

  /**
   * The locations at which a version has one of the wanted statuses. What is COMPLETED and came
   * from a transient source is not wanted: its data may be deleted, and a copy would only turn a
   * version that is where it is to be into a failed one.
   */
  List<SiteReplication> wanted(
      JournaledObject listed, ObjectMetadata metadata, TrackedStatus status) {
    if (!status.revision().equals(listed.revision())) {
      return List.of(); // written again meanwhile, which the log tells
    }
    boolean maybeDeleted = isIn(transientSources, metadata);
    return status.status().sites().stream()
        .filter(site -> isWanted(listed, site.location(), site.status()))
        .filter(site -> !maybeDeleted || site.status() != SiteStatus.COMPLETED)
        .toList();
  }

  private boolean isWanted(JournaledObject listed, LocationName location, SiteStatus status) {
    return destinations.contains(location)
        && request.statuses().contains(status)
        && request.selection().includes(listed.object(), location);
  }

  /**
   * What a version at a wanted location needs. One that is COMPLETED needs a job whatever the
   * ledger has: a job that has ended and not left the ledger yet, or a claim of a step that did not
   * come to move the status and is repeated.
   *
   * @param recorded what the ledger has of it there
   * @param emptyQueue whether nothing waits in the queue of the location
   */
  Need need(
      SiteReplication site,
      String revision,
      Optional<LedgerEntry> recorded,
      Predicate<LocationName> emptyQueue) {
    if (site.status() == SiteStatus.COMPLETED) {
      return Need.JOB;
    }
    Optional<LedgerEntry> current =
        recorded.filter(entry -> entry.job().revision().equals(revision));
    if (current.isEmpty()) {
      return Need.JOB;
    }
    LedgerEntry entry = current.get();
    if (entry.state() == JobState.FAILED) {
      return site.status() == SiteStatus.FAILED ? Need.RETRY : Need.CORRECTION;
    }
    boolean lost =
        entry.state() == JobState.QUEUED
            && entry.job().createdAt().isBefore(lostBefore)
            && emptyQueue.test(site.location());
    return lost ? Need.JOB : Need.NOTHING;
  }
}
