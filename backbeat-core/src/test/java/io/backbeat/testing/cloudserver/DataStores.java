package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Where the bytes of objects are: the server's own data store, and clouds. Thread-safe. */
final class DataStores {
  private final Map<String, Location> locations = new LinkedHashMap<>();
  private final Map<String, Cloud> clouds = new ConcurrentHashMap<>();
  private final Map<String, Blob> local = new ConcurrentHashMap<>();
  private final BlobStore blobs;

  DataStores(List<Location> locations, BlobStore blobs, Clock clock) {
    this.blobs = blobs;
    for (Location location : locations) {
      this.locations.put(location.name(), location);
      if (location.type().isCloud()) {
        clouds.put(location.name(), new Cloud(location, clock));
      }
    }
  }

  /** The location of an object whose bucket names none that is known. */
  String defaultLocation() {
    return locations.values().stream()
        .filter(location -> location.type() == Location.Type.LOCAL)
        .findFirst()
        .orElseThrow()
        .name();
  }

  Optional<Location> location(String name) {
    return Optional.ofNullable(locations.get(name));
  }

  /**
   * The cloud of a location.
   *
   * @throws StandInException LocationNotFound
   */
  Cloud cloud(String name) {
    return findCloud(name).orElseThrow(() -> StandInException.of("LocationNotFound"));
  }

  Optional<Cloud> findCloud(String name) {
    return Optional.ofNullable(clouds.get(name));
  }

  Map<String, Cloud> clouds() {
    return Map.copyOf(clouds);
  }

  BlobStore blobs() {
    return blobs;
  }

  /** Bytes that are stored, and how metadata speaks of them. */
  record Stored(ObjectNode element, Blob blob) {}

  /** Stores bytes; the element of {@code location[]} is that of part 1. */
  Stored store(String locationName, String bucket, String key, InputStream bytes)
      throws IOException {
    Blob blob = blobs.store(bytes);
    ObjectNode element = JsonText.object();
    Optional<Cloud> cloud = findCloud(locationName);
    if (cloud.isEmpty()) {
      String id = UUID.randomUUID().toString().replace("-", "") + "00000000";
      local.put(id, blob);
      element.put("key", id).put("size", blob.size()).put("start", 0);
      element.put("dataStoreName", locationName).put("dataStoreETag", "1:" + blob.md5());
      return new Stored(element, blob);
    }
    CloudObject object = cloud.get().put(Cloud.keyOf(bucket, key), blob, Cloud.Attributes.NONE);
    return new Stored(element(locationName, object, blob.md5()), blob);
  }

  /** How metadata speaks of an object in a cloud ("multiple backends", answer). */
  ObjectNode element(String locationName, CloudObject object, String md5) {
    ObjectNode element = JsonText.object();
    element.put("key", object.key()).put("size", object.size()).put("start", 0);
    element.put("dataStoreName", locationName);
    element.put("dataStoreType", locations.get(locationName).type().storageType());
    element.put("dataStoreETag", "1:" + md5);
    if (!object.versionId().isEmpty()) {
      element.put("dataStoreVersionId", object.versionId());
    }
    return element;
  }

  /** The bytes that an element of {@code location[]} speaks of. */
  Blob blob(JsonNode element) {
    String key = element.path("key").asText();
    Optional<Blob> found =
        findCloud(element.path("dataStoreName").asText())
            .map(
                cloud ->
                    cloud
                        .version(key, element.path("dataStoreVersionId").asText())
                        .map(CloudObject::blob))
            .orElseGet(() -> Optional.ofNullable(local.get(key)));
    return found.orElseThrow(() -> StandInException.of("LocationNotFound"));
  }

  /** All elements of {@code location[]}, one behind the other. */
  Blob joined(JsonNode locations) {
    List<Blob> blobs = new ArrayList<>();
    locations.forEach(element -> blobs.add(blob(element)));
    return blobs.size() == 1 ? blobs.get(0) : new Blob.Joined(blobs, "");
  }

  /** Deletes what elements speak of; what is not there is no error. */
  void delete(JsonNode locations) {
    for (JsonNode element : locations) {
      String key = element.path("key").asText();
      String name = element.path("dataStoreName").asText();
      Optional<Cloud> cloud = findCloud(name);
      if (cloud.isPresent()) {
        cloud.get().deleteVersion(key, element.path("dataStoreVersionId").asText());
      } else {
        Blob blob = local.remove(key);
        if (blob != null) {
          blob.delete();
        }
      }
    }
  }

  /** The keys of the server's own data store. */
  Set<String> localKeys() {
    return new TreeSet<>(local.keySet());
  }
}
