package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages of the status topic: what a processor says that became of a job. Pure. */
final class StatusMessage {
  private StatusMessage() {}

  /**
   * The message of an attempt, as a processor of the original sends it: the metadata of the job
   * with the location COMPLETED or FAILED; what that cannot say is in headers.
   *
   * <p>A failure that another attempt cannot help has no replays left, so that a status processor
   * of the original does not try it again either.
   *
   * @param topic with the prefix
   * @throws IllegalArgumentException if the payload of the job is no metadata that names the
   *     location; says why
   */
  static ProducerRecord<byte[], byte[]> of(
      String topic, FinishedAttempt attempt, ReplayBudget budget) {
    Job job = attempt.job();
    LocationName site = job.location();
    ReplicationInfo info = ObjectMetadata.parse(job.payload()).replicationInfo();
    if (info.at(site).isEmpty()) {
      throw new IllegalArgumentException(
          "the metadata of the job must have a backend \"" + site + "\" to carry its status");
    }
    String metadata;
    OptionalInt replaysLeft = budget.replaysLeft(job.attempt());
    if (attempt.outcome() instanceof TaskOutcome.Replicated done) {
      ReplicationInfo completed =
          info.toCompleted(site).withDataStoreVersionId(site, done.dataStoreVersionId());
      metadata = metadata(job, completed, ReplicationInfo.ORIGIN_COMPLETED);
    } else {
      metadata = metadata(job, info.toFailed(site), ReplicationInfo.ORIGIN_FAILED);
      replaysLeft = isFinal(attempt.outcome()) ? OptionalInt.of(0) : replaysLeft;
    }
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            job.object().bucket(),
            EntryCodec.storedKey(job.object()),
            metadata,
            Optional.of(site.value()),
            replaysLeft,
            Optional.empty());
    return new ProducerRecord<>(
        topic,
        null,
        attempt.at().toEpochMilli(),
        entry.messageKey().getBytes(UTF_8),
        EntryCodec.write(entry),
        StatusHeaders.of(attempt));
  }

  private static boolean isFinal(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Rejected
        || (outcome instanceof TaskOutcome.Skipped skipped
            && skipped.reason() == SkipReason.SOURCE_GONE);
  }

  private static String metadata(Job job, ReplicationInfo info, String originOp) {
    return ObjectMetadata.withOriginOp(
        ObjectMetadata.withReplicationInfo(job.payload(), info), originOp);
  }

  /**
   * The job an entry is about, for one location, as it would be queued.
   *
   * @param payload the metadata the job is to have
   * @param otherwise when the version was written if its metadata does not say so
   */
  static Job job(
      Entry.ObjectEntry entry,
      ObjectMetadata read,
      LocationName site,
      int attempts,
      String payload,
      Instant otherwise) {
    return new Job(
        new JobKey(JobType.REPLICATION, entry.object(read), site),
        read.revision(),
        read.replicationInfo().includesData() ? read.contentLength() : 0,
        attempts,
        read.lastModified().orElse(otherwise),
        payload);
  }
}
