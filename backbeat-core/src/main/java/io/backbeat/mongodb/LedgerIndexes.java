package io.backbeat.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.bson.BsonDocument;

/**
 * The indexes of the ledger, made when it is first used: {@code (state, nextAttempt)} for what is
 * due, {@code (type, location, state, marker)} for lists of failures and for counts, {@code
 * (object)} for the entries of a version, {@code (state, lastFailure)} for the purge, {@code (type,
 * location, state, createdAt, bytes)} for the ages of what is unfinished.
 */
final class LedgerIndexes {
  private static final List<IndexModel> INDEXES =
      List.of(
          new IndexModel(Indexes.ascending(LedgerDocument.STATE, LedgerDocument.NEXT_ATTEMPT)),
          new IndexModel(
              Indexes.ascending(
                  LedgerDocument.TYPE,
                  LedgerDocument.LOCATION,
                  LedgerDocument.STATE,
                  LedgerDocument.MARKER)),
          new IndexModel(Indexes.ascending(LedgerDocument.OBJECT)),
          new IndexModel(Indexes.ascending(LedgerDocument.STATE, LedgerDocument.LAST_FAILURE)),
          new IndexModel(
              Indexes.ascending(
                  LedgerDocument.TYPE,
                  LedgerDocument.LOCATION,
                  LedgerDocument.STATE,
                  LedgerDocument.CREATED_AT,
                  LedgerDocument.BYTES)));

  private volatile boolean made;

  /** Makes them unless this process has; again after a failure. */
  void make(MongoCollection<BsonDocument> jobs) {
    if (!made) {
      jobs.createIndexes(INDEXES);
      made = true;
    }
  }
}
