package io.backbeat.testing;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A change stream of a collection, a database, or everything. */
final class ChangeCursor extends AbstractCursor {
  private static final int LOOKED_AT_ONCE = 10_000;
  private static final int DEFAULT_BATCH = 1_000;

  private final ReplicaBackend backend;
  private final String database;
  private final String collection;
  private final Document options;
  private final List<Document> pipeline;
  private long position;

  ChangeCursor(
      long id,
      ReplicaBackend backend,
      String database,
      String collection,
      Document options,
      List<Document> pipeline,
      long position) {
    super(id);
    this.backend = backend;
    this.database = database;
    this.collection = collection;
    this.options = options;
    this.pipeline = pipeline;
    this.position = position;
  }

  boolean reads(String name) {
    return database.equals(name);
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public synchronized List<Document> takeDocuments(int wanted) {
    int limit = wanted > 0 ? wanted : DEFAULT_BATCH;
    List<Document> found = new ArrayList<>();
    List<ChangeEvent> events = backend.log().after(position, LOOKED_AT_ONCE);
    while (!events.isEmpty()) {
      for (ChangeEvent event : events) {
        if (found.size() == limit) {
          return found;
        }
        if (concerns(event)) {
          found.addAll(filtered(event));
        }
        position = event.time();
      }
      events = backend.log().after(position, LOOKED_AT_ONCE);
    }
    return found;
  }

  private boolean concerns(ChangeEvent event) {
    return Boolean.TRUE.equals(options.get("allChangesForCluster"))
        || (event.database().equals(database)
            && (collection.isEmpty() || event.collection().equals(collection)));
  }

  private List<Document> filtered(ChangeEvent event) {
    Document document = Utf8Ordered.outward(event.document(fullDocument(event)));
    if (pipeline.isEmpty()) {
      return List.of(document);
    }
    MongoCollection<?> none = null;
    return Aggregation.fromPipeline(
            pipeline,
            backend::resolveDatabase,
            backend.resolveDatabase(event.database()),
            none,
            NoopOplog.get())
        .runStages(List.of(document).stream());
  }

  private Object fullDocument(ChangeEvent event) {
    if (!event.operation().equals("update")) {
      return event.after();
    }
    if (!"updateLookup".equals(options.get("fullDocument"))) {
      return null;
    }
    ReplicaCollection looked =
        (ReplicaCollection)
            backend.resolveDatabase(event.database()).resolveCollection(event.collection(), true);
    return looked.find(event.id()).orElse(null);
  }

  Document reply(String batchName, List<Document> batch) {
    return new Document(
            "cursor",
            new Document("id", id)
                .append(
                    "ns", database + "." + (collection.isEmpty() ? "$cmd.aggregate" : collection))
                .append(batchName, batch)
                .append("postBatchResumeToken", ChangeEvent.token(position)))
        .append("operationTime", new BsonTimestamp(backend.log().last()))
        .append("ok", 1.0);
  }

  /** The next batch, waiting for a first document. */
  Document more(int wanted, long waitMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(waitMillis, 1_000));
    List<Document> batch = takeDocuments(wanted);
    try {
      while (batch.isEmpty() && deadline - System.nanoTime() > 0) {
        backend.log().await(position, deadline - System.nanoTime());
        batch = takeDocuments(wanted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reply("nextBatch", batch);
  }
}
