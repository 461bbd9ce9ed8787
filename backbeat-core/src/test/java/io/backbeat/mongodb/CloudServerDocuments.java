package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Writes documents as CloudServer does. */
final class CloudServerDocuments {
  private final MongoDatabase database;

  CloudServerDocuments(MongoDatabase database) {
    this.database = database;
  }

  MongoDatabase database() {
    return database;
  }

  MongoCollection<BsonDocument> collection(String name) {
    return database.getCollection(name, BsonDocument.class);
  }

  /** Enters a bucket in the list of buckets. */
  void bucket(String name, String vFormat) {
    collection("__metastore")
        .insertOne(
            new BsonDocument("_id", new BsonString(name))
                .append("value", new BsonDocument("name", new BsonString(name)))
                .append("vFormat", new BsonString(vFormat)));
  }

  /** Puts a document. */
  void put(String bucket, String id, BsonDocument value) {
    collection(bucket)
        .updateOne(
            eq(id),
            Updates.combine(Updates.set("_id", id), Updates.set("value", value)),
            new UpdateOptions().upsert(true));
  }

  void put(String bucket, String id, String json) {
    put(bucket, id, BsonDocument.parse(json));
  }

  /** Deletes a document, marking it first. */
  void delete(String bucket, String id) {
    BsonDocument value = value(bucket, id).orElseThrow().clone();
    value.put("deleted", org.bson.BsonBoolean.TRUE);
    put(bucket, id, value);
    collection(bucket).deleteOne(eq(id));
  }

  Optional<BsonDocument> document(String bucket, String id) {
    return Optional.ofNullable(collection(bucket).find(eq(id)).first());
  }

  Optional<BsonDocument> value(String bucket, String id) {
    return document(bucket, id).map(document -> document.getDocument("value"));
  }
}
