package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.VersionIdGenerator;
import io.backbeat.testing.cloudserver.BucketAttributes.Versioning;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The versions of objects and their masters ("MongoDB layout"): which documents a write makes. One
 * difference: a master that lost its version is repaired at once, not after 15 seconds.
 */
final class Versions {
  private static final int STRIPES = 256;
  private static final String VERSION_ID = "versionId";
  private static final String NULL_VERSION_ID = "nullVersionId";
  private static final String IS_NULL = "isNull";

  private final Documents documents;
  private final MetadataFeed feed;
  private final VersionIdGenerator ids;
  private final String lastId;
  private final Object[] locks = new Object[STRIPES];

  Versions(Documents documents, MetadataFeed feed, VersionIdGenerator ids, String group) {
    this.documents = documents;
    this.feed = feed;
    this.ids = ids;
    this.lastId = "9".repeat(20) + group + " ".repeat(7 - group.length());
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new Object();
    }
  }

  /** Does something while nobody else reads or writes a key. */
  <T> T locked(String bucket, String key, Supplier<T> action) {
    synchronized (locks[Math.floorMod(31 * bucket.hashCode() + key.hashCode(), STRIPES)]) {
      return action.get();
    }
  }

  /**
   * A version, delete markers too.
   *
   * @param version decoded, {@code null}, or empty for the latest
   */
  Optional<ObjectNode> find(BucketAttributes bucket, String key, Optional<String> version) {
    return locked(
        bucket.name(),
        key,
        () -> {
          if (version.isEmpty()) {
            return latest(bucket, key);
          }
          return version.get().equals(VersionIds.NULL)
              ? nullVersion(bucket, key)
              : document(bucket, bucket.layout().version(key, version.get()))
                  .or(() -> masterOf(bucket, key, version.get()));
        });
  }

  private Optional<ObjectNode> document(BucketAttributes bucket, String id) {
    return documents
        .find(bucket.name(), id)
        .map(JsonText::parse)
        .filter(value -> !value.path("isPHD").asBoolean());
  }

  private Optional<ObjectNode> master(BucketAttributes bucket, String key) {
    return document(bucket, bucket.layout().master(key));
  }

  private Optional<ObjectNode> masterOf(BucketAttributes bucket, String key, String versionId) {
    return master(bucket, key).filter(value -> idOf(value).equals(versionId));
  }

  private Optional<ObjectNode> latest(BucketAttributes bucket, String key) {
    return master(bucket, key).or(() -> newest(bucket, key));
  }

  private Optional<ObjectNode> newest(BucketAttributes bucket, String key) {
    KeyLayout layout = bucket.layout();
    List<Documents.Document> first =
        documents.range(bucket.name(), layout.versionsFrom(key), layout.versionsTo(key), 1);
    return first.stream().findFirst().map(document -> JsonText.parse(document.json()));
  }

  private Optional<ObjectNode> nullVersion(BucketAttributes bucket, String key) {
    Optional<ObjectNode> latest = latest(bucket, key);
    if (latest.isEmpty() || isNullVersion(latest.get())) {
      return latest;
    }
    KeyLayout layout = bucket.layout();
    return documents
        .range(bucket.name(), layout.versionsFrom(key), layout.versionsTo(key), 10_000)
        .stream()
        .map(document -> JsonText.parse(document.json()))
        .filter(value -> value.path(IS_NULL).asBoolean())
        .findFirst();
  }

  static boolean isNullVersion(ObjectNode value) {
    return value.path(IS_NULL).asBoolean() || idOf(value).isEmpty();
  }

  static String idOf(ObjectNode value) {
    return value.path(VERSION_ID).asText();
  }

  /** A new version id. */
  String nextId() {
    return ids.next();
  }

  /**
   * Writes an object or a delete marker as a client does, who does not say which version.
   *
   * @param value gets its version id
   * @return the version that is there no more
   */
  Optional<ObjectNode> write(BucketAttributes bucket, String key, ObjectNode value) {
    return locked(
        bucket.name(),
        key,
        () ->
            switch (bucket.versioning()) {
              case NONE -> {
                Optional<ObjectNode> replaced = master(bucket, key);
                put(bucket, bucket.layout().master(key), feed.written(bucket.name(), value));
                yield replaced;
              }
              case ENABLED -> {
                keepNullVersion(bucket, key, value);
                value.put(VERSION_ID, ids.next());
                putLatest(bucket, key, feed.written(bucket.name(), value), value);
                yield Optional.empty();
              }
              case SUSPENDED -> writeNullVersion(bucket, key, value);
            });
  }

  /** The null version stays under its own id when a version comes over it. */
  private void keepNullVersion(BucketAttributes bucket, String key, ObjectNode value) {
    Optional<ObjectNode> before = latest(bucket, key);
    if (before.isEmpty()) {
      return;
    }
    ObjectNode old = before.get();
    if (isNullVersion(old)) {
      String id = idOf(old).isEmpty() ? lastId : idOf(old);
      old.put(VERSION_ID, id).put(IS_NULL, true);
      put(bucket, bucket.layout().version(key, id), old.toString());
      value.put(NULL_VERSION_ID, id);
    } else if (old.has(NULL_VERSION_ID)) {
      value.set(NULL_VERSION_ID, old.get(NULL_VERSION_ID));
    }
  }

  private Optional<ObjectNode> writeNullVersion(
      BucketAttributes bucket, String key, ObjectNode value) {
    Optional<ObjectNode> replaced = nullVersion(bucket, key);
    replaced
        .map(old -> bucket.layout().version(key, idOf(old)))
        .ifPresent(id -> documents.remove(bucket.name(), id));
    value.put(IS_NULL, true).put(VERSION_ID, ids.next());
    value.remove(NULL_VERSION_ID);
    String json = feed.written(bucket.name(), value);
    if (isDeleteMarker(value)) {
      putLatest(bucket, key, json, value);
    } else {
      put(bucket, bucket.layout().master(key), json);
    }
    return replaced;
  }

  static boolean isDeleteMarker(ObjectNode value) {
    return value.path("isDeleteMarker").asBoolean();
  }

  /** Version first, then master; a delete marker has no master in v1. */
  private void putLatest(BucketAttributes bucket, String key, String json, ObjectNode value) {
    put(bucket, bucket.layout().version(key, idOf(value)), json);
    String master = bucket.layout().master(key);
    if (bucket.layout() == KeyLayout.V1 && isDeleteMarker(value)) {
      documents.remove(bucket.name(), master);
    } else {
      put(bucket, master, json);
    }
  }

  private void put(BucketAttributes bucket, String id, String json) {
    documents.put(bucket.name(), id, json);
  }

  /**
   * Changes a version that is there: its own document, and the master if that is the same version.
   *
   * @param client whether a client does it, or the internal routes
   */
  void update(BucketAttributes bucket, String key, ObjectNode value, boolean client) {
    locked(
        bucket.name(),
        key,
        () -> {
          String json = fed(bucket, value, client);
          String id = idOf(value);
          String own = bucket.layout().version(key, id);
          Optional<ObjectNode> master = master(bucket, key);
          boolean isMaster = master.filter(m -> idOf(m).equals(id)).isPresent();
          if (!id.isEmpty() && (!isMaster || documents.find(bucket.name(), own).isPresent())) {
            put(bucket, own, json);
          }
          if (isMaster) {
            put(bucket, bucket.layout().master(key), json);
          }
          return true;
        });
  }

  private String fed(BucketAttributes bucket, ObjectNode value, boolean client) {
    boolean queued = value.path("replicationInfo").path("status").asText().equals("PENDING");
    return client || queued ? feed.written(bucket.name(), value) : value.toString();
  }

  /**
   * Writes a version by its id, as the internal routes do: its own document, and the master unless
   * that is newer ("MongoDB layout", put with a version id).
   */
  void putVersion(BucketAttributes bucket, String key, ObjectNode value) {
    locked(
        bucket.name(),
        key,
        () -> {
          Optional<ObjectNode> latest = latest(bucket, key);
          String json = fed(bucket, value, false);
          if (latest.isEmpty() || idOf(latest.get()).compareTo(idOf(value)) >= 0) {
            putLatest(bucket, key, json, value);
          } else {
            put(bucket, bucket.layout().version(key, idOf(value)), json);
          }
          return true;
        });
  }

  /** Writes the master and nothing else ("MongoDB layout", put without options). */
  void putMaster(BucketAttributes bucket, String key, ObjectNode value) {
    locked(
        bucket.name(),
        key,
        () -> {
          put(bucket, bucket.layout().master(key), fed(bucket, value, false));
          return true;
        });
  }

  /**
   * Removes a version.
   *
   * @param version decoded, {@code null}, or empty for an object without versions
   * @return what was removed
   */
  Optional<ObjectNode> remove(
      BucketAttributes bucket, String key, Optional<String> version, String originOp) {
    return locked(
        bucket.name(),
        key,
        () -> {
          Optional<ObjectNode> found = find(bucket, key, version);
          found.ifPresent(value -> remove(bucket, key, value, originOp));
          return found;
        });
  }

  private void remove(BucketAttributes bucket, String key, ObjectNode value, String originOp) {
    String master = bucket.layout().master(key);
    String own = bucket.layout().version(key, idOf(value));
    boolean hasOwn = documents.find(bucket.name(), own).isPresent();
    Optional<ObjectNode> stored = master(bucket, key);
    boolean isMaster = stored.map(m -> idOf(m).equals(idOf(value))).orElse(hasOwn);
    if (bucket.marksRemovals()) {
      ObjectNode marked = value.deepCopy().put("deleted", true).put("originOp", originOp);
      put(bucket, hasOwn ? own : master, marked.toString());
    }
    if (hasOwn) {
      documents.remove(bucket.name(), own);
    }
    if (isMaster) {
      repairMaster(bucket, key, stored.isPresent() && bucket.versioning() != Versioning.NONE);
    }
    feed.removed(bucket.name(), value);
  }

  private void repairMaster(BucketAttributes bucket, String key, boolean withPlaceHolder) {
    String master = bucket.layout().master(key);
    Optional<ObjectNode> newest = newest(bucket, key);
    boolean noMaster =
        newest.isEmpty() || (bucket.layout() == KeyLayout.V1 && isDeleteMarker(newest.get()));
    if (noMaster) {
      documents.remove(bucket.name(), master);
      return;
    }
    if (withPlaceHolder) {
      ObjectNode placeHolder = JsonText.object().put("isPHD", true).put(VERSION_ID, ids.next());
      put(bucket, master, placeHolder.toString());
    }
    put(bucket, master, newest.get().toString());
  }

  /** What a bucket holds, in the order of ids. */
  Documents documents() {
    return documents;
  }
}
