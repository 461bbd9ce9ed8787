package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonDocument;

/**
 * Records that could not be understood, in the collection {@code quarantine}, with an index on
 * {@code number}, their order.
 */
final class MongoQuarantine implements QuarantineStore {
  private static final String QUARANTINE = "quarantine";
  private static final String NUMBER = "number";
  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String REASON = "reason";
  private static final String AT = "at";

  private final MongoConnection mongo;
  private final OwnCollection collection;

  MongoQuarantine(MongoConnection mongo) {
    this.mongo = mongo;
    this.collection = new OwnCollection(mongo, QUARANTINE, MongoQuarantine::makeIndexes);
  }

  private static void makeIndexes(MongoCollection<BsonDocument> collection) {
    collection.createIndex(Indexes.ascending(NUMBER));
  }

  @Override
  public void add(List<QuarantinedEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    collection.call(
        quarantine -> {
          long number = mongo.take(QUARANTINE, entries.size());
          List<WriteModel<BsonDocument>> models = new ArrayList<>(entries.size());
          for (QuarantinedEntry entry : entries) {
            models.add(
                new UpdateOneModel<>(
                    eq(entry.position().value()),
                    combine(
                        set(BUCKET, LedgerDocument.unicode(entry.bucket())),
                        set(KEY, LedgerDocument.unicode(entry.key())),
                        set(VALUE, new BsonBinary(entry.value())),
                        set(REASON, LedgerDocument.unicode(entry.reason())),
                        set(AT, LedgerDocument.time(entry.at())),
                        setOnInsert(NUMBER, number++)),
                    new UpdateOptions().upsert(true)));
          }
          return quarantine.bulkWrite(models, new BulkWriteOptions().ordered(true));
        });
  }

  @Override
  public List<QuarantinedEntry> list(int limit) {
    return collection.call(
        quarantine ->
            quarantine
                .find()
                .sort(Sorts.ascending(NUMBER))
                .limit(limit)
                .map(MongoQuarantine::entry)
                .into(new ArrayList<>()));
  }

  @Override
  public Optional<QuarantinedEntry> find(LogPosition position) {
    return collection.call(
        quarantine ->
            Optional.ofNullable(quarantine.find(eq(position.value())).first())
                .map(MongoQuarantine::entry));
  }

  private static QuarantinedEntry entry(BsonDocument document) {
    return new QuarantinedEntry(
        new LogPosition(LedgerDocument.text(document, LedgerDocument.ID)),
        LedgerDocument.text(document, BUCKET),
        LedgerDocument.text(document, KEY),
        document.getBinary(VALUE).getData(),
        LedgerDocument.text(document, REASON),
        LedgerDocument.instant(document, AT));
  }

  @Override
  public long count() {
    return collection.call(MongoCollection::countDocuments);
  }

  @Override
  public boolean remove(LogPosition position) {
    return collection.call(
        quarantine -> quarantine.deleteOne(eq(position.value())).getDeletedCount() > 0);
  }
}
