package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static io.backbeat.mongodb.Conditions.and;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** Finds the documents of object versions. Throws what the driver throws. */
final class ObjectDocuments {
  private static final int IDS_AT_ONCE = 1_000;

  private final MongoConnection mongo;
  private final BucketFormats formats;

  ObjectDocuments(MongoConnection mongo, BucketFormats formats) {
    this.mongo = mongo;
    this.formats = formats;
  }

  /** The versions that are there. One query per bucket and thousand documents. */
  Map<ObjectVersion, StoredObject> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, StoredObject> found = new HashMap<>();
    Map<String, List<ObjectVersion>> byBucket =
        objects.stream()
            .filter(object -> BucketNames.isBucket(object.bucket()))
            .distinct()
            .collect(
                Collectors.groupingBy(
                    ObjectVersion::bucket, LinkedHashMap::new, Collectors.toList()));
    byBucket.forEach((bucket, wanted) -> find(bucket, wanted, found));
    return found;
  }

  private void find(
      String bucket, List<ObjectVersion> wanted, Map<ObjectVersion, StoredObject> found) {
    KeyFormat format = formats.of(bucket);
    List<String> ids = new ArrayList<>(wanted.size() * 2);
    for (ObjectVersion object : wanted) {
      ids.add(format.masterId(object.key()));
      idOfVersion(format, object).ifPresent(ids::add);
    }
    Map<String, BsonDocument> values = values(bucket, ids.stream().distinct().toList());
    for (ObjectVersion object : wanted) {
      stored(bucket, format, object, values).ifPresent(stored -> found.put(object, stored));
    }
  }

  /** The id of a version's own document, if it can be told from its name and is not the master. */
  private static Optional<String> idOfVersion(KeyFormat format, ObjectVersion object) {
    if (object.versionId().isEmpty() || isNullVersion(object)) {
      return Optional.empty();
    }
    try {
      return Optional.of(format.idOf(object));
    } catch (IllegalArgumentException noVersionId) {
      return Optional.empty();
    }
  }

  private static boolean isNullVersion(ObjectVersion object) {
    return object.versionId().equals(ObjectMetadata.NULL_VERSION);
  }

  /** Values by document id, of those documents that are there. */
  Map<String, BsonDocument> values(String bucket, List<String> ids) {
    Map<String, BsonDocument> values = new HashMap<>();
    for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
      byId(bucket, some)
          .forEach(
              (id, document) -> {
                BsonDocument value = ObjectValue.of(document);
                if (value != null && ObjectValue.isPresent(value)) {
                  values.put(id, value);
                }
              });
    }
    return values;
  }

  /** Documents as they are, by id. */
  Map<String, BsonDocument> byId(String bucket, List<String> ids) {
    Map<String, BsonDocument> documents = new HashMap<>();
    for (BsonDocument document : find(bucket, in("_id", ids))) {
      documents.put(document.getString("_id").getValue(), document);
    }
    return documents;
  }

  private Iterable<BsonDocument> find(String bucket, Bson filter) {
    return mongo.metadata(bucket).find(filter);
  }

  private Optional<StoredObject> stored(
      String bucket, KeyFormat format, ObjectVersion object, Map<String, BsonDocument> values) {
    String masterId = format.masterId(object.key());
    Optional<BsonDocument> master = Optional.ofNullable(values.get(masterId));
    if (object.versionId().isEmpty()) {
      return master
          .filter(value -> ObjectValue.versionId(value).isEmpty() && !ObjectValue.isNull(value))
          .map(value -> new StoredObject(masterId, value, Optional.empty()));
    }
    if (isNullVersion(object)) {
      return master
          .filter(ObjectValue::isNull)
          .map(value -> new StoredObject(masterId, value, Optional.empty()))
          .or(() -> nullVersion(bucket, format, object.key()));
    }
    Optional<String> id = idOfVersion(format, object);
    return id.map(values::get)
        .map(
            value ->
                new StoredObject(
                    id.get(),
                    value,
                    master
                        .filter(m -> !ObjectValue.isNull(m))
                        .filter(m -> id.get().equals(masterVersion(format, object.key(), m)))
                        .map(m -> new StoredObject.Master(masterId, m))));
  }

  private static String masterVersion(KeyFormat format, String key, BsonDocument master) {
    return format.versionId(key, ObjectValue.versionId(master));
  }

  /** A null version that is not the latest has a document among the versions of its key. */
  private Optional<StoredObject> nullVersion(String bucket, KeyFormat format, String key) {
    for (BsonDocument document :
        find(
            bucket,
            and(
                gte("_id", format.firstVersion(key)),
                lt("_id", format.behindVersions(key)),
                eq("value.isNull", true)))) {
      BsonDocument value = ObjectValue.of(document);
      if (value != null && ObjectValue.isPresent(value)) {
        String id = document.getString("_id").getValue();
        return Optional.of(new StoredObject(id, value, Optional.empty()));
      }
    }
    return Optional.empty();
  }
}
