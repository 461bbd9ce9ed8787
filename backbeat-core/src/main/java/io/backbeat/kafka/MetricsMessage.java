package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonParser;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of the metrics topic, as the original writes it. It is about one object if it names a
 * bucket and a key, else about the location as a whole.
 *
 * @param timestamp when it happened, in milliseconds since 1970
 * @param ops how many operations; 0 for a message about one object
 * @param bytes how many bytes
 * @param service whose
 * @param type what happened
 * @param location where
 * @param object which object version; empty for the location as a whole
 */
record MetricsMessage(
    long timestamp,
    long ops,
    long bytes,
    ServiceName service,
    MetricsType type,
    LocationName location,
    Optional<ObjectVersion> object) {

  /**
   * Reads a message.
   *
   * <p>A message with bucket and key and without version id is about an object of a bucket without
   * versioning. (The original takes it for one about the location, and counts its bytes twice.)
   * Without {@code bytes}, a message about an object counts 1 and any other 0.
   *
   * @param service whose messages are wanted
   * @param otherwise the timestamp of a message that has none
   * @return empty if it is about another service, or of a type nobody knows
   * @throws IllegalArgumentException if it is no message of metrics; says why
   */
  static Optional<MetricsMessage> parse(byte[] json, ServiceName service, long otherwise) {
    Fields fields = new Fields();
    TopicJson.visit(json, fields::read);
    MetricsType type = MetricsType.ofWireName(fields.type);
    if (type == null || !service.wireName().equals(fields.extension)) {
      return Optional.empty();
    }
    if (fields.site.isEmpty()) {
      throw new IllegalArgumentException("site must name a location, is missing or empty");
    }
    boolean ofObject = !fields.bucket.isEmpty() && !fields.key.isEmpty();
    return Optional.of(
        new MetricsMessage(
            fields.timestamp == null ? otherwise : fields.timestamp,
            ofObject ? 0 : fields.ops,
            fields.bytes == null ? (ofObject ? 1 : 0) : fields.bytes,
            service,
            type,
            LocationName.of(fields.site),
            ofObject
                ? Optional.of(new ObjectVersion(fields.bucket, fields.key, fields.versionId))
                : Optional.empty()));
  }

  /** The message as the original writes it: members in its order, absent ones left out. */
  byte[] toJson() {
    return MessageJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("timestamp", timestamp);
          if (object.isEmpty()) {
            json.writeNumberField("ops", ops);
          }
          json.writeNumberField("bytes", bytes);
          json.writeStringField("extension", service.wireName());
          json.writeStringField("type", type.wireName());
          json.writeStringField("site", location.value());
          if (object.isPresent()) {
            json.writeStringField("bucketName", object.get().bucket());
            json.writeStringField("objectKey", object.get().key());
            if (!object.get().versionId().isEmpty()) {
              json.writeStringField("versionId", object.get().versionId());
            }
          }
          json.writeEndObject();
        });
  }

  /** The members as they stand in the message. */
  private static final class Fields {
    private @Nullable Long timestamp;
    private long ops;
    private @Nullable Long bytes;
    private String extension = "";
    private String type = "";
    private String site = "";
    private String bucket = "";
    private String key = "";
    private String versionId = "";

    void read(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "timestamp" -> timestamp = TopicJson.number(parser, name);
        case "ops" -> ops = TopicJson.number(parser, name);
        case "bytes" -> bytes = TopicJson.number(parser, name);
        case "extension" -> extension = TopicJson.text(parser, name);
        case "type" -> type = TopicJson.text(parser, name);
        case "site" -> site = TopicJson.text(parser, name);
        case "bucketName" -> bucket = TopicJson.text(parser, name);
        case "objectKey" -> key = TopicJson.text(parser, name);
        case "versionId" -> versionId = TopicJson.text(parser, name);
        default -> {
          // nothing the counters need
        }
      }
    }
  }
}
