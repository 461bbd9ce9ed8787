package io.backbeat.testing;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.List;

/**
 * One change.
 *
 * @param time orders events; the seconds in the upper half
 * @param operation as change streams name it
 * @param before the document before; null for an insert
 * @param after the document after; null for a delete
 * @param fields what an update changed
 */
record ChangeEvent(
    long time,
    String operation,
    String database,
    String collection,
    Object id,
    Document before,
    Document after,
    UpdatedFields fields) {
  private static final UpdatedFields NONE = new UpdatedFields(false, new Document(), List.of());

  static ChangeEvent insert(ReplicaCollection where, Document after) {
    return of(where, "insert", null, after, NONE);
  }

  static ChangeEvent update(
      ReplicaCollection where, Document before, Document after, UpdatedFields fields) {
    return of(where, fields.replace() ? "replace" : "update", before, after, fields);
  }

  static ChangeEvent delete(ReplicaCollection where, Document before) {
    return of(where, "delete", before, null, NONE);
  }

  private static ChangeEvent of(
      ReplicaCollection where,
      String operation,
      Document before,
      Document after,
      UpdatedFields fields) {
    return new ChangeEvent(
        0,
        operation,
        where.getDatabase().getDatabaseName(),
        where.getCollectionName(),
        (after == null ? before : after).get("_id"),
        before,
        after,
        fields);
  }

  ChangeEvent at(long when) {
    return new ChangeEvent(when, operation, database, collection, id, before, after, fields);
  }

  static Document token(long time) {
    return new Document("_data", String.format("%016x", time));
  }

  /** The document of a stream, with the full document as the stream wants it. */
  Document document(Object fullDocument) {
    Document event =
        new Document("_id", token(time))
            .append("operationType", operation)
            .append("clusterTime", new BsonTimestamp(time))
            .append("wallTime", Instant.ofEpochSecond(time >>> 32))
            .append("ns", new Document("db", database).append("coll", collection))
            .append("documentKey", new Document("_id", id));
    if (fullDocument != null) {
      event.append("fullDocument", fullDocument);
    }
    if (operation.equals("update")) {
      event.append(
          "updateDescription",
          new Document("updatedFields", fields.updated())
              .append("removedFields", fields.removed())
              .append("truncatedArrays", List.of()));
    }
    return event;
  }
}
