package io.backbeat.mongodb;

import io.backbeat.log.LogPosition;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * A place in the journal, as JSON text: behind a change of the stream, or, with a bucket, behind a
 * document of the listing that comes before it. Pure.
 *
 * @param token where the stream goes on: behind it
 * @param readAt when the stream was last known to be read up to it
 * @param listing where the listing is; empty once it is done
 */
record JournalPosition(BsonDocument token, Instant readAt, Optional<Place> listing) {
  private static final String TOKEN = "token";
  private static final String READ_AT = "readAt";
  private static final String BUCKET = "bucket";
  private static final String ID = "id";
  private static final JsonWriterSettings RELAXED =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  /**
   * Behind a document of a listing.
   *
   * @param bucket empty before the first one
   * @param id of the last document that was looked at; empty before the first one of the bucket
   */
  record Place(String bucket, String id) {
    static final Place START = new Place("", "");
  }

  static JournalPosition following(BsonDocument token, Instant readAt) {
    return new JournalPosition(token, readAt, Optional.empty());
  }

  JournalPosition at(Place place) {
    return new JournalPosition(token, readAt, Optional.of(place));
  }

  JournalPosition listed() {
    return following(token, readAt);
  }

  LogPosition toLogPosition() {
    BsonDocument document =
        new BsonDocument(TOKEN, token).append(READ_AT, new BsonInt64(readAt.toEpochMilli()));
    listing.ifPresent(
        place ->
            document
                .append(BUCKET, new BsonString(place.bucket()))
                .append(ID, new BsonString(place.id())));
    return new LogPosition(document.toJson(RELAXED));
  }

  /** Reads a position; empty for the beginning, and for one that another kind of log has left. */
  static Optional<JournalPosition> parse(LogPosition position) {
    if (position.equals(LogPosition.BEGINNING)) {
      return Optional.empty();
    }
    try {
      BsonDocument document = BsonDocument.parse(position.value());
      if (!document.isDocument(TOKEN) || !document.isNumber(READ_AT)) {
        return Optional.empty();
      }
      return Optional.of(
          new JournalPosition(
              document.getDocument(TOKEN),
              Instant.ofEpochMilli(document.getNumber(READ_AT).longValue()),
              document.isString(BUCKET) && document.isString(ID)
                  ? Optional.of(
                      new Place(
                          document.getString(BUCKET).getValue(), document.getString(ID).getValue()))
                  : Optional.empty()));
    } catch (RuntimeException notJson) {
      return Optional.empty();
    }
  }
}
