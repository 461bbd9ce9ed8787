package io.backbeat.testing.cloudserver;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The cloud behind a location, and what tests want to know of it. Thread-safe. */
public final class Cloud {
  /** What goes with the bytes of an object. */
  record Attributes(
      Map<String, String> headers, Map<String, String> userMetadata, Map<String, String> tags) {
    static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of());
  }

  /** What has been uploaded of an object so far. */
  private record Upload(String key, Attributes attributes, NavigableMap<Integer, Blob> parts) {}

  private final Location location;
  private final Clock clock;
  private final TreeMap<String, List<CloudObject>> objects = new TreeMap<>();
  private final TreeMap<String, Upload> uploads = new TreeMap<>();

  Cloud(Location location, Clock clock) {
    this.location = location;
    this.clock = clock;
  }

  private boolean keepsVersions() {
    return location.type() != Location.Type.AZURE;
  }

  /** The current object of a key; empty if there is none or it is deleted. */
  public synchronized Optional<CloudObject> object(String key) {
    List<CloudObject> versions = versions(key);
    return versions.isEmpty() || versions.get(versions.size() - 1).isDeleteMarker()
        ? Optional.empty()
        : Optional.of(versions.get(versions.size() - 1));
  }

  /** The current object of a bucket and key of CloudServer. */
  public Optional<CloudObject> object(String bucket, String key) {
    return object(keyOf(bucket, key));
  }

  /** A version of an object; the current one if the id is empty. */
  public synchronized Optional<CloudObject> version(String key, String versionId) {
    return versionId.isEmpty()
        ? object(key)
        : versions(key).stream().filter(v -> v.versionId().equals(versionId)).findFirst();
  }

  /** All versions of a key, the oldest first. */
  public synchronized List<CloudObject> versions(String key) {
    return List.copyOf(objects.getOrDefault(key, List.of()));
  }

  /** The keys that have a current object. */
  public synchronized Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    objects.keySet().stream().filter(key -> object(key).isPresent()).forEach(keys::add);
    return keys;
  }

  /** The ids of the uploads that were neither completed nor aborted, and their keys. */
  public synchronized Map<String, String> openUploads() {
    Map<String, String> open = new TreeMap<>();
    uploads.forEach((id, upload) -> open.put(id, upload.key()));
    return open;
  }

  /** The numbers of the parts that an open upload has. */
  public synchronized Set<Integer> parts(String uploadId) {
    Upload upload = uploads.get(uploadId);
    return upload == null ? Set.of() : Set.copyOf(upload.parts().keySet());
  }

  /** The name that an object of CloudServer has in a cloud. */
  static String keyOf(String bucket, String key) {
    return bucket + '/' + key;
  }

  synchronized CloudObject put(String key, Blob blob, Attributes attributes) {
    return add(
        new CloudObject(
            key,
            newVersionId(),
            blob,
            attributes.headers(),
            attributes.userMetadata(),
            attributes.tags(),
            clock.instant(),
            false));
  }

  private CloudObject add(CloudObject object) {
    List<CloudObject> versions = objects.computeIfAbsent(object.key(), key -> new ArrayList<>());
    if (!keepsVersions()) {
      versions.forEach(old -> old.blob().delete());
      versions.clear();
    }
    versions.add(object);
    return object;
  }

  private String newVersionId() {
    return keepsVersions() ? UUID.randomUUID().toString().replace("-", "") : "";
  }

  /** Deletes a key as a client does: with versions, a delete marker comes over them. */
  synchronized void delete(String key) {
    if (keepsVersions()) {
      Blob nothing = new Blob.Joined(List.of(), "d41d8cd98f00b204e9800998ecf8427e");
      Map<String, String> none = Map.of();
      add(new CloudObject(key, newVersionId(), nothing, none, none, none, clock.instant(), true));
    } else {
      deleteVersion(key, "");
    }
  }

  /** Removes a version for good, or the object if the id is empty. */
  synchronized boolean deleteVersion(String key, String versionId) {
    Optional<CloudObject> version = version(key, versionId);
    version.ifPresent(
        object -> {
          List<CloudObject> rest = objects.getOrDefault(key, new ArrayList<>());
          rest.remove(object);
          if (rest.isEmpty()) {
            objects.remove(key);
          }
          object.blob().delete();
        });
    return version.isPresent();
  }

  /** Sets the tags of a version; false if it is not there. */
  synchronized boolean tag(String key, String versionId, Map<String, String> tags) {
    Optional<CloudObject> version = version(key, versionId);
    version.ifPresent(
        object ->
            objects
                .getOrDefault(key, List.of())
                .replaceAll(v -> v == object ? v.withTags(tags) : v));
    return version.isPresent();
  }

  synchronized String initiate(String key, Attributes attributes) {
    String id = UUID.randomUUID().toString().replace("-", "");
    uploads.put(id, new Upload(key, attributes, new TreeMap<>()));
    return id;
  }

  /**
   * Azure knows no uploads, only blocks: the id is the client's, and its first part begins it
   * ("multiple-backend task", multipart).
   */
  private Upload upload(String key, String uploadId) {
    if (!keepsVersions()) {
      return uploads.computeIfAbsent(
          uploadId, id -> new Upload(key, Attributes.NONE, new TreeMap<>()));
    }
    Upload upload = uploads.get(uploadId);
    if (upload == null || !upload.key().equals(key)) {
      throw StandInException.of("NoSuchUpload");
    }
    return upload;
  }

  synchronized void putPart(String key, String uploadId, int number, Blob part) {
    Blob before = upload(key, uploadId).parts().put(number, part);
    if (before != null) {
      before.delete();
    }
  }

  /** Fails as the upload of a part would, before its bytes are read. */
  synchronized void requireUpload(String key, String uploadId) {
    if (keepsVersions()) {
      upload(key, uploadId);
    }
  }

  /**
   * Makes an object of parts.
   *
   * @param numbers of the parts, in order
   * @param etags what the client says of each; empty where it says nothing
   */
  synchronized CloudObject complete(
      String key, String uploadId, List<Integer> numbers, List<String> etags, Attributes late) {
    Upload upload = upload(key, uploadId);
    List<Blob> parts = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Blob part = upload.parts().get(numbers.get(i));
      String etag = etags.get(i).replace("\"", "");
      if (part == null || (!etag.isEmpty() && !etag.equals(part.md5()))) {
        throw StandInException.of("InvalidPart");
      }
      if (i > 0 && numbers.get(i) <= numbers.get(i - 1)) {
        throw StandInException.of("InvalidPartOrder");
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw StandInException.of("InvalidPart");
    }
    uploads.remove(uploadId);
    upload.parts().forEach((n, part) -> deleteUnless(numbers.contains(n), part));
    String md5 = Digests.ofParts(parts.stream().map(Blob::md5).toList());
    Attributes attributes =
        upload.attributes().equals(Attributes.NONE) ? late : upload.attributes();
    return put(key, new Blob.Joined(parts, md5), attributes);
  }

  private static void deleteUnless(boolean used, Blob part) {
    if (!used) {
      part.delete();
    }
  }

  synchronized void abort(String key, String uploadId) {
    if (keepsVersions() || uploads.containsKey(uploadId)) {
      upload(key, uploadId).parts().values().forEach(Blob::delete);
    }
    uploads.remove(uploadId);
  }
}
