package io.backbeat.mongodb;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.LedgerEntry.Failure;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Ledger entries as documents; times in whole milliseconds. Pure. */
final class LedgerDocument {
  static final String ID = "_id";
  static final String TYPE = "type";
  static final String LOCATION = "location";
  static final String OBJECT = "object";
  static final String STATE = "state";
  static final String REVISION = "revision";
  static final String BYTES = "bytes";
  static final String ATTEMPT = "attempt";
  static final String CREATED_AT = "createdAt";
  static final String PAYLOAD = "payload";
  static final String NEXT_ATTEMPT = "nextAttempt";
  static final String FIRST_FAILURE = "firstFailure";
  static final String LAST_FAILURE = "lastFailure";
  static final String MARKER = "marker";
  static final String CLAIM = "claim";

  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String VERSION = "version";
  private static final String ERROR_CLASS = "errorClass";
  private static final String MESSAGE = "message";
  private static final char BETWEEN = '\0';

  private LedgerDocument() {}

  /** The id of the entry of a key: equal for equal keys, whoever writes. */
  static String id(JobKey key) {
    return key.type().name() + BETWEEN + key.location() + BETWEEN + object(key.object());
  }

  /** The same for all entries of a version. The key comes last because it may be any text. */
  static String object(ObjectVersion object) {
    return object.bucket() + BETWEEN + object.versionId() + BETWEEN + object.key();
  }

  static BsonDateTime time(Instant instant) {
    return new BsonDateTime(instant.toEpochMilli());
  }

  /** The document of an entry. */
  static BsonDocument of(LedgerEntry entry, long marker) {
    Job job = entry.job();
    ObjectVersion object = job.object();
    BsonDocument document =
        new BsonDocument(ID, new BsonString(id(job.key())))
            .append(TYPE, new BsonString(job.key().type().name()))
            .append(LOCATION, new BsonString(job.location().value()))
            .append(OBJECT, new BsonString(object(object)))
            .append(BUCKET, new BsonString(object.bucket()))
            .append(KEY, new BsonString(object.key()))
            .append(VERSION, new BsonString(object.versionId()))
            .append(STATE, new BsonString(entry.state().name()))
            .append(REVISION, new BsonString(job.revision()))
            .append(BYTES, new BsonInt64(job.bytes()))
            .append(ATTEMPT, new BsonInt32(job.attempt()))
            .append(CREATED_AT, time(job.createdAt()))
            .append(MARKER, new BsonInt64(marker));
    entry
        .failure()
        .ifPresent(
            failure ->
                document
                    .append(FIRST_FAILURE, time(failure.first()))
                    .append(LAST_FAILURE, time(failure.last()))
                    .append(ERROR_CLASS, new BsonString(unicode(failure.errorClass())))
                    .append(MESSAGE, new BsonString(unicode(failure.message()))));
    entry.nextAttempt().ifPresent(due -> document.append(NEXT_ATTEMPT, time(due)));
    return document.append(PAYLOAD, new BsonString(job.payload()));
  }

  /** Error texts come from anywhere; half a surrogate pair has no bytes in UTF-8. */
  static String unicode(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The entry of a document; without payload if it was not asked for. */
  static LedgerEntry entry(BsonDocument document) {
    ObjectVersion object =
        new ObjectVersion(text(document, BUCKET), text(document, KEY), text(document, VERSION));
    JobKey key =
        new JobKey(
            new JobType(text(document, TYPE)), object, LocationName.of(text(document, LOCATION)));
    Job job =
        new Job(
            key,
            text(document, REVISION),
            document.getNumber(BYTES).longValue(),
            document.getNumber(ATTEMPT).intValue(),
            instant(document, CREATED_AT),
            document.containsKey(PAYLOAD) ? text(document, PAYLOAD) : "");
    JobState state = JobState.valueOf(text(document, STATE));
    return new LedgerEntry(
        job,
        state,
        failure(document),
        state == JobState.WAITING ? Optional.of(instant(document, NEXT_ATTEMPT)) : Optional.empty(),
        document.getNumber(MARKER).longValue());
  }

  private static Optional<Failure> failure(BsonDocument document) {
    return document.containsKey(ERROR_CLASS)
        ? Optional.of(
            new Failure(
                instant(document, FIRST_FAILURE),
                instant(document, LAST_FAILURE),
                text(document, ERROR_CLASS),
                text(document, MESSAGE)))
        : Optional.empty();
  }

  static Instant instant(BsonDocument document, String field) {
    return Instant.ofEpochMilli(document.getDateTime(field).getValue());
  }

  static String text(BsonDocument document, String field) {
    return document.getString(field).getValue();
  }
}
