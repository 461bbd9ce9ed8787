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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Garbage collections as messages of {@code backbeat-gc}. The payload of a job is the original's
 * message, {@code deleteData} or {@code deleteArchivedSourceData}, and is written as it is. A
 * message of the original has no revision: its job has the empty one.
 */
final class GcMessages {
  private static final Logger LOG = LoggerFactory.getLogger(GcMessages.class);
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
            Optional.of(job.revision()).filter(revision -> !revision.isEmpty()),
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
   * Reads a message. One that asks for nothing to be deleted, or for something nobody here knows,
   * is no job.
   *
   * @param written when it was written
   * @throws IllegalArgumentException if it does not say what it is about; a retry does not help
   */
  static Decoded read(JsonNode message, byte[] value, JobHeaders headers, Instant written) {
    String action = message.path("action").asText();
    if (!action.equals(DELETE_DATA) && !action.equals(DELETE_ARCHIVED)) {
      LOG.warn(
          "a message of garbage collection asks for the action \"{}\", which is none; skipped",
          action);
      return Decoded.NOTHING;
    }
    if (action.equals(DELETE_DATA) && message.path("target").path("locations").isEmpty()) {
      return Decoded.NOTHING;
    }
    JobKey told = key(message).orElseThrow(() -> unclear(action));
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

  private static IllegalArgumentException unclear(String action) {
    return new IllegalArgumentException(
        action.equals(DELETE_DATA)
            ? "deleteData must name a bucket, an objectKey and a dataStoreName"
            : DELETE_ARCHIVED + " must name a bucket, a key and an oldLocation");
  }

  /** What a message is about; empty if it does not say. */
  private static Optional<JobKey> key(JsonNode message) {
    JsonNode target = message.path("target");
    return switch (message.path("action").asText()) {
      case DELETE_DATA -> {
        JsonNode context = message.path("contextInfo");
        yield key(
            bucket(context, message.path("source")),
            context.path("objectKey").asText(message.path("source").path("objectKey").asText("")),
            context.path("versionId").asText(""),
            target.path("locations").path(0).path("dataStoreName").asText(""));
      }
      case DELETE_ARCHIVED ->
          key(
              target.path("bucket").asText(""),
              target.path("key").asText(""),
              target.path("version").asText(""),
              target.path("oldLocation").asText(""));
      default -> Optional.empty();
    };
  }

  /**
   * Lifecycle names the bucket as {@code bucketName}, or in {@code source} alone, and replication
   * as {@code bucket}.
   */
  private static String bucket(JsonNode context, JsonNode source) {
    String byReplication = context.path("bucket").asText(source.path("bucket").asText(""));
    return context.path("bucketName").asText(byReplication);
  }

  private static Optional<JobKey> key(
      String bucket, String key, String versionId, String location) {
    if (bucket.isEmpty() || key.isEmpty() || location.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobKey(
            JobType.GARBAGE_COLLECTION,
            new ObjectVersion(bucket, key, versionId),
            LocationName.of(location)));
  }
}
