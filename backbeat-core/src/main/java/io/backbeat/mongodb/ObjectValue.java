package io.backbeat.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What the value of an object document says, read liberally. Pure. */
final class ObjectValue {
  static final String FIELD = "value";
  static final String REPLICATION_INFO = "replicationInfo";
  static final String STATUS = "status";

  private static final String PENDING = "PENDING";

  private ObjectValue() {}

  /** The value of a document, or null if it has none that is an object. */
  static @Nullable BsonDocument of(BsonDocument document) {
    return document.isDocument(FIELD) ? document.getDocument(FIELD) : null;
  }

  /** Whether the document is there: neither about to be removed, nor a place-holder. */
  static boolean isPresent(BsonDocument value) {
    return !isTrue(value, "deleted") && !isTrue(value, "isPHD");
  }

  static boolean isNull(BsonDocument value) {
    return isTrue(value, "isNull");
  }

  static boolean isDeleteMarker(BsonDocument value) {
    return isTrue(value, "isDeleteMarker");
  }

  static boolean isTrue(BsonDocument value, String member) {
    return value.isBoolean(member) && value.getBoolean(member).getValue();
  }

  /** The decoded version id; empty without one. */
  static String versionId(BsonDocument value) {
    return value.isString("versionId") ? value.getString("versionId").getValue() : "";
  }

  /** The replicationInfo, or an empty document. */
  static BsonDocument replicationInfo(BsonDocument value) {
    return value.isDocument(REPLICATION_INFO)
        ? value.getDocument(REPLICATION_INFO)
        : new BsonDocument();
  }

  static boolean isPending(BsonDocument replicationInfo) {
    return isPendingStatus(replicationInfo.get(STATUS));
  }

  static boolean isPendingStatus(@Nullable BsonValue status) {
    return status != null && status.isString() && status.asString().getValue().equals(PENDING);
  }

  /**
   * Whether a master only repeats a version that has a document of its own: in a versioned bucket
   * not served by NFS, where the version is no null version.
   */
  static boolean repeatsVersion(String logKey, BsonDocument value) {
    return KeyFormat.isMaster(logKey)
        && !versionId(value).isEmpty()
        && !isNull(value)
        && !isTrue(replicationInfo(value), "isNFS");
  }
}
