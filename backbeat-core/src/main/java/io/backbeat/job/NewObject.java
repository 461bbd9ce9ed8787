package io.backbeat.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An object that somebody has just written, for programs that are no CloudServer: what of it the
 * engine needs, and where it is to be copied. {@link #toMetadata} makes of it what a client write
 * is recorded with.
 *
 * <pre>{@code
 * StoredObject written = source.stat(key).orElseThrow();
 * NewObject object =
 *     NewObject.of(
 *         ObjectVersion.unversioned("photos", key),
 *         written.size(), written.lastModified(), written.fingerprint(),
 *         home, List.of(paris, tokyo));
 * stores.journal().append(List.of(new MetadataChange.Put(object.version(), object.toMetadata())));
 * }</pre>
 *
 * @param version which object
 * @param size in bytes
 * @param lastModified when it was written
 * @param fingerprint what its store says about the content; a job copies that content and no other.
 *     Empty to take any
 * @param contentType media type; empty if not known
 * @param userMetadata names without {@code x-amz-meta-}
 * @param source the location it is at
 * @param sourceType what kind of location that is, such as {@code file} or {@code aws_s3}
 * @param destinations where it is to be copied; each once, in the order in which they are reported
 * @param completed destinations that have this content already, with the version ids of their
 *     copies, which may be empty
 */
public record NewObject(
    ObjectVersion version,
    long size,
    Instant lastModified,
    String fingerprint,
    String contentType,
    Map<String, String> userMetadata,
    LocationName source,
    String sourceType,
    List<LocationName> destinations,
    Map<LocationName, String> completed) {
  /** CloudServer wants a role; there is no account behind an object of another program. */
  private static final String ROLE = "arn:aws:iam::000000000000:role/backbeat";

  private static final int METADATA_VERSION = 6;
  private static final int USUAL_LENGTH = 900;
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Copies the collections; checks that the size is not negative and there is a destination. */
  public NewObject {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(lastModified, "lastModified");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(contentType, "contentType");
    userMetadata = Map.copyOf(userMetadata);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sourceType, "sourceType");
    destinations = List.copyOf(new LinkedHashSet<>(destinations));
    completed = Map.copyOf(completed);
    if (size < 0) {
      throw new IllegalArgumentException("size must be >= 0, was " + size + " for " + version);
    }
    if (destinations.isEmpty()) {
      throw new IllegalArgumentException(version + " needs at least one destination");
    }
  }

  /** An object of a file-like location, without media type or user metadata. */
  public static NewObject of(
      ObjectVersion version,
      long size,
      Instant lastModified,
      String fingerprint,
      LocationName source,
      List<LocationName> destinations) {
    return new NewObject(
        version,
        size,
        lastModified,
        fingerprint,
        "",
        Map.of(),
        source,
        "file",
        destinations,
        Map.of());
  }

  /** The same with what its writer said about it. */
  public NewObject describedBy(String mediaType, Map<String, String> metadata) {
    return new NewObject(
        version,
        size,
        lastModified,
        fingerprint,
        mediaType,
        metadata,
        source,
        sourceType,
        destinations,
        completed);
  }

  /** The same with destinations that have this content already. */
  public NewObject alreadyAt(Map<LocationName, String> copies) {
    return new NewObject(
        version,
        size,
        lastModified,
        fingerprint,
        contentType,
        userMetadata,
        source,
        sourceType,
        destinations,
        copies);
  }

  /** The metadata as JSON text in CloudServer's form, with its {@code replicationInfo}. Pure. */
  public String toMetadata() {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("content-length", size);
      json.writeStringField("content-type", contentType);
      json.writeStringField("content-md5", "");
      json.writeStringField("last-modified", MILLIS.format(lastModified));
      json.writeStringField("key", version.key());
      writeVersion(json);
      writeLocation(json);
      json.writeBooleanField("isDeleteMarker", false);
      json.writeObjectFieldStart("tags");
      json.writeEndObject();
      for (Map.Entry<String, String> member : userMetadata.entrySet()) {
        json.writeStringField("x-amz-meta-" + member.getKey(), member.getValue());
      }
      writeReplicationInfo(json);
      json.writeStringField("dataStoreName", source.value());
      json.writeStringField("originOp", "s3:ObjectCreated:Put");
      json.writeNumberField("md-model-version", METADATA_VERSION);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private void writeVersion(JsonGenerator json) throws IOException {
    if (version.versionId().equals(ObjectMetadata.NULL_VERSION)) {
      json.writeBooleanField("isNull", true);
    } else if (!version.versionId().isEmpty()) {
      json.writeStringField("versionId", VersionId.decode(version.versionId()));
    }
  }

  private void writeLocation(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("location");
    json.writeStartObject();
    json.writeStringField("key", version.key());
    json.writeNumberField("size", size);
    json.writeNumberField("start", 0);
    json.writeStringField("dataStoreName", source.value());
    json.writeStringField("dataStoreType", sourceType);
    json.writeStringField("dataStoreETag", fingerprint);
    json.writeEndObject();
    json.writeEndArray();
  }

  private void writeReplicationInfo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("replicationInfo");
    json.writeStringField("status", "PENDING");
    json.writeArrayFieldStart("backends");
    for (LocationName site : destinations) {
      SiteStatus status = completed.containsKey(site) ? SiteStatus.COMPLETED : SiteStatus.PENDING;
      json.writeStartObject();
      json.writeStringField("site", site.value());
      json.writeStringField("status", status.name());
      json.writeStringField("dataStoreVersionId", completed.getOrDefault(site, ""));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("content");
    if (size > 0) {
      json.writeString("DATA");
    }
    json.writeString("METADATA");
    json.writeEndArray();
    json.writeStringField("destination", "arn:aws:s3:::" + version.bucket());
    json.writeStringField(
        "storageClass",
        destinations.stream().map(LocationName::value).collect(Collectors.joining(",")));
    json.writeStringField("role", ROLE);
    json.writeStringField("storageType", "");
    json.writeStringField("dataStoreVersionId", "");
    json.writeEndObject();
  }
}
