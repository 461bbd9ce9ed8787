package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.backbeat.bulk.BulkTaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Bulk tasks, one document each in the collection {@code bulkTasks} of the own database. */
final class MongoBulkTasks implements BulkTaskStore {
  private static final String TASKS = "bulkTasks";
  private static final String ID = "_id";
  private static final String DOCUMENT = "document";
  private static final String REVISION = "revision";

  private final MongoConnection mongo;

  MongoBulkTasks(MongoConnection mongo) {
    this.mongo = mongo;
  }

  private MongoCollection<BsonDocument> tasks() {
    return mongo.own(TASKS);
  }

  @Override
  public List<Stored> list() {
    return mongo
        .errors()
        .call(() -> tasks().find().map(MongoBulkTasks::stored).into(new ArrayList<>()));
  }

  @Override
  public Optional<Stored> load(String id) {
    return mongo
        .errors()
        .call(() -> Optional.ofNullable(tasks().find(eq(id)).first()).map(MongoBulkTasks::stored));
  }

  private static Stored stored(BsonDocument task) {
    return new Stored(
        task.getString(ID).getValue(),
        task.getString(DOCUMENT).getValue(),
        task.getNumber(REVISION).longValue());
  }

  @Override
  public boolean compareAndSet(String id, long expectedRevision, String document) {
    return mongo
        .errors()
        .call(
            () ->
                expectedRevision == 0
                    ? insert(id, document)
                    : update(id, expectedRevision, document));
  }

  private boolean insert(String id, String document) {
    try {
      tasks()
          .insertOne(
              new BsonDocument(ID, new BsonString(id))
                  .append(DOCUMENT, new BsonString(document))
                  .append(REVISION, new BsonInt64(1)));
      return true;
    } catch (MongoWriteException e) {
      if (e.getCode() == MongoErrors.DUPLICATE_KEY) {
        return false;
      }
      throw e;
    }
  }

  private boolean update(String id, long expectedRevision, String document) {
    return tasks()
            .updateOne(
                and(eq(id), eq(REVISION, expectedRevision)),
                Updates.combine(Updates.set(DOCUMENT, document), Updates.inc(REVISION, 1L)))
            .getMatchedCount()
        > 0;
  }

  @Override
  public boolean remove(String id, long expectedRevision) {
    return mongo
        .errors()
        .call(
            () ->
                tasks().deleteOne(and(eq(id), eq(REVISION, expectedRevision))).getDeletedCount()
                    > 0);
  }
}
