package io.backbeat.mongodb;

import com.mongodb.client.MongoCollection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonDocument;

/**
 * A collection of the own database, whose indexes are made before it is first used. Thread-safe;
 * threads that use it first at the same time make the same indexes, which hurts nobody.
 */
final class OwnCollection {
  private final MongoConnection mongo;
  private final String name;
  private final Consumer<MongoCollection<BsonDocument>> indexes;
  private volatile boolean indexed;

  OwnCollection(
      MongoConnection mongo, String name, Consumer<MongoCollection<BsonDocument>> indexes) {
    this.mongo = mongo;
    this.name = name;
    this.indexes = indexes;
  }

  /** What a call on the collection returns; its errors are those of {@link MongoErrors}. */
  <T> T call(Function<MongoCollection<BsonDocument>, T> call) {
    return mongo
        .errors()
        .call(
            () -> {
              MongoCollection<BsonDocument> collection = mongo.own(name);
              if (!indexed) {
                indexes.accept(collection);
                indexed = true;
              }
              return call.apply(collection);
            });
  }
}
