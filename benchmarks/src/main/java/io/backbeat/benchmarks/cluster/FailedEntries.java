package io.backbeat.benchmarks.cluster;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.job.VersionId;
import io.backbeat.log.MetadataChange;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Makes failures at one location, all of the last hour. */
final class FailedEntries {
  private static final int BATCH = 1_000;

  private FailedEntries() {}

  /** Failures that only the ledger knows: enough for lists, which do not look at objects. */
  static void record(Stores stores, LocationName location, int count) {
    Instant begin = Instant.now().minus(Duration.ofMinutes(58));
    long step = Duration.ofMinutes(55).toMillis() * 1_000 / count;
    for (int from = 0; from < count; from += BATCH) {
      List<LedgerEntry> entries = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        ObjectVersion object = object("listed", i);
        entries.add(
            failed(
                object,
                location,
                "r" + i,
                document(object, i, location),
                begin.plusMillis(i * step / 1_000)));
      }
      stores.failedJobs().record(entries);
    }
  }

  /**
   * Puts more failures like one that the ledger has recorded beside it, older ones. Not by the
   * ledger, whose upserts the stand-in makes slower with each entry.
   */
  static void copy(MongoCollection<BsonDocument> jobs, int count) {
    BsonDocument recorded = jobs.find(Filters.eq("state", "FAILED")).first();
    if (recorded == null) {
      throw new IllegalStateException("there is no failure to be copied");
    }
    for (int from = 0; from < count; from += BATCH) {
      List<BsonDocument> copies = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        BsonDocument copy = recorded.clone();
        copy.put("_id", new BsonString(recorded.getString("_id").getValue() + "-" + i));
        copy.put("object", new BsonString(recorded.getString("object").getValue() + "-" + i));
        copy.put("key", new BsonString(recorded.getString("key").getValue() + "-" + i));
        copy.put("marker", new BsonInt64(-1L - i));
        copies.add(copy);
      }
      jobs.insertMany(copies);
    }
  }

  /** Failures of objects that are in the metadata, with that status. */
  static List<ObjectVersion> recordWithObjects(Stores stores, LocationName location, int count) {
    List<ObjectVersion> objects = new ArrayList<>(count);
    List<MetadataChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ObjectVersion object = object("retried", i);
      objects.add(object);
      changes.add(new MetadataChange.Put(object, document(object, i, location)));
    }
    stores.journal().append(changes);
    List<StatusChange> statuses = new ArrayList<>(count);
    List<LedgerEntry> entries = new ArrayList<>(count);
    for (ObjectVersion object : objects) {
      String document = stores.journal().find(object).orElseThrow();
      String revision = ObjectMetadata.parse(document).revision();
      statuses.add(
          new StatusChange(object, location, revision, StatusEvent.ATTEMPTS_EXHAUSTED, ""));
      entries.add(failed(object, location, revision, document, Instant.now()));
    }
    stores.statuses().apply(statuses);
    stores.failedJobs().record(entries);
    return objects;
  }

  private static LedgerEntry failed(
      ObjectVersion object, LocationName location, String revision, String payload, Instant at) {
    Job job =
        new Job(new JobKey(JobType.REPLICATION, object, location), revision, 1_024, 5, at, payload);
    return LedgerEntry.failed(
        job, new LedgerEntry.Failure(at, at, "Timeout", "no answer within 30 s"));
  }

  private static ObjectVersion object(String folder, int i) {
    return new ObjectVersion(
        "bucket",
        String.format(Locale.ROOT, "%s/object-%07d", folder, i),
        VersionId.encode(Entries.versionId(i)));
  }

  private static String document(ObjectVersion object, int i, LocationName location) {
    return Entries.document(
        object.key(),
        Entries.versionId(i),
        String.format(Locale.ROOT, "%024x", i),
        List.of(location));
  }
}
