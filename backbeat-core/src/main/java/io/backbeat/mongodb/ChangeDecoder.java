package io.backbeat.mongodb;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Says what an event of the change stream means for the journal. Pure. */
final class ChangeDecoder {
  private static final Set<String> STATUS_FIELDS =
      Set.of("value.replicationInfo", "value.originOp");

  /** What an event means. */
  sealed interface Meaning {
    /** No state of an object that anybody needs. */
    record Nothing() implements Meaning {}

    /** A document has this value now. */
    record Put(String bucket, String id, BsonDocument value) implements Meaning {}

    /** Parts of a document changed; what it is now must be looked up. */
    record LookUp(String bucket, String id) implements Meaning {}

    /** A document is gone. */
    record Delete(String bucket, String id) implements Meaning {}

    /** A document that is no object. */
    record Unreadable(String bucket, String id, BsonDocument document, String reason)
        implements Meaning {}

    /** Documents came without events of their own: a collection got the name of a bucket. */
    record ListAgain(String reason) implements Meaning {}

    /** The last event of a stream whose database was dropped; a new one starts behind it. */
    record Ended() implements Meaning {}
  }

  private static final Meaning NOTHING = new Meaning.Nothing();

  private ChangeDecoder() {}

  static Meaning decode(BsonDocument event) {
    String operation =
        event.isString("operationType") ? event.getString("operationType").getValue() : "";
    BsonDocument namespace = document(event, "ns");
    String bucket = namespace.isString("coll") ? namespace.getString("coll").getValue() : "";
    if (operation.equals("rename")) {
      return renamed(event);
    }
    if (operation.equals("invalidate")) {
      return new Meaning.Ended();
    }
    if (bucket.isEmpty() || !BucketNames.isBucket(bucket)) {
      return NOTHING;
    }
    BsonDocument key = document(event, "documentKey");
    return switch (operation) {
      case "insert", "replace", "update", "delete" -> {
        if (!key.isString("_id")) {
          yield new Meaning.Unreadable(
              bucket, "", event, "_id must be a text, is " + key.get("_id"));
        }
        yield decode(operation, bucket, key.getString("_id").getValue(), event);
      }
      default -> NOTHING;
    };
  }

  private static Meaning decode(String operation, String bucket, String id, BsonDocument event) {
    return switch (operation) {
      case "delete" -> new Meaning.Delete(bucket, id);
      case "update" -> updated(bucket, id, document(event, "updateDescription"));
      default -> put(bucket, id, document(event, "fullDocument"));
    };
  }

  /** The meaning of a document as it is now. */
  static Meaning put(String bucket, String id, BsonDocument document) {
    BsonDocument value = ObjectValue.of(document);
    if (value == null) {
      return new Meaning.Unreadable(
          bucket, id, document, "value must be an object, is " + described(document));
    }
    return put(bucket, id, value, NOTHING);
  }

  private static Meaning put(String bucket, String id, BsonDocument value, Meaning absent) {
    // The first write of a delete marks the document; the second one removes it.
    return ObjectValue.isTrue(value, "deleted") ? absent : new Meaning.Put(bucket, id, value);
  }

  private static String described(BsonDocument document) {
    BsonValue value = document.get(ObjectValue.FIELD);
    return value == null ? "missing" : "of type " + value.getBsonType();
  }

  private static Meaning updated(String bucket, String id, BsonDocument description) {
    BsonDocument fields = document(description, "updatedFields");
    BsonValue value = fields.get(ObjectValue.FIELD);
    if (value != null) {
      return value.isDocument()
          ? put(bucket, id, value.asDocument(), NOTHING)
          : put(bucket, id, fields);
    }
    boolean removesNothing =
        !description.isArray("removedFields") || description.getArray("removedFields").isEmpty();
    return removesNothing && isStatusWrite(fields) ? NOTHING : new Meaning.LookUp(bucket, id);
  }

  /** What Backbeat itself writes: statuses, and never that a version is to be queued. */
  private static boolean isStatusWrite(BsonDocument fields) {
    for (Map.Entry<String, BsonValue> field : fields.entrySet()) {
      if (field.getKey().startsWith("value.replicationInfo.")) {
        if (ObjectValue.isPendingStatus(field.getValue())) {
          return false;
        }
      } else if (!STATUS_FIELDS.contains(field.getKey())
          || (field.getValue().isDocument()
              && ObjectValue.isPending(field.getValue().asDocument()))) {
        return false;
      }
    }
    return !fields.isEmpty();
  }

  private static Meaning renamed(BsonDocument event) {
    BsonDocument to = document(event, "to");
    String name = to.isString("coll") ? to.getString("coll").getValue() : "";
    return !name.isEmpty() && BucketNames.isBucket(name)
        ? new Meaning.ListAgain("a collection was renamed to " + name)
        : NOTHING;
  }

  /** When the event happened, to the second. */
  static Instant time(BsonDocument event, Instant otherwise) {
    return event.isTimestamp("clusterTime")
        ? Instant.ofEpochSecond(event.getTimestamp("clusterTime").getTime())
        : otherwise;
  }

  private static BsonDocument document(BsonDocument in, String field) {
    return in.isDocument(field) ? in.getDocument(field) : new BsonDocument();
  }
}
