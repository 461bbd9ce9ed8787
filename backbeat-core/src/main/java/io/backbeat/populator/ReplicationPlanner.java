package io.backbeat.populator;

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
import io.backbeat.job.VersionId;
import io.backbeat.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans one replication job per destination that a client write left PENDING. Never throws: an
 * entry that cannot be understood is {@link Plan.Malformed}. Thread-safe.
 */
public final class ReplicationPlanner implements JobPlanner {
  private static final Plan NO_METADATA = new Plan.Ignore("entry without key or metadata");
  private static final Plan BUCKET_LIST = new Plan.Ignore("entry of the list of buckets");
  private static final Plan UPLOAD_IN_PROGRESS = new Plan.Ignore("multipart upload in progress");
  private static final Plan NOT_A_PUT = new Plan.Ignore("not a put");
  private static final Plan MASTER =
      new Plan.Ignore("master key of a version that has its own key");
  private static final Plan NOT_PENDING = new Plan.Ignore("replication status is not PENDING");
  private static final Plan COLD = new Plan.Ignore("data is in a cold location");
  private static final Plan NO_PENDING_LOCATION = new Plan.Ignore("no location is PENDING");
  private static final Plan UNKNOWN_LOCATION = new Plan.Ignore("no PENDING location is configured");

  private static final Set<String> BUCKET_LISTS = Set.of("users..bucket", "__usersbucket");
  private static final String UPLOADS_PREFIX = "mpuShadowBucket";

  private final Set<LocationName> locations;
  private final Set<String> coldLocations;

  /**
   * A planner.
   *
   * @param locations the configured destinations; a PENDING destination that is not among them gets
   *     no job
   * @param coldLocations locations whose data cannot be read at once; what is stored there is not
   *     replicated
   */
  public ReplicationPlanner(
      Collection<LocationName> locations, Collection<LocationName> coldLocations) {
    this.locations = Set.copyOf(locations);
    this.coldLocations =
        coldLocations.stream().map(LocationName::value).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Plan plan(LogEntry entry) {
    if (entry.key().isEmpty() || entry.value().length == 0) {
      return NO_METADATA;
    }
    if (BUCKET_LISTS.contains(entry.bucket())) {
      return BUCKET_LIST;
    }
    if (entry.bucket().startsWith(UPLOADS_PREFIX)) {
      return UPLOAD_IN_PROGRESS;
    }
    if (entry.operation() != LogEntry.Operation.PUT) {
      return NOT_A_PUT;
    }
    try {
      return plan(entry, StoredKey.parse(entry.key()), ObjectMetadata.parse(entry.value()));
    } catch (IllegalArgumentException e) {
      return new Plan.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private Plan plan(LogEntry entry, StoredKey key, ObjectMetadata metadata) {
    if (key.isMaster()
        && !metadata.isNfs()
        && !metadata.versionId().isEmpty()
        && !metadata.isNull()) {
      return MASTER;
    }
    ReplicationInfo info = metadata.replicationInfo();
    if (!info.status().equals(Optional.of(OverallStatus.PENDING))) {
      return NOT_PENDING;
    }
    if (coldLocations.contains(metadata.dataStoreName())) {
      return COLD;
    }
    return queue(
        entry,
        new ObjectVersion(entry.bucket(), key.objectKey(), versionId(key, metadata)),
        metadata);
  }

  private Plan queue(LogEntry entry, ObjectVersion object, ObjectMetadata metadata) {
    ReplicationInfo info = metadata.replicationInfo();
    List<LocationName> pending = new ArrayList<>(info.backends().size());
    for (SiteReplication backend : info.backends()) {
      if (backend.status() == SiteStatus.PENDING) {
        pending.add(backend.location());
      }
    }
    if (pending.isEmpty()) {
      return NO_PENDING_LOCATION;
    }
    pending.retainAll(locations);
    if (pending.isEmpty()) {
      return UNKNOWN_LOCATION;
    }
    String revision = metadata.revision();
    long bytes = info.includesData() ? metadata.contentLength() : 0;
    Instant createdAt = metadata.writtenAt().orElse(entry.timestamp());
    String payload = new String(entry.value(), StandardCharsets.UTF_8);
    List<Job> jobs = new ArrayList<>(pending.size());
    for (LocationName location : pending) {
      JobKey key = new JobKey(JobType.REPLICATION, object, location);
      jobs.add(new Job(key, revision, bytes, 0, createdAt, payload));
    }
    return new Plan.Queue(jobs);
  }

  /** The metadata tells the version; the key does where the metadata is silent. */
  private static String versionId(StoredKey key, ObjectMetadata metadata) {
    String told = metadata.encodedVersionId();
    return told.isEmpty() && !key.versionId().isEmpty() ? VersionId.encode(key.versionId()) : told;
  }
}
