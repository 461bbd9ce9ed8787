package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.pushEach;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.backbeat.api.Transition;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Histories in the collection {@code transitions} of the own database: one document for each, with
 * a bounded list. MongoDB removes documents by itself once their newest transition is too old.
 */
final class MongoTransitions implements TransitionStore {
  private static final String TRANSITIONS = "transitions";
  private static final String EXPIRES_AT = "expiresAt";
  private static final int BATCH = 1_000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions OR_INSERT = new UpdateOptions().upsert(true);

  private final OwnCollection collection;

  MongoTransitions(MongoConnection mongo) {
    this.collection = new OwnCollection(mongo, TRANSITIONS, MongoTransitions::makeIndexes);
  }

  private static void makeIndexes(MongoCollection<BsonDocument> collection) {
    collection.createIndex(
        Indexes.ascending(EXPIRES_AT), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
  }

  @Override
  public void append(Map<HistoryKey, List<Transition>> news, Retention retention) {
    List<WriteModel<BsonDocument>> models = new ArrayList<>(news.size());
    news.forEach(
        (key, added) -> {
          if (!added.isEmpty()) {
            models.add(
                new UpdateOneModel<>(
                    eq(TransitionDocument.id(key)), pushed(added, retention), OR_INSERT));
          }
        });
    for (int from = 0; from < models.size(); from += BATCH) {
      List<WriteModel<BsonDocument>> some =
          models.subList(from, Math.min(from + BATCH, models.size()));
      collection.call(transitions -> transitions.bulkWrite(some, UNORDERED));
    }
  }

  private static Bson pushed(List<Transition> added, Retention retention) {
    Instant newest = added.get(added.size() - 1).at();
    return combine(
        pushEach(
            TransitionDocument.LIST,
            added.stream().map(TransitionDocument::of).toList(),
            new PushOptions().slice(-retention.perHistory())),
        max(EXPIRES_AT, LedgerDocument.time(newest.plus(retention.age()))));
  }

  @Override
  public Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> histories) {
    Map<String, HistoryKey> keys = new HashMap<>();
    histories.forEach(key -> keys.put(TransitionDocument.id(key), key));
    Map<HistoryKey, List<Transition>> found = new HashMap<>();
    for (BsonDocument document :
        collection.call(
            transitions ->
                transitions.find(in(LedgerDocument.ID, keys.keySet())).into(new ArrayList<>()))) {
      HistoryKey key = keys.get(LedgerDocument.text(document, LedgerDocument.ID));
      if (key != null) {
        found.put(key, TransitionDocument.newestFirst(document));
      }
    }
    return found;
  }

  @Override
  public Set<HistoryKey> known(Collection<HistoryKey> histories) {
    Map<String, HistoryKey> keys = new HashMap<>();
    histories.forEach(key -> keys.put(TransitionDocument.id(key), key));
    Set<HistoryKey> known = new HashSet<>();
    List<String> ids = List.copyOf(keys.keySet());
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<String> some = ids.subList(from, Math.min(from + BATCH, ids.size()));
      for (BsonDocument document :
          collection.call(
              transitions ->
                  transitions
                      .find(in(LedgerDocument.ID, some))
                      .projection(Projections.include(LedgerDocument.ID))
                      .into(new ArrayList<>()))) {
        HistoryKey key = keys.get(LedgerDocument.text(document, LedgerDocument.ID));
        if (key != null) {
          known.add(key);
        }
      }
    }
    return known;
  }
}
