package io.backbeat.mongodb;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.ScheduleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A document of {@code __locationStatusStore}: {@code {_id: <location>, value: {crr, ingestion,
 * lifecycle: {paused, scheduledResume}}}}. Each service may be null. What we need beside it stands
 * in a member {@code backbeat} that the original neither reads nor removes: the revision, the state
 * that it is the revision of, the exact time of the schedule, and the observed state. Pure.
 *
 * @param status the state
 * @param foreign whether somebody else wrote the state since the revision was given; the revision
 *     of {@code status} counts that write already
 */
record LifecycleDocument(LocationStatus status, boolean foreign) {
  static final String VALUE = "value";
  static final String LIFECYCLE = "lifecycle";
  static final String OWN = "backbeat";
  static final String REVISION = "revision";
  static final String OF = "of";
  static final String RESUME_AT = "resumeAt";
  static final String OBSERVED = "observed";

  private static final String PAUSED = "paused";
  private static final String SCHEDULED_RESUME = "scheduledResume";

  /** As a date of JavaScript prints itself, here in UTC. */
  private static final DateTimeFormatter JS_DATE =
      DateTimeFormatter.ofPattern(
              "EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Reads a document; empty if it has no state of lifecycle. */
  static Optional<LifecycleDocument> read(BsonDocument document) {
    BsonDocument value = document(document, VALUE);
    if (!document.isString("_id") || !value.isDocument(LIFECYCLE)) {
      return Optional.empty();
    }
    BsonDocument lifecycle = value.getDocument(LIFECYCLE);
    BsonDocument own = document(document, OWN);
    long known = own.isNumber(REVISION) ? own.getNumber(REVISION).longValue() : 0;
    boolean foreign = known == 0 || !lifecycle.equals(own.get(OF));
    TargetState target =
        ObjectValue.isTrue(lifecycle, PAUSED) ? TargetState.PAUSED : TargetState.RUNNING;
    Optional<Instant> exact =
        own.isDateTime(RESUME_AT) && !foreign
            ? Optional.of(LedgerDocument.instant(own, RESUME_AT))
            : scheduled(lifecycle.get(SCHEDULED_RESUME, BsonNull.VALUE));
    return Optional.of(
        new LifecycleDocument(
            new LocationStatus(
                ServiceName.LIFECYCLE,
                LocationName.of(document.getString("_id").getValue()),
                target,
                observed(own),
                target == TargetState.PAUSED ? exact : Optional.empty(),
                foreign ? known + 1 : known),
            foreign));
  }

  private static Optional<Instant> scheduled(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> ScheduleText.read(value.asString().getValue());
      case DATE_TIME -> Optional.of(Instant.ofEpochMilli(value.asDateTime().getValue()));
      case INT64, DOUBLE -> Optional.of(Instant.ofEpochMilli(value.asNumber().longValue()));
      default -> Optional.empty();
    };
  }

  private static ObservedState observed(BsonDocument own) {
    if (own.isString(OBSERVED)) {
      String name = own.getString(OBSERVED).getValue();
      for (ObservedState state : ObservedState.values()) {
        if (state.name().equals(name)) {
          return state;
        }
      }
    }
    return ObservedState.UNKNOWN;
  }

  /** The member {@code lifecycle} of a state. */
  static BsonDocument lifecycle(TargetState target, Optional<Instant> resumeAt) {
    return new BsonDocument(PAUSED, BsonBoolean.valueOf(target == TargetState.PAUSED))
        .append(
            SCHEDULED_RESUME,
            resumeAt
                .<BsonValue>map(at -> new BsonString(JS_DATE.format(at)))
                .orElse(BsonNull.VALUE));
  }

  static BsonDocument document(BsonDocument in, String field) {
    return in.isDocument(field) ? in.getDocument(field) : new BsonDocument();
  }
}
