package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.type;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * States of lifecycle where the original keeps them. A write compares the whole {@code value} and
 * our revision with what was read, so nobody's write is lost, also none of the original, which
 * knows nothing of revisions: its writes are noticed by their content, and given a revision when
 * they are first seen.
 */
final class MongoLifecycleStates implements LocationStateStore {
  private static final String OWN_REVISION =
      LifecycleDocument.OWN + '.' + LifecycleDocument.REVISION;
  private static final String OWN_OF = LifecycleDocument.OWN + '.' + LifecycleDocument.OF;
  private static final String OWN_RESUME_AT =
      LifecycleDocument.OWN + '.' + LifecycleDocument.RESUME_AT;
  private static final String OWN_OBSERVED =
      LifecycleDocument.OWN + '.' + LifecycleDocument.OBSERVED;
  private static final String LIFECYCLE =
      LifecycleDocument.VALUE + '.' + LifecycleDocument.LIFECYCLE;
  private static final int MAX_ROUNDS = 50;

  private final MongoConnection mongo;
  private final LifecycleWatch watch;

  MongoLifecycleStates(MongoConnection mongo) {
    this.mongo = mongo;
    this.watch = new LifecycleWatch(mongo, this::current);
  }

  private MongoCollection<BsonDocument> states() {
    return mongo.metadata(BucketNames.LOCATION_STATUS);
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    if (service != ServiceName.LIFECYCLE) {
      return List.of();
    }
    return mongo
        .errors()
        .call(
            () -> {
              List<LocationStatus> found = new ArrayList<>();
              for (BsonDocument document : states().find().into(new ArrayList<>())) {
                adopted(document).ifPresent(found::add);
              }
              return found;
            });
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return service == ServiceName.LIFECYCLE ? current(location) : Optional.empty();
  }

  private Optional<LocationStatus> current(LocationName location) {
    return mongo.errors().call(() -> document(location).flatMap(this::adopted));
  }

  private Optional<BsonDocument> document(LocationName location) {
    return Optional.ofNullable(states().find(eq(location.value())).first());
  }

  /** The state of a document; one that somebody else wrote gets its revision first. */
  private Optional<LocationStatus> adopted(BsonDocument read) {
    Optional<BsonDocument> document = Optional.of(read);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<LifecycleDocument> known = document.flatMap(LifecycleDocument::read);
      if (known.isEmpty() || !known.get().foreign()) {
        return known.map(LifecycleDocument::status);
      }
      LocationStatus status = known.get().status();
      BsonDocument lifecycle =
          document
              .get()
              .getDocument(LifecycleDocument.VALUE)
              .getDocument(LifecycleDocument.LIFECYCLE);
      long matched =
          states()
              .updateOne(
                  asRead(document.get()),
                  Updates.combine(
                      Updates.set(OWN_REVISION, status.revision()),
                      Updates.set(OWN_OF, lifecycle),
                      Updates.unset(OWN_RESUME_AT)))
              .getMatchedCount();
      if (matched == 1) {
        return Optional.of(status);
      }
      document = document(status.location());
    }
    throw conflict(read.getString("_id").getValue());
  }

  private static Bson asRead(BsonDocument document) {
    BsonValue revision =
        LifecycleDocument.document(document, LifecycleDocument.OWN)
            .get(LifecycleDocument.REVISION, BsonNull.VALUE);
    return and(
        eq(document.getString("_id").getValue()),
        eq(
            LifecycleDocument.VALUE,
            new BsonDocument("$eq", document.get(LifecycleDocument.VALUE, BsonNull.VALUE))),
        eq(OWN_REVISION, revision));
  }

  private static BackbeatException conflict(String location) {
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        "the state of lifecycle at "
            + location
            + " was written by others "
            + MAX_ROUNDS
            + " times");
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    requireLifecycle(service);
    // Refuses what is no state before anything is written.
    new LocationStatus(service, location, target, ObservedState.UNKNOWN, resumeAt, 0);
    Optional<LocationStatus> stored =
        mongo.errors().call(() -> set(location, expectedRevision, target, resumeAt));
    stored.ifPresent(watch::changed);
    return stored;
  }

  private static void requireLifecycle(ServiceName service) {
    if (service != ServiceName.LIFECYCLE) {
      throw new IllegalArgumentException(
          "MongoDB keeps the states of lifecycle, those of " + service + " are kept elsewhere");
    }
  }

  private Optional<LocationStatus> set(
      LocationName location, long expected, TargetState target, Optional<Instant> resumeAt) {
    BsonDocument before = states().find(eq(location.value())).first();
    if (before == null) {
      return expected == 0 && insert(location, target, resumeAt)
          ? document(location).flatMap(LifecycleDocument::read).map(LifecycleDocument::status)
          : Optional.empty();
    }
    Optional<LocationStatus> known = LifecycleDocument.read(before).map(LifecycleDocument::status);
    if (known.map(LocationStatus::revision).orElse(0L) != expected) {
      return Optional.empty();
    }
    BsonDocument lifecycle = LifecycleDocument.lifecycle(target, resumeAt);
    Bson change =
        Updates.combine(
            before.isDocument(LifecycleDocument.VALUE)
                ? Updates.set(LIFECYCLE, lifecycle)
                : Updates.set(LifecycleDocument.VALUE, value(lifecycle)),
            Updates.set(OWN_REVISION, expected + 1),
            Updates.set(OWN_OF, lifecycle),
            resumeAt.isPresent()
                ? Updates.set(OWN_RESUME_AT, LedgerDocument.time(resumeAt.get()))
                : Updates.unset(OWN_RESUME_AT));
    return states().updateOne(asRead(before), change).getMatchedCount() == 1
        ? Optional.of(
            new LocationStatus(
                ServiceName.LIFECYCLE,
                location,
                target,
                known.map(LocationStatus::observed).orElse(ObservedState.UNKNOWN),
                resumeAt.map(MongoLifecycleStates::toMillis),
                expected + 1))
        : Optional.empty();
  }

  private static Instant toMillis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  private static BsonDocument value(BsonDocument lifecycle) {
    return new BsonDocument("crr", BsonNull.VALUE)
        .append("ingestion", BsonNull.VALUE)
        .append(LifecycleDocument.LIFECYCLE, lifecycle);
  }

  /** Whether nobody was faster. */
  private boolean insert(LocationName location, TargetState target, Optional<Instant> resumeAt) {
    BsonDocument lifecycle = LifecycleDocument.lifecycle(target, resumeAt);
    BsonDocument own =
        new BsonDocument(LifecycleDocument.REVISION, new BsonInt64(1))
            .append(LifecycleDocument.OF, lifecycle);
    resumeAt.ifPresent(
        at -> own.append(LifecycleDocument.RESUME_AT, new BsonDateTime(at.toEpochMilli())));
    try {
      states()
          .insertOne(
              new BsonDocument("_id", new BsonString(location.value()))
                  .append(LifecycleDocument.VALUE, value(lifecycle))
                  .append(LifecycleDocument.OWN, own));
      return true;
    } catch (MongoWriteException e) {
      if (ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    requireLifecycle(service);
    mongo
        .errors()
        .run(
            () ->
                states()
                    .updateOne(
                        and(eq(location.value()), type(LIFECYCLE, BsonType.DOCUMENT)),
                        Updates.set(OWN_OBSERVED, observed.name())));
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    return watch.add(listener);
  }

  void close() {
    watch.close();
  }
}
