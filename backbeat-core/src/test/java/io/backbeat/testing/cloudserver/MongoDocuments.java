package io.backbeat.testing.cloudserver;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Documents in MongoDB, as CloudServer lays them out ("MongoDB layout"): {@code {_id, value}}, the
 * buckets in {@code __metastore}, the keys of tags escaped. Every put sets {@code _id} and {@code
 * value}, as in the recorded log entries.
 */
final class MongoDocuments implements Documents {
  private static final String METASTORE = "__metastore";
  private static final String VALUE = "value";
  private static final String TAGS = "tags";
  private static final JsonWriterSettings PLAIN =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private final MongoClient client;
  private final MongoDatabase database;

  MongoDocuments(String uri, String database) {
    this.client = MongoClients.create(uri);
    this.database = client.getDatabase(database);
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return database.getCollection(name, BsonDocument.class);
  }

  @Override
  public Map<String, BucketAttributes> buckets() {
    Map<String, BucketAttributes> buckets = new LinkedHashMap<>();
    for (BsonDocument document : collection(METASTORE).find()) {
      BsonString format = document.getString("vFormat", new BsonString("v0"));
      String name = document.getString("_id").getValue();
      buckets.put(
          name,
          new BucketAttributes(
              KeyLayout.of(format.getValue()),
              JsonText.parse(document.getDocument(VALUE).toJson(PLAIN))));
    }
    return buckets;
  }

  @Override
  public void putBucket(BucketAttributes bucket) {
    collection(METASTORE)
        .updateOne(
            eq(bucket.name()),
            Updates.combine(
                Updates.set("_id", bucket.name()),
                Updates.set(VALUE, BsonDocument.parse(bucket.json().toString())),
                Updates.set("vFormat", bucket.layout().vFormat())),
            new UpdateOptions().upsert(true));
  }

  @Override
  public void removeBucket(String bucket) {
    collection(METASTORE).deleteOne(eq(bucket));
    collection(bucket).drop();
  }

  @Override
  public Optional<String> find(String bucket, String id) {
    return Optional.ofNullable(collection(bucket).find(eq(id)).first()).map(MongoDocuments::json);
  }

  @Override
  public void put(String bucket, String id, String json) {
    collection(bucket)
        .updateOne(
            eq(id),
            Updates.combine(Updates.set("_id", id), Updates.set(VALUE, value(json))),
            new UpdateOptions().upsert(true));
  }

  @Override
  public void remove(String bucket, String id) {
    collection(bucket).deleteOne(eq(id));
  }

  @Override
  public List<Document> range(String bucket, String from, String to, int limit) {
    List<Document> documents = new ArrayList<>();
    for (BsonDocument document :
        collection(bucket)
            .find(and(gte("_id", from), lt("_id", to)))
            .sort(Sorts.ascending("_id"))
            .limit(limit)) {
      documents.add(new Document(document.getString("_id").getValue(), json(document)));
    }
    return documents;
  }

  private static BsonDocument value(String json) {
    ObjectNode metadata = JsonText.parse(json);
    return BsonDocument.parse(withTags(metadata, '.', '\uFF0E', '$', '\uFF04').toString());
  }

  private static String json(BsonDocument document) {
    ObjectNode value = JsonText.parse(document.getDocument(VALUE).toJson(PLAIN));
    return withTags(value, '\uFF0E', '.', '\uFF04', '$').toString();
  }

  private static ObjectNode withTags(
      ObjectNode metadata, char dot, char asDot, char dollar, char asDollar) {
    JsonNode tags = metadata.path(TAGS);
    if (!tags.isEmpty()) {
      ObjectNode renamed = JsonText.object();
      tags.properties()
          .forEach(
              tag ->
                  renamed.set(
                      tag.getKey().replace(dot, asDot).replace(dollar, asDollar), tag.getValue()));
      metadata.set(TAGS, renamed);
    }
    return metadata;
  }

  @Override
  public void close() {
    client.close();
  }
}
