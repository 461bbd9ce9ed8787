package io.backbeat.mongodb;

import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantinedEntry;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDocument;

/** Makes records of the journal. Pure. */
final class EntryMaker {
  private static final byte[] NO_VALUE = {};

  private EntryMaker() {}

  /** The put of a document; empty for a master that only repeats a version. */
  static Optional<LogEntry> put(
      LogPosition position,
      KeyFormat format,
      String bucket,
      String id,
      BsonDocument value,
      Instant at) {
    String key = format.logKey(id);
    return ObjectValue.repeatsVersion(key, value)
        ? Optional.empty()
        : Optional.of(
            new LogEntry(
                position, LogEntry.Operation.PUT, bucket, key, BsonJson.toJson(value), at));
  }

  static LogEntry delete(
      LogPosition position, KeyFormat format, String bucket, String id, Instant at) {
    return new LogEntry(
        position, LogEntry.Operation.DELETE, bucket, format.logKey(id), NO_VALUE, at);
  }

  static QuarantinedEntry unreadable(
      LogPosition position, ChangeDecoder.Meaning.Unreadable bad, KeyFormat format, Instant at) {
    return new QuarantinedEntry(
        position,
        bad.bucket(),
        format.logKey(bad.id()),
        BsonJson.toJson(bad.document()),
        bad.reason(),
        at);
  }
}
