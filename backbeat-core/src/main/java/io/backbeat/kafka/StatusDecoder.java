package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.StatusChange;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads messages of the status topic, written by our processors (with headers) or by those of the
 * original (without).
 *
 * <p>A FAILED of the original is an attempt that may be repeated, until its message says that no
 * replay is left.
 */
final class StatusDecoder implements TopicDecoder<StatusNews> {
  /** Kind of error of a failure whose message does not say what went wrong. */
  static final String REPLICATION_FAILED = "ReplicationFailed";

  private final ReplayBudget budget;

  StatusDecoder(ReplayBudget budget) {
    this.budget = budget;
  }

  @Override
  public Optional<StatusNews> decode(ConsumerRecord<byte[], byte[]> message) {
    Entry entry = EntryCodec.read(message.value());
    if (entry instanceof Entry.Canary || entry instanceof Entry.Bootstrap) {
      return Optional.empty();
    }
    if (!(entry instanceof Entry.ObjectEntry object)) {
      throw new IllegalArgumentException(
          "a message about a status must be about an object: "
              + (entry instanceof Entry.Malformed malformed ? malformed.reason() : entry));
    }
    return Optional.of(news(object, message));
  }

  private StatusNews news(Entry.ObjectEntry entry, ConsumerRecord<byte[], byte[]> message) {
    ObjectMetadata metadata = ObjectMetadata.parse(entry.metadata());
    LocationName site =
        LocationName.of(
            entry
                .site()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException("a message about a status must name a site")));
    SiteReplication status =
        metadata
            .replicationInfo()
            .at(site)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "replicationInfo.backends must have the site \"" + site + '"'));
    Instant at = Instant.ofEpochMilli(Math.max(0, message.timestamp()));
    return switch (status.status()) {
      case PENDING ->
          new StatusNews.RetryQueued(
              new StatusChange(
                  entry.object(metadata),
                  site,
                  metadata.revision(),
                  StatusEvent.RETRY_REQUESTED,
                  ""));
      case COMPLETED, FAILED ->
          StatusHeaders.read(message.headers())
              .map(headers -> ours(entry, metadata, status, headers, at))
              .orElseGet(() -> original(entry, metadata, status, at));
      case REPLICA ->
          throw new IllegalArgumentException(
              "the status at \"" + site + "\" must be COMPLETED, FAILED or PENDING, was REPLICA");
    };
  }

  private StatusNews.Ended ours(
      Entry.ObjectEntry entry,
      ObjectMetadata metadata,
      SiteReplication status,
      StatusHeaders headers,
      Instant at) {
    Job told =
        StatusMessage.job(
            entry,
            metadata,
            status.location(),
            headers.attempt(),
            payload(entry, metadata, status),
            headers.createdAt());
    Job job =
        new Job(
            told.key(),
            headers.revision(),
            told.bytes(),
            told.attempt(),
            headers.createdAt(),
            told.payload());
    return new StatusNews.Ended(new FinishedAttempt(job, headers.outcome(), at), true);
  }

  private StatusNews.Ended original(
      Entry.ObjectEntry entry, ObjectMetadata metadata, SiteReplication status, Instant at) {
    int attempts = budget.attempts(entry.replayCount());
    Job job =
        StatusMessage.job(
            entry, metadata, status.location(), attempts, payload(entry, metadata, status), at);
    return new StatusNews.Ended(
        new FinishedAttempt(job, outcome(entry, status), at), entry.replayCount().isPresent());
  }

  private static TaskOutcome outcome(Entry.ObjectEntry entry, SiteReplication status) {
    if (status.status() == SiteStatus.COMPLETED) {
      return new TaskOutcome.Replicated(status.dataStoreVersionId());
    }
    boolean last = entry.replayCount().isPresent() && entry.replayCount().getAsInt() <= 0;
    return last
        ? new TaskOutcome.Rejected(REPLICATION_FAILED, "the processor gave up its last replay")
        : new TaskOutcome.Retryable(
            REPLICATION_FAILED, "the processor says FAILED and not why", Optional.empty());
  }

  /** What failed is to be tried again, so its job has the location PENDING, and only that. */
  private static String payload(
      Entry.ObjectEntry entry, ObjectMetadata metadata, SiteReplication status) {
    if (status.status() == SiteStatus.COMPLETED) {
      return entry.metadata();
    }
    ReplicationInfo retry = metadata.replicationInfo().toRetry(status.location());
    return ObjectMetadata.withReplicationInfo(entry.metadata(), retry);
  }
}
