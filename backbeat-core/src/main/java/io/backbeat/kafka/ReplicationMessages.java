package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Jobs of replication as messages of {@code backbeat-replication}: one message for all the
 * locations that a version is to be brought to. Pure.
 *
 * <p>The original runs what {@code replicationInfo.storageClass} lists. So a message for fewer
 * locations than the metadata names, such as a retry, carries metadata whose {@code
 * replicationInfo} has only those; everybody else leaves it alone.
 */
public final class ReplicationMessages {
  private ReplicationMessages() {}

  /** What a message says by itself. */
  private record Told(
      List<LocationName> sites, String versionId, Optional<Instant> createdAt, long bytes) {
    static final Told NOTHING = new Told(List.of(), "", Optional.empty(), 0);
  }

  /**
   * The message of one piece of work.
   *
   * @param job of one of the locations
   * @param sites all the locations, without repetition, at least one
   */
  static Message write(Job job, List<LocationName> sites) {
    ObjectVersion object = job.object();
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            object.bucket(),
            EntryCodec.storedKey(object),
            metadataFor(job.payload(), sites),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    return new Message(
        entry.messageKey(),
        EntryCodec.writeLogEntry(entry, job.createdAt()),
        headers(job, sites, told(entry).orElse(Told.NOTHING)));
  }

  private static JobHeaders headers(Job job, List<LocationName> sites, Told told) {
    String versionId = job.object().versionId();
    boolean sameSites = Set.copyOf(told.sites()).equals(Set.copyOf(sites));
    return new JobHeaders(
        Optional.of(job.revision()),
        unless(told.versionId().equals(versionId), versionId),
        job.attempt() == 0 ? OptionalInt.empty() : OptionalInt.of(job.attempt()),
        unless(told.createdAt().equals(Optional.of(job.createdAt())), job.createdAt()),
        told.bytes() == job.bytes() ? OptionalLong.empty() : OptionalLong.of(job.bytes()),
        unless(sameSites, sites));
  }

  private static <T> Optional<T> unless(boolean told, T value) {
    return told ? Optional.empty() : Optional.of(value);
  }

  /**
   * The jobs of an entry: one for each location of {@code storageClass} that is PENDING in it, or
   * for each location of the headers.
   *
   * @param written when the message was written, for metadata that does not say when it was
   * @throws IllegalArgumentException if the metadata cannot be read; says why. A retry does not
   *     help
   */
  public static List<Job> jobs(Entry.ObjectEntry entry, JobHeaders headers, Instant written) {
    ObjectMetadata metadata;
    try {
      metadata = ObjectMetadata.parse(entry.metadata());
    } catch (IllegalArgumentException noMetadata) {
      if (headers.sites().isPresent() && headers.revision().isPresent()) {
        return jobs(entry, headers, Told.NOTHING, headers.revision().get(), written);
      }
      throw noMetadata;
    }
    Told told = told(entry, metadata);
    return headers.sites().orElse(told.sites()).isEmpty()
        ? List.of()
        : jobs(entry, headers, told, headers.revision().orElseGet(metadata::revision), written);
  }

  private static List<Job> jobs(
      Entry.ObjectEntry entry, JobHeaders headers, Told told, String revision, Instant written) {
    ObjectVersion object =
        new ObjectVersion(
            entry.bucket(), entry.objectKey(), headers.versionId().orElse(told.versionId()));
    Instant createdAt = headers.createdAt().or(told::createdAt).orElse(written);
    long bytes = headers.bytes().orElse(told.bytes());
    List<Job> jobs = new ArrayList<>();
    for (LocationName site : headers.sites().orElse(told.sites())) {
      JobKey key = new JobKey(JobType.REPLICATION, object, site);
      int attempt = headers.attempt().orElse(0);
      jobs.add(new Job(key, revision, bytes, attempt, createdAt, entry.metadata()));
    }
    return jobs;
  }

  /**
   * Metadata whose PENDING locations are exactly these; as it is if it names no location at all.
   */
  private static String metadataFor(String payload, List<LocationName> sites) {
    ReplicationInfo info;
    try {
      info = ObjectMetadata.parse(payload).replicationInfo();
    } catch (IllegalArgumentException noMetadata) {
      return payload;
    }
    boolean same =
        info.status().equals(Optional.of(OverallStatus.PENDING))
            && Set.copyOf(pending(info)).equals(Set.copyOf(sites));
    boolean namesNone = info.backends().isEmpty() && info.storageClass().isEmpty();
    return same || namesNone
        ? payload
        : ObjectMetadata.withReplicationInfo(payload, reduced(info, sites));
  }

  private static ReplicationInfo reduced(ReplicationInfo info, List<LocationName> sites) {
    if (sites.size() == 1) {
      return info.toRetry(sites.get(0));
    }
    List<SiteReplication> backends =
        info.backends().stream()
            .filter(backend -> sites.contains(backend.location()))
            .map(
                backend ->
                    new SiteReplication(
                        backend.location(), SiteStatus.PENDING, backend.dataStoreVersionId()))
            .toList();
    return new ReplicationInfo(
        Optional.of(OverallStatus.PENDING),
        backends,
        info.content(),
        info.destination(),
        sites.stream().map(LocationName::value).collect(Collectors.joining(",")),
        info.role(),
        info.storageType(),
        info.dataStoreVersionId(),
        info.nfs());
  }

  private static Optional<Told> told(Entry.ObjectEntry entry) {
    try {
      return Optional.of(told(entry, ObjectMetadata.parse(entry.metadata())));
    } catch (IllegalArgumentException noMetadata) {
      return Optional.empty();
    }
  }

  private static Told told(Entry.ObjectEntry entry, ObjectMetadata metadata) {
    ReplicationInfo info = metadata.replicationInfo();
    return new Told(
        pending(info),
        entry.object(metadata).versionId(),
        metadata.writtenAt(),
        info.includesData() ? metadata.contentLength() : 0);
  }

  private static List<LocationName> pending(ReplicationInfo info) {
    Set<LocationName> pending = new HashSet<>();
    for (SiteReplication backend : info.backends()) {
      if (backend.status() == SiteStatus.PENDING) {
        pending.add(backend.location());
      }
    }
    return pending.isEmpty()
        ? List.of()
        : info.sites().stream().filter(pending::contains).distinct().toList();
  }
}
