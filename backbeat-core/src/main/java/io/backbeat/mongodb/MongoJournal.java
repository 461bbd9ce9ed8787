package io.backbeat.mongodb;

import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import io.backbeat.api.ObjectVersion;
import io.backbeat.log.CheckedPut;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LostRange;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;

/**
 * CloudServer's object documents as a journal. Writes are one transaction each, acknowledged by a
 * majority. A bucket that CloudServer does not know comes into being with its first object, in
 * format v0; it is not entered in CloudServer's list of buckets.
 */
final class MongoJournal implements MetadataJournal {
  static final String NAME = "mongo-changes";

  private static final TransactionOptions MAJORITY =
      TransactionOptions.builder()
          .writeConcern(WriteConcern.MAJORITY)
          .readPreference(ReadPreference.primary())
          .build();

  private final MongoConnection mongo;
  private final MongoLedger ledger;
  private final ObjectDocuments documents;
  private final BucketFormats formats;
  private final ObjectLister lister;
  private final JournalReader reader;
  private final JournalLag lag;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicInteger closes = new AtomicInteger();

  MongoJournal(
      MongoConnection mongo,
      MongoLedger ledger,
      ObjectDocuments documents,
      BucketFormats formats,
      Clock clock) {
    this.mongo = mongo;
    this.ledger = ledger;
    this.documents = documents;
    this.formats = formats;
    this.lister = new ObjectLister(mongo, formats);
    this.reader = new JournalReader(mongo, documents, formats, clock);
    this.lag = new JournalLag(mongo, formats, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * A change that was found good.
   *
   * @param value what is written; empty for a delete
   */
  private record Write(ObjectVersion object, Optional<BsonDocument> value) {}

  @Override
  public void append(List<MetadataChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Write> writes = new ArrayList<>(changes.size());
    for (MetadataChange change : changes) {
      requireBucket(change.object());
      writes.add(
          new Write(
              change.object(),
              change instanceof MetadataChange.Put put
                  ? Optional.of(value(put))
                  : Optional.empty()));
    }
    mongo
        .errors()
        .run(
            () -> {
              ledger.prepare();
              try (ClientSession session = mongo.client().startSession()) {
                session.withTransaction(() -> write(session, writes), MAJORITY);
              }
            });
  }

  private static void requireBucket(ObjectVersion object) {
    if (!BucketNames.isBucket(object.bucket())) {
      throw new IllegalArgumentException(
          object + ": \"" + object.bucket() + "\" is the name of an internal collection");
    }
  }

  private static BsonDocument value(MetadataChange.Put put) {
    CheckedPut checked = CheckedPut.of(put);
    try {
      return BsonJson.toBson(checked.stamped(new ObjectId().toHexString()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("metadata of " + put.object() + ": " + e.getMessage(), e);
    }
  }

  private boolean write(ClientSession session, List<Write> writes) {
    Map<String, JournalWrites> buckets = new HashMap<>();
    Set<ObjectVersion> written = new HashSet<>();
    Set<ObjectVersion> deleted = new HashSet<>();
    for (Write write : writes) {
      ObjectVersion object = write.object();
      JournalWrites bucket =
          buckets.computeIfAbsent(
              object.bucket(),
              name -> new JournalWrites(session, mongo.metadata(name), formats.of(name)));
      if (write.value().isPresent()) {
        written.add(object);
        bucket.put(object, write.value().get());
      } else {
        deleted.add(object);
        bucket.delete(object);
      }
    }
    ledger.forget(session, written, deleted);
    return true;
  }

  @Override
  public Optional<String> find(ObjectVersion object) {
    return mongo
        .errors()
        .call(
            () ->
                Optional.ofNullable(documents.find(List.of(object)).get(object))
                    .map(
                        stored ->
                            new String(BsonJson.toJson(stored.value()), StandardCharsets.UTF_8)));
  }

  @Override
  public List<JournaledObject> list(String bucket, String prefix, String after, int limit) {
    requirePositive(limit, "limit");
    return BucketNames.isBucket(bucket)
        ? mongo.errors().call(() -> lister.list(bucket, prefix, after, limit))
        : List.of();
  }

  @Override
  public List<String> buckets(String after, int limit) {
    requirePositive(limit, "limit");
    return mongo.errors().call(() -> lister.buckets(after, limit));
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    requirePositive(maxEntries, "maxEntries");
    int closesBefore = closes.get();
    reading.lock();
    try {
      return mongo
          .errors()
          .call(() -> reader.read(from, maxEntries, wait, () -> closes.get() != closesBefore));
    } finally {
      if (closes.get() != closesBefore) {
        reader.close();
      }
      reading.unlock();
    }
  }

  @Override
  public long lag(LogPosition from) {
    return mongo.errors().call(() -> lag.of(from));
  }

  @Override
  public List<LostRange> lost() {
    return reader.lost();
  }

  /** Ends a read that waits, and the stream. The journal can be read on: it opens a new one. */
  @Override
  public void close() {
    closes.incrementAndGet();
    if (reading.tryLock()) {
      try {
        reader.close();
      } finally {
        reading.unlock();
      }
    }
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value);
    }
  }
}
