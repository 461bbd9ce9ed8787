package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Garbage collections as messages of {@code backbeat-gc}. The payload of a job is the original's
 * {@code deleteData} message and is written as it is. Pure.
 */
final class GcMessages {
  private static final String DELETE_DATA = "deleteData";
  private static final String DELETE_ARCHIVED = "deleteArchivedSourceData";

  private GcMessages() {}

  /** A payload that does not say what the job is about goes into a message of our own. */
  static Message write(Job job) {
    Optional<JobKey> told =
        MessageJson.tree(job.payload().getBytes(UTF_8)).flatMap(GcMessages::key);
    boolean says =
        told.isPresent()
            && told.get().object().orderingKey().equals(job.object().orderingKey())
            && told.get().location().equals(job.location());
    if (!says) {
      return JobMessages.write(job);
    }
    String versionId = job.object().versionId();
    JobHeaders headers =
        new JobHeaders(
            Optional.of(job.revision()),
            told.get().object().versionId().equals(versionId)
                ? Optional.empty()
                : Optional.of(versionId),
            job.attempt() == 0 ? OptionalInt.empty() : OptionalInt.of(job.attempt()),
            Optional.of(job.createdAt()),
            job.bytes() == 0 ? OptionalLong.empty() : OptionalLong.of(job.bytes()),
            Optional.empty());
    return new Message(
        EntryCodec.messageKey(job.object().bucket(), job.object().key()),
        job.payload().getBytes(UTF_8),
        headers);
  }

  /**
   * Reads a message.
   *
   * @param written when it was written
   * @throws IllegalArgumentException if it does not say what it is about; a retry does not help
   */
  static Decoded read(JsonNode message, byte[] value, JobHeaders headers, Instant written) {
    String action = message.path("action").asText();
    if (action.equals(DELETE_ARCHIVED)) {
      return new Decoded.Unreadable(
          "action " + DELETE_ARCHIVED + " is not implemented",
          Optional.of(LocationName.of(message.path("target").path("oldLocation").asText())));
    }
    if (!action.equals(DELETE_DATA) || message.path("target").path("locations").isEmpty()) {
      return Decoded.NOTHING;
    }
    JobKey told =
        key(message)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "deleteData must name a bucket, an objectKey and a dataStoreName"));
    ObjectVersion object =
        headers
            .versionId()
            .map(id -> new ObjectVersion(told.object().bucket(), told.object().key(), id))
            .orElse(told.object());
    return new Decoded.Jobs(
        List.of(
            new Job(
                new JobKey(told.type(), object, told.location()),
                headers.revision().orElse(""),
                headers.bytes().orElse(0),
                headers.attempt().orElse(0),
                headers.createdAt().orElse(written),
                new String(value, UTF_8))));
  }

  /** Lifecycle names the object in {@code source} as well, and without an object in the context. */
  private static Optional<JobKey> key(JsonNode message) {
    JsonNode context = message.path("contextInfo");
    JsonNode source = message.path("source");
    String bucket = context.path("bucketName").asText(source.path("bucket").asText(""));
    String key = context.path("objectKey").asText(source.path("objectKey").asText(""));
    String location =
        message.path("target").path("locations").path(0).path("dataStoreName").asText("");
    if (!message.path("action").asText().equals(DELETE_DATA)
        || bucket.isEmpty()
        || key.isEmpty()
        || location.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobKey(
            JobType.GARBAGE_COLLECTION,
            new ObjectVersion(bucket, key, context.path("versionId").asText("")),
            LocationName.of(location)));
  }
}
