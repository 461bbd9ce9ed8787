package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.backbeat.log.LogPosition;
import io.backbeat.mongodb.JournalPosition.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Lists the documents that wait for replication, bucket by bucket, in steps that look at a bounded
 * number of documents, so that a bucket of any size is got through and a new process goes on where
 * the last one was. What is written meanwhile is in the stream, which is read afterwards; a bucket
 * that vanishes has no documents. Used by one thread at a time.
 */
final class PendingListing {
  /** How many documents a step looks at; their keys and statuses only. */
  private static final int LOOKED_AT = 2_000;

  private static final Bson KEY_AND_STATUS =
      Projections.include("_id", "value.replicationInfo.status");

  private final MongoConnection mongo;
  private final BucketFormats formats;
  private List<String> buckets = List.of();

  PendingListing(MongoConnection mongo, BucketFormats formats) {
    this.mongo = mongo;
    this.formats = formats;
  }

  /** The buckets whose listing is not through. */
  List<String> bucketsFrom(Place place) {
    return mongo.metadata().listCollectionNames().into(new ArrayList<>()).stream()
        .filter(BucketNames::isBucket)
        .filter(name -> name.compareTo(place.bucket()) >= 0)
        .sorted()
        .toList();
  }

  /**
   * Makes one step.
   *
   * @return where the next one begins
   */
  JournalPosition step(
      JournalPosition from, Place place, int maxEntries, Instant now, Gathered gathered) {
    Optional<String> bucket = bucket(place);
    if (bucket.isEmpty()) {
      return from.listed();
    }
    String id = bucket.get().equals(place.bucket()) ? place.id() : "";
    List<String> wanted = new ArrayList<>();
    int seen = 0;
    for (BsonDocument document : keys(bucket.get(), id)) {
      seen++;
      id = document.getString("_id").getValue();
      if (isWanted(document)) {
        wanted.add(id);
        if (wanted.size() == maxEntries) {
          break;
        }
      }
    }
    Optional<String> stopped = gather(from, bucket.get(), wanted, now, gathered);
    if (stopped.isPresent()) {
      return from.at(new Place(bucket.get(), stopped.get()));
    }
    if (seen > 0) {
      return from.at(new Place(bucket.get(), id));
    }
    // Behind every document of this bucket, and before those of the next.
    return from.at(new Place(bucket.get() + '\0', ""));
  }

  private Optional<String> bucket(Place place) {
    if (buckets.isEmpty() || place.equals(Place.START)) {
      buckets = bucketsFrom(place);
    }
    Optional<String> next =
        buckets.stream().filter(name -> name.compareTo(place.bucket()) >= 0).findFirst();
    if (next.isEmpty()) {
      buckets = List.of();
    }
    return next;
  }

  private Iterable<BsonDocument> keys(String bucket, String behind) {
    return mongo
        .metadata(bucket)
        .find(gt("_id", behind))
        .sort(Sorts.ascending("_id"))
        .limit(LOOKED_AT)
        .projection(KEY_AND_STATUS);
  }

  /** A document without value is no object, which somebody must be told. */
  private static boolean isWanted(BsonDocument keyAndStatus) {
    BsonDocument value = ObjectValue.of(keyAndStatus);
    return value == null || ObjectValue.isPending(ObjectValue.replicationInfo(value));
  }

  /** Returns the last id it gathered, if that was not the last of all. */
  private Optional<String> gather(
      JournalPosition from, String bucket, List<String> ids, Instant now, Gathered gathered) {
    for (int first = 0; first < ids.size(); first += Gathered.DOCUMENTS_AT_ONCE) {
      if (gathered.isFull()) {
        return Optional.of(ids.get(first - 1));
      }
      int behind = Math.min(ids.size(), first + Gathered.DOCUMENTS_AT_ONCE);
      gatherSome(from, bucket, ids.subList(first, behind), now, gathered);
    }
    return Optional.empty();
  }

  private void gatherSome(
      JournalPosition from, String bucket, List<String> ids, Instant now, Gathered gathered) {
    Map<String, BsonDocument> documents = new HashMap<>();
    for (BsonDocument document : mongo.metadata(bucket).find(in("_id", ids))) {
      documents.put(document.getString("_id").getValue(), document);
    }
    KeyFormat format = formats.of(bucket);
    for (String id : ids) {
      BsonDocument document = documents.get(id);
      if (document == null) {
        continue; // removed since, which the stream will tell
      }
      LogPosition position = from.at(new Place(bucket, id)).toLogPosition();
      ChangeDecoder.Meaning meaning = ChangeDecoder.put(bucket, id, document);
      if (meaning instanceof ChangeDecoder.Meaning.Put put) {
        EntryMaker.put(position, format, bucket, id, put.value(), now).ifPresent(gathered::add);
      } else if (meaning instanceof ChangeDecoder.Meaning.Unreadable bad) {
        gathered.add(EntryMaker.unreadable(position, bad, format, now));
      }
    }
  }
}
