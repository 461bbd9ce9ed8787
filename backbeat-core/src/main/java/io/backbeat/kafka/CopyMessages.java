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
 * Copies to other locations as messages of {@code backbeat-data-mover}: lifecycle's actions {@code
 * copyLocation}. The payload of a job is the message to the letter, and is written as it is. Its
 * revision is the {@code actionId}: an action that is asked for again is other work, and so is the
 * same key in another bucket. Their records have the key {@code bucket/key} as it is, which the
 * original does not encode here.
 */
final class CopyMessages {
  private static final Logger LOG = LoggerFactory.getLogger(CopyMessages.class);
  private static final String COPY = "copyLocation";

  private CopyMessages() {}

  /** A payload that does not say what the job is about goes into a message of our own. */
  static Message write(Job job) {
    String key = job.object().bucket() + '/' + job.object().key();
    byte[] payload = job.payload().getBytes(UTF_8);
    Optional<Job> told = MessageJson.tree(payload).flatMap(json -> told(json, payload, job));
    if (told.isEmpty()) {
      return new Message(key, JobMessages.write(job).value(), JobHeaders.NONE);
    }
    JobHeaders headers =
        new JobHeaders(
            told.get().revision().equals(job.revision())
                ? Optional.empty()
                : Optional.of(job.revision()),
            Optional.empty(),
            job.attempt() == 0 ? OptionalInt.empty() : OptionalInt.of(job.attempt()),
            Optional.of(job.createdAt()),
            told.get().bytes() == job.bytes() ? OptionalLong.empty() : OptionalLong.of(job.bytes()),
            Optional.empty());
    return new Message(key, payload, headers);
  }

  private static Optional<Job> told(JsonNode message, byte[] payload, Job job) {
    try {
      return message.path("action").asText().equals(COPY)
          ? Optional.of(job(message, payload, JobHeaders.NONE, job.createdAt()))
              .filter(told -> told.key().equals(job.key()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a message. Other actions than a copy mean nothing to anybody here, and are logged.
   *
   * @param written when it was written
   * @throws IllegalArgumentException if it does not say what is to be copied where; a retry does
   *     not help
   */
  static Decoded read(JsonNode message, byte[] value, JobHeaders headers, Instant written) {
    String action = message.path("action").asText();
    if (!action.equals(COPY)) {
      LOG.warn("action \"{}\" on the topic of the data mover is left alone", action);
      return Decoded.NOTHING;
    }
    return new Decoded.Jobs(List.of(job(message, value, headers, written)));
  }

  private static Job job(JsonNode message, byte[] value, JobHeaders headers, Instant written) {
    JsonNode target = message.path("target");
    ObjectVersion object =
        new ObjectVersion(
            required(target, "bucket"), required(target, "key"), target.path("version").asText(""));
    LocationName location = LocationName.of(required(message, "toLocation"));
    String actionId = message.path("actionId").asText(target.path("eTag").asText());
    return new Job(
        new JobKey(JobType.COPY_LOCATION, object, location),
        headers.revision().orElse(actionId),
        headers.bytes().orElse(message.path("metrics").path("contentLength").asLong(0)),
        headers.attempt().orElse(0),
        headers.createdAt().orElse(written),
        new String(value, UTF_8));
  }

  private static String required(JsonNode of, String member) {
    String text = of.path(member).isTextual() ? of.path(member).textValue() : "";
    if (text.isEmpty()) {
      throw new IllegalArgumentException(COPY + " must name " + member + " with a text, has " + of);
    }
    return text;
  }
}
