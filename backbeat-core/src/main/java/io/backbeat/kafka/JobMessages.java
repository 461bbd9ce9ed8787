package io.backbeat.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import java.time.Instant;

/**
 * Jobs of types that the original does not have, as messages of our own: all members of the job in
 * one object.
 *
 * <pre>{@code
 * {"action":"backbeatJob","type":"thumbnails","bucket":"b","key":"k","versionId":"","location":"l",
 *  "revision":"r","bytes":0,"attempt":0,"createdAt":"2026-11-22T10:00:00Z","payload":"text"}
 * }</pre>
 *
 * Pure.
 */
final class JobMessages {
  /** What the original's consumers leave alone as unknown. */
  static final String ACTION = "backbeatJob";

  private JobMessages() {}

  static Message write(Job job) {
    ObjectVersion object = job.object();
    byte[] value =
        MessageJson.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("action", ACTION);
              json.writeStringField("type", job.key().type().name());
              json.writeStringField("bucket", object.bucket());
              json.writeStringField("key", object.key());
              json.writeStringField("versionId", object.versionId());
              json.writeStringField("location", job.location().value());
              json.writeStringField("revision", job.revision());
              json.writeNumberField("bytes", job.bytes());
              json.writeNumberField("attempt", job.attempt());
              json.writeStringField("createdAt", job.createdAt().toString());
              json.writeStringField("payload", job.payload());
              json.writeEndObject();
            });
    return new Message(
        EntryCodec.messageKey(object.bucket(), object.key()), value, JobHeaders.NONE);
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if a member has no readable value; a retry does not help
   */
  static Job read(JsonNode message) {
    return new Job(
        new JobKey(
            new JobType(message.path("type").asText()),
            new ObjectVersion(
                message.path("bucket").asText(),
                message.path("key").asText(),
                message.path("versionId").asText()),
            LocationName.of(message.path("location").asText())),
        message.path("revision").asText(),
        message.path("bytes").asLong(),
        message.path("attempt").asInt(),
        createdAt(message.path("createdAt").asText()),
        message.path("payload").asText());
  }

  private static Instant createdAt(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException(
          "createdAt must be a timestamp like 2026-11-22T10:47:44.365Z, was \"" + text + '"', e);
    }
  }
}
