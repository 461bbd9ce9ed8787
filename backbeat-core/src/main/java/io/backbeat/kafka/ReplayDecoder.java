package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads messages of replay topics as jobs for one location. They name no site; the member {@code
 * storageClass} of their replicationInfo does.
 */
final class ReplayDecoder implements TopicDecoder<Job> {
  private final LocationName location;
  private final ReplayBudget budget;

  ReplayDecoder(LocationName location, ReplayBudget budget) {
    this.location = location;
    this.budget = budget;
  }

  /** The job, with the attempts made so far; empty if it is for other locations. */
  @Override
  public Optional<Job> decode(ConsumerRecord<byte[], byte[]> message) {
    Entry entry = EntryCodec.read(message.value());
    if (entry instanceof Entry.Canary || entry instanceof Entry.Bootstrap) {
      return Optional.empty();
    }
    if (!(entry instanceof Entry.ObjectEntry object)) {
      throw new IllegalArgumentException(
          "a job to be replayed must be about an object: "
              + (entry instanceof Entry.Malformed malformed ? malformed.reason() : entry));
    }
    ObjectMetadata metadata = ObjectMetadata.parse(object.metadata());
    if (!metadata.replicationInfo().sites().contains(location)) {
      return Optional.empty();
    }
    int attempts = Math.max(1, budget.attempts(object.replayCount()));
    Instant at = Instant.ofEpochMilli(Math.max(0, message.timestamp()));
    return Optional.of(
        StatusMessage.job(object, metadata, location, attempts, object.metadata(), at));
  }
}
