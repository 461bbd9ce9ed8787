package io.backbeat.server.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.VersionId;
import io.backbeat.log.MetadataChange;
import io.backbeat.metrics.CounterKey;
import io.backbeat.populator.JournalJobs;
import io.backbeat.status.LedgerEntry;
import io.backbeat.store.Stores;
import io.backbeat.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what a record found into a store, through nothing but its ports. */
final class World {
  private final Stores stores;
  private final MutableClock clock;
  private final ObjectNode mockMetadata;

  World(Stores stores, MutableClock clock, ObjectNode mockMetadata) {
    this.stores = stores;
    this.clock = clock;
    this.mockMetadata = mockMetadata;
  }

  /** Adds to a counter at some time. */
  void count(CounterKey key, long delta, Instant at) {
    stores.counters().add(Map.of(key, delta), at);
  }

  /** Sets the desired state of a location. */
  void state(
      ServiceName service, LocationName location, TargetState target, Optional<Instant> resumeAt) {
    long revision =
        stores.locationStates().find(service, location).map(s -> s.revision()).orElse(0L);
    Optional<LocationStatus> written =
        stores.locationStates().compareAndSet(service, location, revision, target, resumeAt);
    if (written.isEmpty()) {
      throw new AssertionError("nobody else writes the state of " + location);
    }
  }

  /** Objects of which there is nothing but a failure: enough for all numbers. */
  void failedOnly(List<FailedMember> members) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (FailedMember member : members) {
      ObjectVersion object = member.object().orElseGet(member::anyObject);
      JobKey key = new JobKey(JobType.REPLICATION, object, LocationName.of(member.site()));
      entries.add(failed(new Job(key, "revision", 1, 0, member.hour(), "{}"), member.failedAt()));
    }
    stores.failedJobs().record(entries);
  }

  /**
   * Objects that exist, and failed one after the other, as their scores say.
   *
   * @param locked keys of objects whose job somebody else is queueing
   * @param allGone whether CloudServer knows none of them any more
   */
  void failed(List<FailedMember> members, Set<ObjectVersion> locked, boolean allGone) {
    Map<ObjectVersion, List<String>> sites =
        FailedMember.sites(members.stream().map(m -> m.with(FailedMember::knownVersion)).toList());
    existing(sites);
    JournalJobs jobs = new JournalJobs(stores.journal(), clock);
    for (FailedMember member : members) {
      ObjectVersion object = member.knownObject().orElseThrow();
      Job job = jobs.jobFor(object, LocationName.of(member.site())).orElseThrow();
      clock.set(member.failedAt());
      stores
          .failedJobs()
          .record(
              List.of(
                  locked.contains(object)
                      ? LedgerEntry.queued(job)
                      : failed(job, member.failedAt())));
    }
    gone(sites.keySet(), allGone);
  }

  /** Deletes objects: all of them, or those that CloudServer did not know by their name. */
  void gone(Set<ObjectVersion> objects, boolean allGone) {
    List<MetadataChange> gone = new ArrayList<>();
    objects.stream()
        .filter(object -> allGone || FailedMember.isGone(object))
        .forEach(object -> gone.add(new MetadataChange.Delete(object)));
    stores.journal().append(gone);
  }

  /** Objects that could not be brought to these sites, where they do not exist already. */
  void known(Map<ObjectVersion, List<String>> sites) {
    Map<ObjectVersion, List<String>> unknown = new HashMap<>(sites);
    unknown.keySet().removeIf(object -> stores.journal().find(object).isPresent());
    existing(unknown);
  }

  private void existing(Map<ObjectVersion, List<String>> sites) {
    List<MetadataChange> puts = new ArrayList<>();
    sites.forEach(
        (object, at) -> puts.add(new MetadataChange.Put(object, metadata(object, at).toString())));
    stores.journal().append(puts);
  }

  /** A job in its queue. */
  void queued(ObjectVersion object, LocationName site) {
    new JournalJobs(stores.journal(), clock)
        .jobFor(object, site)
        .ifPresent(job -> stores.failedJobs().record(List.of(LedgerEntry.queued(job))));
  }

  private ObjectNode metadata(ObjectVersion object, List<String> sites) {
    ObjectNode metadata = mockMetadata.deepCopy();
    metadata.put("key", object.key());
    if (!object.versionId().equals(FailedMember.VERSION_ID)) {
      metadata.put("versionId", VersionId.decode(object.versionId()));
    }
    ArrayNode backends = ((ObjectNode) metadata.path("replicationInfo")).putArray("backends");
    for (String site : Set.copyOf(sites)) {
      backends.addObject().put("site", site).put("status", "FAILED").put("dataStoreVersionId", "");
    }
    return metadata;
  }

  private static LedgerEntry failed(Job job, Instant at) {
    return LedgerEntry.failed(
        job, new LedgerEntry.Failure(at, at, "Recorded", "failed in the recording"));
  }
}
