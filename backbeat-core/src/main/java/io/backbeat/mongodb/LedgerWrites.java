package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.backbeat.job.JobKey;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;

/** Records ledger entries. Throws what the driver throws. */
final class LedgerWrites {
  private static final String MARKERS = "marker";
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);

  private final MongoConnection mongo;

  LedgerWrites(MongoConnection mongo) {
    this.mongo = mongo;
  }

  /** As {@link io.backbeat.status.FailedJobStore#record}. */
  void record(MongoCollection<BsonDocument> jobs, List<LedgerEntry> entries) {
    int failed = (int) entries.stream().filter(LedgerWrites::isFailed).count();
    long marker = failed == 0 ? 0 : mongo.take(MARKERS, failed);
    List<Replacement> wave = new ArrayList<>(entries.size());
    Set<JobKey> keys = new HashSet<>();
    for (LedgerEntry entry : entries) {
      if (!keys.add(entry.job().key())) {
        // What is written unordered must not touch a key twice.
        write(jobs, wave);
        wave.clear();
        keys.clear();
        keys.add(entry.job().key());
      }
      wave.add(Replacement.of(entry, isFailed(entry) ? marker++ : 0));
    }
    write(jobs, wave);
  }

  private static boolean isFailed(LedgerEntry entry) {
    return entry.state() == JobState.FAILED;
  }

  /**
   * A document in place of what its key has.
   *
   * @param whatever whether it also replaces one of another revision
   */
  private record Replacement(BsonDocument document, boolean whatever) {
    static Replacement of(LedgerEntry entry, long marker) {
      boolean fresh = entry.state() == JobState.QUEUED && entry.failure().isEmpty();
      return new Replacement(LedgerDocument.of(entry, marker), fresh);
    }

    WriteModel<BsonDocument> model(ReplaceOptions options) {
      String id = LedgerDocument.text(document, LedgerDocument.ID);
      String revision = LedgerDocument.text(document, LedgerDocument.REVISION);
      return new ReplaceOneModel<>(
          whatever ? eq(id) : and(eq(id), eq(LedgerDocument.REVISION, revision)),
          document,
          options);
    }
  }

  private static void write(MongoCollection<BsonDocument> jobs, List<Replacement> wave) {
    if (wave.isEmpty()) {
      return;
    }
    try {
      jobs.bulkWrite(wave.stream().map(r -> r.model(OR_INSERT)).toList(), UNORDERED);
    } catch (MongoBulkWriteException e) {
      retry(jobs, wave, e);
    }
  }

  /**
   * An insert that meets an entry of its key was not matched by revision: either the entry is of
   * another one, which stays, or somebody inserted the same at the same time, which is replaced
   * now.
   */
  private static void retry(
      MongoCollection<BsonDocument> jobs, List<Replacement> wave, MongoBulkWriteException e) {
    boolean onlyDuplicates =
        e.getWriteConcernError() == null
            && e.getWriteErrors().stream().allMatch(w -> w.getCode() == MongoErrors.DUPLICATE_KEY);
    if (!onlyDuplicates) {
      throw e;
    }
    ReplaceOptions notInserting = new ReplaceOptions();
    List<WriteModel<BsonDocument>> again =
        e.getWriteErrors().stream()
            .map(BulkWriteError::getIndex)
            .map(wave::get)
            .map(replacement -> replacement.model(notInserting))
            .toList();
    jobs.bulkWrite(again, UNORDERED);
  }
}
