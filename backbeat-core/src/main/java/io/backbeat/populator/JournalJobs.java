package io.backbeat.populator;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataSource;
import io.backbeat.status.JobSource;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes replication jobs from current metadata, for retries of versions that the ledger does not
 * know any more, or without their payloads. Metadata that cannot be understood gives no job.
 */
public final class JournalJobs implements JobSource {
  private static final Logger LOG = LoggerFactory.getLogger(JournalJobs.class);

  private final MetadataSource metadata;
  private final Clock clock;

  /** Reads metadata from a journal, or from the object server. */
  public JournalJobs(MetadataSource metadata, Clock clock) {
    this.metadata = metadata;
    this.clock = clock;
  }

  @Override
  public Optional<Job> jobFor(ObjectVersion object, LocationName location) {
    Optional<String> found = metadata.find(object);
    try {
      return found.flatMap(json -> job(object, location, json));
    } catch (IllegalArgumentException e) { // must not hold up the jobs of others
      LOG.warn("{}: no job for {} can be made: {}", object, location, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Job> job(ObjectVersion object, LocationName location, String json) {
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    boolean destined =
        metadata.replicationInfo().backends().stream().anyMatch(b -> b.location().equals(location));
    if (!destined) {
      return Optional.empty();
    }
    long bytes = metadata.replicationInfo().includesData() ? metadata.contentLength() : 0;
    JobKey key = new JobKey(JobType.REPLICATION, object, location);
    return Optional.of(
        new Job(
            key,
            metadata.revision(),
            bytes,
            0,
            metadata.writtenAt().orElseGet(clock::instant),
            json));
  }
}
