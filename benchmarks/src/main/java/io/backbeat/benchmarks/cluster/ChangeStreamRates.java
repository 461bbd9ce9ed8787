package io.backbeat.benchmarks.cluster;

import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.mongodb.MongoOptions;
import io.backbeat.mongodb.MongoStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;

/**
 * Documents per second that the journal reads from a change stream, against those that the driver
 * reads by itself into documents. The stand-in of MongoDB is in a JVM of its own and does most of
 * the work of both. Arguments: documents, rounds.
 */
public final class ChangeStreamRates {
  private static final int BATCH = 500;
  private static final int READ = 1_000;
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ChangeStreamRates() {}

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int documents = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (ServiceProcess services = ServiceProcess.start("mongo")) {
      String uri = services.address("mongo");
      MongoOptions options = MongoOptions.of(uri).withDatabases("metadata", "own");
      try (MongoClient client = MongoClients.create(uri);
          MongoStore store = MongoStore.open(options, Clock.systemUTC())) {
        run(client.getDatabase("metadata"), store, documents, rounds);
      }
    }
  }

  private static void run(MongoDatabase database, MongoStore store, int documents, int rounds) {
    insert(database, 0, 1); // without a database there is no stream
    BsonDocument token = end(database);
    LogPosition position = endOf(store);
    for (int from = 0; from < documents; from += BATCH) {
      insert(database, 1 + from, Math.min(documents, from + BATCH) - from);
    }
    List<Double> bare = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double driver = bare(database, token, documents);
      double journal = ours(store, position, documents);
      if (round > 0) {
        bare.add(driver);
        ours.add(journal);
        Figure.rate("journal, round " + round, journal, "documents");
      }
    }
    Figure.rate("ChangeStreamRates: bare driver, median", Figure.median(bare), "documents");
    Figure.rate(
        "ChangeStreamRates: journal, median (goal: 5,000)", Figure.median(ours), "documents");
    Figure.share(
        "ChangeStreamRates: journal of bare driver",
        Figure.median(ours),
        Figure.median(bare),
        "80 %, or the 5,000 documents/s");
  }

  /** As CloudServer writes versions: each with a document of its own and a master. */
  private static void insert(MongoDatabase database, int from, int count) {
    List<BsonDocument> documents = new ArrayList<>(2 * count);
    for (int i = from; i < from + count; i++) {
      String key = "folder/object-" + i;
      String versionId = Entries.versionId(i);
      BsonDocument value =
          BsonDocument.parse(
              Entries.document(
                  key,
                  versionId,
                  String.format(Locale.ROOT, "%024x", i),
                  KafkaPipeline.LOCATIONS.subList(0, 1)));
      documents.add(document(key + '\0' + versionId, value));
      documents.add(document(key, value));
    }
    database.getCollection("bucket", BsonDocument.class).insertMany(documents);
  }

  private static BsonDocument document(String id, BsonDocument value) {
    return new BsonDocument("_id", new BsonString(id)).append("value", value);
  }

  private static BsonDocument end(MongoDatabase database) {
    try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor =
        database.watch().cursor()) {
      cursor.tryNext();
      BsonDocument token = cursor.getResumeToken();
      if (token == null) {
        throw new IllegalStateException("a change stream has a resume token");
      }
      return token;
    }
  }

  private static LogPosition endOf(MongoStore store) {
    LogPosition at = LogPosition.BEGINNING;
    LogBatch batch = store.journal().read(at, READ, Duration.ZERO);
    while (!batch.isEmpty()) {
      at = batch.next();
      batch = store.journal().read(at, READ, Duration.ZERO);
    }
    return batch.next();
  }

  /** An object is one change of its version and one of its master: both readers count objects. */
  private static double bare(MongoDatabase database, BsonDocument token, int documents) {
    long begin = System.nanoTime();
    int seen = 0;
    try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor =
        database.watch().startAfter(token).cursor()) {
      while (seen < documents) {
        requirePatience(begin, seen);
        ChangeStreamDocument<Document> event = cursor.tryNext();
        if (event != null && isVersion(event)) {
          seen++;
        }
      }
    }
    return rate(seen, begin);
  }

  private static boolean isVersion(ChangeStreamDocument<Document> event) {
    BsonDocument key = event.getDocumentKey();
    return key != null && key.getString("_id").getValue().indexOf('\0') > 0;
  }

  private static double ours(MongoStore store, LogPosition position, int documents) {
    long begin = System.nanoTime();
    LogPosition at = position;
    int seen = 0;
    while (seen < documents) {
      requirePatience(begin, seen);
      LogBatch batch = store.journal().read(at, READ, WAIT);
      seen += batch.entries().size();
      at = batch.next();
    }
    return rate(seen, begin);
  }

  private static void requirePatience(long begin, int seen) {
    if (System.nanoTime() - begin > PATIENCE.toNanos()) {
      throw new IllegalStateException("only " + seen + " documents were read in " + PATIENCE);
    }
  }

  private static double rate(int documents, long begin) {
    return documents / ((System.nanoTime() - begin) / 1e9);
  }
}
