package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import java.util.Arrays;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * Writes and removes object documents of one bucket in CloudServer's form, within a transaction.
 *
 * <p>A version has a document of its own; the newest one also has the master. A master that is an
 * unversioned object or the null version stays the master: that version has no other document.
 */
final class JournalWrites {
  private static final UpdateOptions OR_INSERT = new UpdateOptions().upsert(true);

  private final ClientSession session;
  private final MongoCollection<BsonDocument> bucket;
  private final KeyFormat format;

  JournalWrites(ClientSession session, MongoCollection<BsonDocument> bucket, KeyFormat format) {
    this.session = session;
    this.bucket = bucket;
    this.format = format;
  }

  void put(ObjectVersion object, BsonDocument value) {
    String key = object.key();
    if (object.versionId().isEmpty()) {
      set(format.masterId(key), value);
    } else if (isNullVersion(object)) {
      bucket.deleteMany(session, nullVersionAmongOthers(key));
      set(format.masterId(key), value);
    } else {
      set(format.idOf(object), value);
      putMaster(key, format.idOf(object), value);
    }
  }

  private void putMaster(String key, String versionId, BsonDocument value) {
    String masterId = format.masterId(key);
    BsonDocument document = bucket.find(session, eq(masterId)).first();
    BsonDocument master = document == null ? null : ObjectValue.of(document);
    if (master != null) {
      boolean hasNoOtherDocument =
          ObjectValue.versionId(master).isEmpty() || ObjectValue.isNull(master);
      boolean isNewer =
          format.versionId(key, ObjectValue.versionId(master)).compareTo(versionId) < 0;
      if (ObjectValue.isPresent(master) && (hasNoOtherDocument || isNewer)) {
        return;
      }
    }
    setMaster(masterId, value);
  }

  private void setMaster(String masterId, BsonDocument value) {
    if (format.keepsMastersApart() && ObjectValue.isDeleteMarker(value)) {
      bucket.deleteOne(session, eq(masterId));
    } else {
      set(masterId, value);
    }
  }

  void delete(ObjectVersion object) {
    String key = object.key();
    String masterId = format.masterId(key);
    if (object.versionId().isEmpty()) {
      bucket.deleteOne(
          session,
          and(
              eq(masterId),
              in("value.versionId", Arrays.asList(BsonNull.VALUE, new BsonString(""))),
              ne("value.isNull", true)));
    } else if (isNullVersion(object)) {
      bucket.deleteOne(session, and(eq(masterId), eq("value.isNull", true)));
      bucket.deleteMany(session, nullVersionAmongOthers(key));
    } else {
      deleteVersion(key, masterId, format.idOf(object));
    }
  }

  private void deleteVersion(String key, String masterId, String versionId) {
    if (bucket.deleteOne(session, eq(versionId)).getDeletedCount() == 0) {
      return;
    }
    BsonDocument document = bucket.find(session, eq(masterId)).first();
    BsonDocument master = document == null ? null : ObjectValue.of(document);
    if (master == null
        || ObjectValue.isNull(master)
        || !format.versionId(key, ObjectValue.versionId(master)).equals(versionId)) {
      return;
    }
    BsonDocument newest =
        bucket.find(session, versionsOf(key)).sort(Sorts.ascending("_id")).first();
    BsonDocument value = newest == null ? null : ObjectValue.of(newest);
    if (value == null) {
      bucket.deleteOne(session, eq(masterId));
    } else {
      setMaster(masterId, value);
    }
  }

  private void set(String id, BsonDocument value) {
    bucket.updateOne(session, eq(id), Updates.set(ObjectValue.FIELD, value), OR_INSERT);
  }

  private Bson versionsOf(String key) {
    return and(gte("_id", format.firstVersion(key)), lt("_id", format.behindVersions(key)));
  }

  private Bson nullVersionAmongOthers(String key) {
    return and(versionsOf(key), eq("value.isNull", true));
  }

  private static boolean isNullVersion(ObjectVersion object) {
    return object.versionId().equals(ObjectMetadata.NULL_VERSION);
  }
}
