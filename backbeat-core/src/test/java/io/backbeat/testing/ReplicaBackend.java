package io.backbeat.testing;

import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * mongo-java-server's memory backend, made to look like a replica set of one node: sessions,
 * transactions that are undone when they are aborted, and change streams.
 */
final class ReplicaBackend extends MemoryBackend {
  static final String SET_NAME = "rs0";

  private static final int HISTORY_LOST = 286;

  private record Refusal(AtomicInteger left, int code) {}

  private final ChangeLog log = new ChangeLog();
  private final ObjectId election = new ObjectId();
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Set<ChangeCursor> streams = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> historyStarts = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
  private volatile Duration delay = Duration.ZERO;
  private volatile int port;

  void listensOn(int number) {
    port = number;
  }

  ChangeLog log() {
    return log;
  }

  // faults

  void cutConnections() {
    channels.forEach(Channel::close);
    channels.clear();
  }

  void killChangeStreams(String database) {
    streams.removeIf(
        stream -> stream.reads(database) && getCursorRegistry().remove(stream.getId()));
  }

  void loseHistory(String database) {
    historyStarts.put(database, log.last());
    killChangeStreams(database);
  }

  void refuse(String command, int times, int code) {
    refusals.put(command.toLowerCase(Locale.ROOT), new Refusal(new AtomicInteger(times), code));
  }

  void delayAnswers(Duration time) {
    delay = time;
  }

  void before(String command, Runnable action) {
    actions.put(command.toLowerCase(Locale.ROOT), action);
  }

  private void makeFaults(String command) {
    if (!delay.isZero() && !command.equals("hello") && !command.equals("ismaster")) {
      LockSupport.parkNanos(delay.toNanos());
    }
    Runnable action = actions.remove(command);
    if (action != null) {
      action.run();
    }
    Refusal refusal = refusals.get(command);
    if (refusal != null && refusal.left.getAndDecrement() > 0) {
      throw new MongoServerError(refusal.code, "refused by the test");
    }
  }

  // commands

  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new ReplicaDatabase(name, getCursorRegistry(), log);
  }

  @Override
  public void handleClose(Channel channel) {
    channels.remove(channel);
    super.handleClose(channel);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    channels.add(channel);
    String name = command.toLowerCase(Locale.ROOT);
    makeFaults(name);
    return switch (name) {
      case "hello", "ismaster" -> hello();
      case "committransaction" -> {
        log.commit(session(query));
        yield ok();
      }
      case "aborttransaction" -> {
        log.abort(session(query)).forEach(this::undo);
        yield ok();
      }
      case "endsessions", "refreshsessions" -> ok();
      // It would only say that it ignores them; no index of ours is unique.
      case "createindexes" -> ok();
      case "aggregate" -> aggregate(channel, database, command, query);
      case "getmore" -> getMore(channel, database, command, query);
      default -> execute(channel, database, command, query);
    };
  }

  private Document execute(Channel channel, String database, String command, Document query) {
    boolean inTransaction = Boolean.FALSE.equals(query.get("autocommit"));
    if (inTransaction) {
      log.enterTransaction(session(query));
    }
    try {
      Document wanted = Utf8Ordered.inward(query);
      Document reply = super.handleCommand(channel, database, command, wanted);
      return Utf8Ordered.outward(withRightCount(command, wanted, reply));
    } finally {
      log.leaveTransaction();
    }
  }

  /** The original counts documents as inserted that it refused. */
  private static Document withRightCount(String command, Document query, Document reply) {
    if (command.equalsIgnoreCase("insert")
        && reply.get("writeErrors") instanceof List<?> errors
        && !errors.isEmpty()) {
      boolean ordered = !Boolean.FALSE.equals(query.get("ordered"));
      int documents = ((Collection<?>) query.get("documents")).size();
      Number firstBad = (Number) ((Document) errors.get(0)).get("index");
      reply.put("n", ordered ? firstBad.intValue() : documents - errors.size());
    }
    return reply;
  }

  private static String session(Document query) {
    return String.valueOf(((Document) query.get("lsid")).get("id"));
  }

  private void undo(ChangeEvent event) {
    ReplicaCollection collection =
        (ReplicaCollection)
            resolveDatabase(event.database()).resolveCollection(event.collection(), true);
    collection.undo(event);
  }

  private static Document ok() {
    return new Document("ok", 1.0);
  }

  private Document hello() {
    String me = "127.0.0.1:" + port;
    return new Document("ismaster", true)
        .append("isWritablePrimary", true)
        .append("helloOk", true)
        .append("setName", SET_NAME)
        .append("setVersion", 1)
        .append("secondary", false)
        .append("hosts", List.of(me))
        .append("primary", me)
        .append("me", me)
        .append("electionId", election)
        .append("maxBsonObjectSize", 16 * 1024 * 1024)
        .append("maxMessageSizeBytes", 48_000_000)
        .append("maxWriteBatchSize", 100_000)
        .append("localTime", Instant.now())
        .append("logicalSessionTimeoutMinutes", 30)
        .append("connectionId", 1)
        .append("minWireVersion", 0)
        .append("maxWireVersion", 21)
        .append("readOnly", false)
        .append("ok", 1.0);
  }

  // change streams

  private Document aggregate(Channel channel, String database, String command, Document query) {
    List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
    if (pipeline.isEmpty() || !pipeline.get(0).containsKey("$changeStream")) {
      return execute(channel, database, command, query);
    }
    Document options = (Document) pipeline.get(0).get("$changeStream");
    String collection = query.get(command) instanceof String name ? name : "";
    ChangeCursor cursor =
        new ChangeCursor(
            getCursorRegistry().generateCursorId(),
            this,
            database,
            collection,
            options,
            pipeline.subList(1, pipeline.size()),
            startOf(options, database));
    getCursorRegistry().add(cursor);
    streams.add(cursor);
    return cursor.reply(
        "firstBatch", cursor.takeDocuments(batchSize((Document) query.get("cursor"))));
  }

  private long startOf(Document options, String database) {
    Object token = options.getOrDefault("resumeAfter", options.get("startAfter"));
    if (token instanceof Document document) {
      long time = Long.parseUnsignedLong((String) document.get("_data"), 16);
      if (time < historyStarts.getOrDefault(database, 0L)) {
        throw new MongoServerError(
            HISTORY_LOST,
            "ChangeStreamHistoryLost",
            "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
      }
      return time;
    }
    return options.get("startAtOperationTime") instanceof BsonTimestamp time
        ? time.getValue() - 1
        : log.last();
  }

  private Document getMore(Channel channel, String database, String command, Document query) {
    long id = ((Number) query.get(command)).longValue();
    Cursor cursor;
    try {
      cursor = getCursorRegistry().getCursor(id);
    } catch (CursorNotFoundException e) {
      streams.removeIf(stream -> stream.getId() == id);
      throw e;
    }
    if (!(cursor instanceof ChangeCursor stream)) {
      return execute(channel, database, command, query);
    }
    long wait = ((Number) query.getOrDefault("maxTimeMS", 1000)).longValue();
    return stream.more(batchSize(query), wait);
  }

  private static int batchSize(Document query) {
    return query == null ? 0 : ((Number) query.getOrDefault("batchSize", 0)).intValue();
  }
}
