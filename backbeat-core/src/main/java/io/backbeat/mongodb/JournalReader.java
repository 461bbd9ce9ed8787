package io.backbeat.mongodb;

import com.mongodb.MongoException;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LostRange;
import io.backbeat.mongodb.ChangeDecoder.Meaning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal: from the beginning a listing of everything that waits, then the change stream
 * from where it was when the listing began. Where the stream's past is gone, the same again, and
 * the gap is remembered. Used by one thread at a time.
 */
final class JournalReader {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
  private static final int LOST_RANGES_KEPT = 100;

  private final ObjectDocuments documents;
  private final BucketFormats formats;
  private final PendingListing listing;
  private final ChangeStream stream;
  private final Clock clock;
  private final List<LostRange> lost = new CopyOnWriteArrayList<>();

  /** A reader that was told nothing asks again for the same; it is further by now. */
  private LogPosition asked = LogPosition.BEGINNING;

  private Optional<JournalPosition> reachedInVain = Optional.empty();

  JournalReader(
      MongoConnection mongo, ObjectDocuments documents, BucketFormats formats, Clock clock) {
    this.documents = documents;
    this.formats = formats;
    this.listing = new PendingListing(mongo, formats);
    this.stream = new ChangeStream(mongo);
    this.clock = clock;
  }

  List<LostRange> lost() {
    return List.copyOf(lost);
  }

  void close() {
    stream.close();
  }

  /**
   * Reads what follows a position.
   *
   * @param stopped asked now and then; ends a wait
   */
  LogBatch read(LogPosition from, int maxEntries, Duration wait, BooleanSupplier stopped) {
    long start = System.nanoTime();
    JournalPosition at =
        reachedInVain
            .filter(reached -> from.equals(asked))
            .or(() -> JournalPosition.parse(from))
            .orElseGet(() -> beginning(from));
    asked = from;
    reachedInVain = Optional.empty();
    Gathered gathered = new Gathered();
    boolean again = true;
    while (again) {
      boolean listed = at.listing().isPresent();
      at = listed ? list(at, maxEntries, gathered) : follow(at, maxEntries, wait, gathered);
      // A listing that is through goes on to the stream at once, also for a reader without time.
      boolean listingIsThrough = listed && at.listing().isEmpty();
      again =
          gathered.size() == 0
              && !stopped.getAsBoolean()
              && (listingIsThrough || System.nanoTime() - start < wait.toNanos());
    }
    LogBatch batch = gathered.upTo(at);
    if (batch.isEmpty()) {
      reachedInVain = Optional.of(at);
    }
    return batch;
  }

  private JournalPosition beginning(LogPosition from) {
    if (!from.equals(LogPosition.BEGINNING)) {
      LOG.warn(
          "the position \"{}\" is none of a change stream; listing everything that waits",
          from.value());
    }
    return listEverything();
  }

  private JournalPosition listEverything() {
    return JournalPosition.following(stream.end(), clock.instant()).at(JournalPosition.Place.START);
  }

  private JournalPosition list(JournalPosition at, int maxEntries, Gathered gathered) {
    JournalPosition next =
        listing.step(at, at.listing().orElseThrow(), maxEntries, clock.instant(), gathered);
    if (next.listing().isEmpty()) {
      lost.replaceAll(range -> new LostRange(range.after(), range.noticed(), true, range.reason()));
    }
    return next;
  }

  private JournalPosition follow(
      JournalPosition at, int maxEntries, Duration wait, Gathered gathered) {
    try {
      return followOnce(at, maxEntries, wait, gathered);
    } catch (MongoException e) {
      if (MongoErrors.isHistoryLost(e)) {
        return historyLost(at, e);
      }
      LOG.info("the change stream broke off, opening it again: {}", e.getMessage());
      return reopen(at, maxEntries, wait, gathered);
    }
  }

  private JournalPosition reopen(
      JournalPosition at, int maxEntries, Duration wait, Gathered gathered) {
    try {
      // What was gathered before the break is given again: it stands behind the same position.
      gathered.clear();
      return followOnce(at, maxEntries, wait, gathered);
    } catch (MongoException e) {
      if (MongoErrors.isHistoryLost(e)) {
        return historyLost(at, e);
      }
      throw e;
    }
  }

  private JournalPosition historyLost(JournalPosition at, MongoException e) {
    LostRange range =
        new LostRange(at.readAt(), clock.instant(), false, String.valueOf(e.getMessage()));
    LOG.error(
        "the changes behind {} are gone from the change stream, up to {} everything that waits is listed again;"
            + " deletions in between are not seen: {}",
        range.after(),
        range.noticed(),
        e.getMessage());
    if (lost.size() == LOST_RANGES_KEPT) {
      lost.remove(0);
    }
    lost.add(range);
    return listEverything();
  }

  /** An event with its place. */
  private record Read(JournalPosition position, Instant at, Meaning meaning) {}

  private JournalPosition followOnce(
      JournalPosition at, int maxEntries, Duration wait, Gathered gathered) {
    stream.seek(at.token(), wait);
    List<Read> reads = new ArrayList<>();
    Instant readAt = at.readAt();
    int wanted = 0;
    long bytes = 0;
    Optional<RawBsonDocument> event = stream.next();
    while (event.isPresent()) {
      readAt = ChangeDecoder.time(event.get(), readAt);
      BsonDocument token = event.get().getDocument("_id");
      Meaning meaning = ChangeDecoder.decode(event.get());
      if (meaning instanceof Meaning.ListAgain again) {
        LOG.warn("{}: listing everything that waits", again.reason());
        JournalPosition behind = JournalPosition.following(token, readAt);
        return gather(reads, gathered).orElse(behind.at(JournalPosition.Place.START));
      }
      if (meaning instanceof Meaning.Ended) {
        LOG.warn("the metadata database was dropped; following it from its next document on");
        stream.close();
        return gather(reads, gathered).orElse(JournalPosition.following(token, readAt));
      }
      if (!(meaning instanceof Meaning.Nothing)) {
        reads.add(new Read(JournalPosition.following(token, readAt), readAt, meaning));
        wanted++;
        bytes += event.get().getByteBuffer().remaining();
      }
      if (wanted == maxEntries
          || bytes >= Gathered.FULL_BYTES
          || !(stream.hasMore() || stream.answersAtOnce())) {
        break;
      }
      event = stream.next();
    }
    JournalPosition reached =
        JournalPosition.following(stream.reached(), event.isPresent() ? readAt : clock.instant());
    return gather(reads, gathered).orElse(reached);
  }

  /** Returns where it stopped, if that was before the end. */
  private Optional<JournalPosition> gather(List<Read> reads, Gathered gathered) {
    for (int from = 0; from < reads.size(); from += Gathered.DOCUMENTS_AT_ONCE) {
      if (gathered.isFull()) {
        return Optional.of(reads.get(from - 1).position());
      }
      int to = Math.min(reads.size(), from + Gathered.DOCUMENTS_AT_ONCE);
      gatherSome(reads.subList(from, to), gathered);
    }
    return Optional.empty();
  }

  private void gatherSome(List<Read> reads, Gathered gathered) {
    Map<String, Map<String, BsonDocument>> lookedUp =
        reads.stream()
            .map(Read::meaning)
            .filter(Meaning.LookUp.class::isInstance)
            .map(Meaning.LookUp.class::cast)
            .collect(
                Collectors.groupingBy(
                    Meaning.LookUp::bucket,
                    Collectors.mapping(Meaning.LookUp::id, Collectors.toList())))
            .entrySet()
            .stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    bucket -> documents.byId(bucket.getKey(), bucket.getValue())));
    for (Read read : reads) {
      Meaning meaning = read.meaning();
      if (meaning instanceof Meaning.LookUp look) {
        BsonDocument document = lookedUp.getOrDefault(look.bucket(), Map.of()).get(look.id());
        if (document != null) { // else its removal follows
          gather(read, ChangeDecoder.put(look.bucket(), look.id(), document), gathered);
        }
      } else {
        gather(read, meaning, gathered);
      }
    }
  }

  private void gather(Read read, Meaning meaning, Gathered gathered) {
    LogPosition position = read.position().toLogPosition();
    if (meaning instanceof Meaning.Put put) {
      KeyFormat format = formats.of(put.bucket());
      EntryMaker.put(position, format, put.bucket(), put.id(), put.value(), read.at())
          .ifPresent(gathered::add);
    } else if (meaning instanceof Meaning.Delete gone) {
      KeyFormat format = formats.of(gone.bucket());
      gathered.add(EntryMaker.delete(position, format, gone.bucket(), gone.id(), read.at()));
    } else if (meaning instanceof Meaning.Unreadable bad) {
      gathered.add(EntryMaker.unreadable(position, bad, formats.of(bad.bucket()), clock.instant()));
    }
  }
}
