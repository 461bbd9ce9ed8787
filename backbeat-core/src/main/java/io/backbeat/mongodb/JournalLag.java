package io.backbeat.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import io.backbeat.log.LogPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * Estimates how much follows a position. Up to a limit, events of the stream are counted with a
 * cursor of its own; beyond it their rate so far is taken for the rest. In a listing, all documents
 * of the buckets that are left count, since only reading tells which of them wait. Thread-safe;
 * remembers its last answer for a second.
 */
final class JournalLag {
  private static final int COUNTED = 10_000;
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

  private record Answer(LogPosition from, long lag, long at) {}

  private final MongoConnection mongo;
  private final PendingListing listing;
  private final Clock clock;
  private Optional<Answer> last = Optional.empty();

  JournalLag(MongoConnection mongo, BucketFormats formats, Clock clock) {
    this.mongo = mongo;
    this.listing = new PendingListing(mongo, formats);
    this.clock = clock;
  }

  synchronized long of(LogPosition from) {
    long now = System.nanoTime();
    Optional<Answer> known =
        last.filter(a -> a.from().equals(from) && now - a.at() < REMEMBERED_NANOS);
    if (known.isPresent()) {
      return known.get().lag();
    }
    long lag = count(from);
    last = Optional.of(new Answer(from, lag, now));
    return lag;
  }

  private long count(LogPosition from) {
    Optional<JournalPosition> position = JournalPosition.parse(from);
    JournalPosition.Place place =
        position.isEmpty() ? JournalPosition.Place.START : position.get().listing().orElse(null);
    long listed = place == null ? 0 : documents(place);
    try {
      return position.isEmpty() ? listed : listed + events(position.get());
    } catch (MongoException e) {
      if (MongoErrors.isHistoryLost(e)) {
        return documents(JournalPosition.Place.START); // which the reader will list
      }
      throw e;
    }
  }

  private long documents(JournalPosition.Place from) {
    return listing.bucketsFrom(from).stream()
        .mapToLong(bucket -> mongo.metadata(bucket).estimatedDocumentCount())
        .sum();
  }

  private long events(JournalPosition from) {
    long counted = 0;
    Instant first = from.readAt();
    Instant latest = first;
    try (var events =
        mongo
            .metadata()
            .watch(
                List.of(
                    Aggregates.match(BucketNames.areBuckets("ns.coll")),
                    Aggregates.project(Projections.include("clusterTime"))),
                RawBsonDocument.class)
            .startAfter(from.token())
            .batchSize(COUNTED)
            .maxAwaitTime(1, TimeUnit.MILLISECONDS)
            .withDocumentClass(RawBsonDocument.class)
            .cursor()) {
      BsonDocument event = events.tryNext();
      while (event != null && counted < COUNTED) {
        latest = ChangeDecoder.time(event, latest);
        counted++;
        event = events.tryNext();
      }
    }
    if (counted < COUNTED) {
      return counted;
    }
    double seconds = Math.max(1, Duration.between(first, latest).toSeconds());
    double left = Math.max(0, Duration.between(latest, clock.instant()).toSeconds());
    return counted + Math.round(counted / seconds * left);
  }
}
