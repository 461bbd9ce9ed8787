package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Sorts;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import io.backbeat.log.MetadataJournal.JournaledObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the objects of a bucket. MongoDB orders ids by their UTF-8 bytes. */
final class ObjectLister {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectLister.class);
  private static final Comparator<String> UTF_8_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final MongoConnection mongo;
  private final BucketFormats formats;

  ObjectLister(MongoConnection mongo, BucketFormats formats) {
    this.mongo = mongo;
    this.formats = formats;
  }

  /** The names of buckets behind one. */
  List<String> buckets(String after, int limit) {
    return mongo.metadata().listCollectionNames().into(new ArrayList<>()).stream()
        .filter(BucketNames::isBucket)
        .filter(name -> UTF_8_ORDER.compare(name, after) > 0)
        .sorted(UTF_8_ORDER)
        .limit(limit)
        .toList();
  }

  /** All versions of the first keys behind one that begin with a prefix. */
  List<JournaledObject> list(String bucket, String prefix, String after, int limit) {
    KeyFormat format = formats.of(bucket);
    TreeMap<String, List<JournaledObject>> byKey = new TreeMap<>(UTF_8_ORDER);
    String master = later(format.behindMaster(after), format.masterId(prefix));
    read(bucket, format, range(master, format.behindMasters()), prefix, limit, byKey);
    if (format.keepsMastersApart()) {
      Map<String, List<JournaledObject>> versions = new TreeMap<>(UTF_8_ORDER);
      String version = later(format.behindVersions(after), format.firstVersionOf(prefix));
      Bson range = range(version, format.behindAllVersions());
      read(bucket, format, range, prefix, limit, versions);
      versions.forEach(
          (key, objects) -> byKey.computeIfAbsent(key, k -> new ArrayList<>()).addAll(objects));
    }
    List<JournaledObject> page = new ArrayList<>();
    byKey.values().stream()
        .limit(limit)
        .forEach(
            objects -> {
              objects.sort(Comparator.comparing(object -> object.object().versionId()));
              page.addAll(objects);
            });
    return page;
  }

  private static String later(String one, String other) {
    return UTF_8_ORDER.compare(one, other) < 0 ? other : one;
  }

  private static Bson range(String from, String to) {
    return to.isEmpty() ? gte("_id", from) : and(gte("_id", from), lt("_id", to));
  }

  /** Reads documents until they are of more keys than wanted, or of keys without the prefix. */
  private void read(
      String bucket,
      KeyFormat format,
      Bson range,
      String prefix,
      int limit,
      Map<String, List<JournaledObject>> byKey) {
    try (MongoCursor<BsonDocument> documents =
        mongo.metadata(bucket).find(range).sort(Sorts.ascending("_id")).cursor()) {
      while (documents.hasNext()) {
        BsonDocument document = documents.next();
        BsonDocument value = ObjectValue.of(document);
        String logKey = format.logKey(document.getString("_id").getValue());
        if (!logKey.startsWith(prefix)) {
          return;
        }
        if (value == null
            || !ObjectValue.isPresent(value)
            || ObjectValue.repeatsVersion(logKey, value)) {
          continue;
        }
        String key = KeyFormat.objectKey(logKey);
        if (byKey.size() == limit && !byKey.containsKey(key)) {
          return;
        }
        add(bucket, logKey, value, byKey);
      }
    }
  }

  private static void add(
      String bucket, String logKey, BsonDocument value, Map<String, List<JournaledObject>> byKey) {
    String key = KeyFormat.objectKey(logKey);
    try {
      byte[] json = BsonJson.toJson(value);
      ObjectMetadata metadata = ObjectMetadata.parse(json);
      String told = metadata.encodedVersionId();
      String stored = KeyFormat.decodedVersion(logKey);
      String version = told.isEmpty() && !stored.isEmpty() ? VersionId.encode(stored) : told;
      byKey
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(
              new JournaledObject(
                  new ObjectVersion(bucket, key, version),
                  metadata.revision(),
                  new String(json, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      LOG.warn("{}/{} is left out of the list: {}", bucket, key, e.getMessage());
    }
  }
}
