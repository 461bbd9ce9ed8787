package io.backbeat.mongodb;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.Aggregates;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The change stream of the metadata database: one cursor, opened where it is asked to be. Used by
 * one thread at a time. Throws what the driver throws; after that it opens again.
 */
final class ChangeStream {
  /** How long the server waits for an event before it answers that there is none. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);

  /** A server takes zero for its own default, which is a second. */
  private static final Duration SHORTEST_ANSWER = Duration.ofMillis(1);

  private final MongoConnection mongo;
  private @Nullable MongoChangeStreamCursor<RawBsonDocument> cursor;
  private @Nullable BsonDocument reached;
  private Duration answer = SHORTEST_ANSWER;

  ChangeStream(MongoConnection mongo) {
    this.mongo = mongo;
  }

  /**
   * Where the stream ends. An event that comes while this is found out may be in front of it:
   * whoever asks lists the documents afterwards.
   */
  BsonDocument end() {
    close();
    open(null, SHORTEST_ANSWER);
    MongoChangeStreamCursor<RawBsonDocument> opened = opened();
    opened.tryNext();
    BsonDocument token =
        Objects.requireNonNull(opened.getResumeToken(), "a change stream has a resume token");
    close();
    return token;
  }

  /**
   * Goes to a place.
   *
   * @param wait how long the reader will wait; decides how long the server may keep an answer;
   *     another time opens the stream anew
   */
  void seek(BsonDocument token, Duration wait) {
    Duration wanted = wait.compareTo(LONGEST_ANSWER) < 0 ? wait : LONGEST_ANSWER;
    Duration possible = wanted.compareTo(SHORTEST_ANSWER) < 0 ? SHORTEST_ANSWER : wanted;
    if (cursor == null || !possible.equals(answer) || !token.equals(reached)) {
      close();
      open(token, possible);
    }
  }

  /** The next event; if there is none, waits up to the time of one answer. */
  Optional<RawBsonDocument> next() {
    MongoChangeStreamCursor<RawBsonDocument> open = opened();
    try {
      RawBsonDocument event = open.tryNext();
      BsonDocument token = open.getResumeToken();
      if (token != null) {
        reached = token;
      }
      return Optional.ofNullable(event);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the next event is here already. */
  boolean hasMore() {
    return opened().available() > 0;
  }

  /** Whether asking for an event that is not there takes no time. */
  boolean answersAtOnce() {
    return answer.equals(SHORTEST_ANSWER);
  }

  /** Behind what was read, and behind what the server knows not to concern us. */
  BsonDocument reached() {
    return Objects.requireNonNull(reached, "reached");
  }

  private MongoChangeStreamCursor<RawBsonDocument> opened() {
    return Objects.requireNonNull(cursor, "seek comes first");
  }

  private void open(@Nullable BsonDocument token, Duration answerTime) {
    ChangeStreamIterable<RawBsonDocument> stream =
        mongo
            .metadata()
            .watch(
                List.of(Aggregates.match(BucketNames.areBuckets("ns.coll"))), RawBsonDocument.class)
            .maxAwaitTime(answerTime.toMillis(), TimeUnit.MILLISECONDS);
    if (token != null) {
      // Unlike resumeAfter, also behind the event that ends a stream when its database is dropped.
      stream.startAfter(token);
    }
    cursor = raw(stream);
    reached = token;
    answer = answerTime;
  }

  /** Events as they are: what they mean is read by {@link ChangeDecoder}. */
  private static MongoChangeStreamCursor<RawBsonDocument> raw(
      ChangeStreamIterable<RawBsonDocument> stream) {
    return (MongoChangeStreamCursor<RawBsonDocument>)
        stream.withDocumentClass(RawBsonDocument.class).cursor();
  }

  void close() {
    MongoChangeStreamCursor<RawBsonDocument> open = cursor;
    cursor = null;
    reached = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException alreadyGone) {
        // A cursor that cannot be closed is closed by the server in time.
        return;
      }
    }
  }
}
