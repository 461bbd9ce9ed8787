package io.backbeat.filesystem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The metadata of a file in CloudServer's form. Thread-safe. */
final class FileDocument {
  /** CloudServer wants a role; there is no account behind a directory. */
  private static final String ROLE = "arn:aws:iam::000000000000:role/backbeat";

  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final WatchedDirectory watched;

  FileDocument(WatchedDirectory watched) {
    this.watched = watched;
  }

  /**
   * Writes the metadata of a file.
   *
   * @param done version ids of the destinations that have this content already
   */
  String write(String key, FileState state, Map<LocationName, String> done) {
    StringWriter text = new StringWriter(900);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("content-length", state.size());
      json.writeStringField("content-type", "");
      json.writeStringField("content-md5", "");
      json.writeStringField("last-modified", MILLIS.format(state.modified()));
      json.writeStringField("key", key);
      writeLocation(json, key, state);
      json.writeBooleanField("isDeleteMarker", false);
      json.writeObjectFieldStart("tags");
      json.writeEndObject();
      writeReplicationInfo(json, state, done);
      json.writeStringField("dataStoreName", watched.source().value());
      json.writeStringField("originOp", "s3:ObjectCreated:Put");
      json.writeNumberField("md-model-version", 6);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** Whether metadata speaks of that content. */
  boolean describes(String metadata, String fingerprint) {
    // Quotes inside of a text are escaped, so this can only be the member itself; reading 20,000
    // documents would cost more than all else.
    return metadata.contains("\"dataStoreETag\":\"" + fingerprint + "\"")
        || tree(metadata)
            .path("location")
            .path(0)
            .path("dataStoreETag")
            .asText()
            .equals(fingerprint);
  }

  /** Whether metadata lists all destinations. */
  boolean hasAllDestinations(String metadata) {
    if (watched.destinations().stream()
        .allMatch(site -> metadata.contains("\"site\":\"" + escaped(site) + "\""))) {
      return true;
    }
    Set<String> sites = new HashSet<>();
    backends(metadata).forEach(backend -> sites.add(backend.path("site").asText()));
    return watched.destinations().stream().allMatch(site -> sites.contains(site.value()));
  }

  /** The destinations that are COMPLETED in metadata, with the version ids of their copies. */
  static Map<LocationName, String> completed(String metadata) {
    Map<LocationName, String> completed = new HashMap<>();
    for (JsonNode backend : backends(metadata)) {
      if (backend.path("status").asText().equals("COMPLETED")) {
        completed.put(
            LocationName.of(backend.path("site").asText()),
            backend.path("dataStoreVersionId").asText());
      }
    }
    return completed;
  }

  private void writeLocation(JsonGenerator json, String key, FileState state) throws IOException {
    json.writeArrayFieldStart("location");
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeNumberField("size", state.size());
    json.writeNumberField("start", 0);
    json.writeStringField("dataStoreName", watched.source().value());
    json.writeStringField("dataStoreType", "file");
    json.writeStringField("dataStoreETag", state.fingerprint());
    json.writeEndObject();
    json.writeEndArray();
  }

  private void writeReplicationInfo(
      JsonGenerator json, FileState state, Map<LocationName, String> done) throws IOException {
    json.writeObjectFieldStart("replicationInfo");
    json.writeStringField("status", "PENDING");
    json.writeArrayFieldStart("backends");
    for (LocationName site : watched.destinations()) {
      json.writeStartObject();
      json.writeStringField("site", site.value());
      json.writeStringField("status", done.containsKey(site) ? "COMPLETED" : "PENDING");
      json.writeStringField("dataStoreVersionId", done.getOrDefault(site, ""));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("content");
    if (state.size() > 0) {
      json.writeString("DATA");
    }
    json.writeString("METADATA");
    json.writeEndArray();
    json.writeStringField("destination", "arn:aws:s3:::" + watched.bucket());
    json.writeStringField("storageClass", watched.storageClass());
    json.writeStringField("role", ROLE);
    json.writeStringField("storageType", "");
    json.writeStringField("dataStoreVersionId", "");
    json.writeEndObject();
  }

  private static JsonNode backends(String metadata) {
    return tree(metadata).path("replicationInfo").path("backends");
  }

  private static JsonNode tree(String metadata) {
    try {
      return TREES.readTree(metadata);
    } catch (JsonProcessingException e) {
      // A journal gives back what it took; should it not, the file is put again and that mends it.
      return TREES.missingNode();
    }
  }

  private static String escaped(LocationName site) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(site.value()));
  }
}
