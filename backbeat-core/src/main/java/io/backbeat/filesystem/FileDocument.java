package io.backbeat.filesystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.NewObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The metadata of a file in CloudServer's form. Thread-safe. */
final class FileDocument {
  private static final ObjectMapper TREES = new ObjectMapper();
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
    return NewObject.of(
            ObjectVersion.unversioned(watched.bucket(), key),
            state.size(),
            state.modified(),
            state.fingerprint(),
            watched.source(),
            watched.destinations())
        .alreadyAt(done)
        .toMetadata();
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
