package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/** The ledger: one document per job in the collection {@code jobs}. */
final class MongoLedger implements FailedJobStore {
  private static final String JOBS = "jobs";
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoConnection mongo;
  private final LedgerWrites writes;
  private final LedgerIndexes indexes = new LedgerIndexes();
  private final LedgerCounts counts;

  MongoLedger(MongoConnection mongo, Duration countsAge) {
    this.mongo = mongo;
    this.writes = new LedgerWrites(mongo);
    this.counts = new LedgerCounts(this::count, countsAge);
  }

  private MongoCollection<BsonDocument> jobs() {
    MongoCollection<BsonDocument> jobs = mongo.own(JOBS);
    indexes.make(jobs);
    return jobs;
  }

  private <T> T call(Function<MongoCollection<BsonDocument>, T> call) {
    return mongo.errors().call(() -> call.apply(jobs()));
  }

  private static Bson ofKey(JobKey key) {
    return eq(LedgerDocument.id(key));
  }

  private static Bson inState(JobState state) {
    return eq(LedgerDocument.STATE, state.name());
  }

  @Override
  public void record(List<LedgerEntry> entries) {
    if (!entries.isEmpty()) {
      mongo.errors().run(() -> writes.record(jobs(), entries));
    }
  }

  @Override
  public void remove(List<Finished> finished) {
    if (finished.isEmpty()) {
      return;
    }
    List<WriteModel<BsonDocument>> models = new ArrayList<>(finished.size());
    for (Finished one : finished) {
      models.add(
          new DeleteOneModel<>(and(ofKey(one.key()), eq(LedgerDocument.REVISION, one.revision()))));
    }
    call(jobs -> jobs.bulkWrite(models, UNORDERED));
  }

  /**
   * What an append of client writes does to the ledger, as part of its transaction.
   *
   * @param written versions that were put: failures of their earlier changes go
   * @param deleted versions that were deleted: all of theirs goes
   */
  void forget(
      ClientSession session, Collection<ObjectVersion> written, Collection<ObjectVersion> deleted) {
    MongoCollection<BsonDocument> jobs = mongo.own(JOBS);
    if (!written.isEmpty()) {
      jobs.deleteMany(
          session,
          and(
              areOf(written),
              inState(JobState.FAILED),
              eq(LedgerDocument.TYPE, JobType.REPLICATION.name())));
    }
    if (!deleted.isEmpty()) {
      jobs.deleteMany(session, areOf(deleted));
    }
  }

  private static Bson areOf(Collection<ObjectVersion> objects) {
    return in(LedgerDocument.OBJECT, objects.stream().map(LedgerDocument::object).toList());
  }

  /** Sees to the indexes outside of a transaction, in which they cannot be made. */
  void prepare() {
    jobs();
  }

  @Override
  public List<LedgerEntry> find(ObjectVersion object) {
    return call(
        jobs ->
            jobs.find(eq(LedgerDocument.OBJECT, LedgerDocument.object(object)))
                .map(LedgerDocument::entry)
                .into(new ArrayList<>()));
  }

  @Override
  public Optional<LedgerEntry> find(JobKey key) {
    return call(
        jobs -> Optional.ofNullable(jobs.find(ofKey(key)).first()).map(LedgerDocument::entry));
  }

  @Override
  public List<LedgerEntry> failed(JobType type, LocationName location, long before, int limit) {
    return call(
        jobs ->
            jobs.find(
                    and(
                        eq(LedgerDocument.TYPE, type.name()),
                        eq(LedgerDocument.LOCATION, location.value()),
                        inState(JobState.FAILED),
                        lt(LedgerDocument.MARKER, before)))
                .sort(Sorts.descending(LedgerDocument.MARKER))
                .limit(limit)
                .projection(Projections.exclude(LedgerDocument.PAYLOAD))
                .map(LedgerDocument::entry)
                .into(new ArrayList<>()));
  }

  @Override
  public List<LedgerEntry> takeDue(Instant now, Duration lease, int limit) {
    return call(jobs -> takeDue(jobs, now, now.plus(lease), limit));
  }

  /**
   * Looks, claims what is still as it was, and reads what it has claimed. The claim is a name that
   * nobody else gives, so two takers never both read a job.
   */
  private static List<LedgerEntry> takeDue(
      MongoCollection<BsonDocument> jobs, Instant now, Instant until, int limit) {
    List<BsonDocument> due =
        jobs.find(
                and(
                    inState(JobState.WAITING),
                    lte(LedgerDocument.NEXT_ATTEMPT, LedgerDocument.time(now))))
            .sort(Sorts.ascending(LedgerDocument.NEXT_ATTEMPT))
            .limit(limit)
            .projection(Projections.include(LedgerDocument.NEXT_ATTEMPT))
            .into(new ArrayList<>());
    if (due.isEmpty()) {
      return List.of();
    }
    ObjectId claim = new ObjectId();
    List<WriteModel<BsonDocument>> models = new ArrayList<>(due.size());
    for (BsonDocument job : due) {
      models.add(
          new UpdateOneModel<>(
              and(
                  eq(LedgerDocument.text(job, LedgerDocument.ID)),
                  inState(JobState.WAITING),
                  eq(LedgerDocument.NEXT_ATTEMPT, job.get(LedgerDocument.NEXT_ATTEMPT))),
              Updates.combine(
                  Updates.set(LedgerDocument.NEXT_ATTEMPT, LedgerDocument.time(until)),
                  Updates.set(LedgerDocument.CLAIM, claim))));
    }
    jobs.bulkWrite(models, UNORDERED);
    List<String> ids =
        due.stream().map(job -> LedgerDocument.text(job, LedgerDocument.ID)).toList();
    Map<String, BsonDocument> taken =
        jobs
            .find(and(in(LedgerDocument.ID, ids), eq(LedgerDocument.CLAIM, claim)))
            .into(new ArrayList<>())
            .stream()
            .collect(
                Collectors.toMap(
                    job -> LedgerDocument.text(job, LedgerDocument.ID), Function.identity()));
    return ids.stream()
        .filter(taken::containsKey)
        .map(taken::get)
        .map(LedgerDocument::entry)
        .filter(entry -> entry.state() == JobState.WAITING)
        .toList();
  }

  @Override
  public void requeued(List<LedgerEntry> taken) {
    List<WriteModel<BsonDocument>> models = new ArrayList<>(taken.size());
    for (LedgerEntry entry : taken) {
      Job job = entry.job();
      entry
          .nextAttempt()
          .ifPresent(
              due ->
                  models.add(
                      new UpdateOneModel<>(
                          and(
                              ofKey(job.key()),
                              inState(JobState.WAITING),
                              eq(LedgerDocument.REVISION, job.revision()),
                              eq(LedgerDocument.NEXT_ATTEMPT, LedgerDocument.time(due))),
                          Updates.combine(
                              Updates.set(LedgerDocument.STATE, JobState.QUEUED.name()),
                              Updates.set(LedgerDocument.BYTES, job.bytes()),
                              Updates.set(LedgerDocument.ATTEMPT, job.attempt()),
                              Updates.set(
                                  LedgerDocument.CREATED_AT, LedgerDocument.time(job.createdAt())),
                              Updates.set(LedgerDocument.PAYLOAD, job.payload()),
                              Updates.unset(LedgerDocument.NEXT_ATTEMPT),
                              Updates.unset(LedgerDocument.CLAIM)))));
    }
    if (!models.isEmpty()) {
      call(jobs -> jobs.bulkWrite(models, UNORDERED));
    }
  }

  @Override
  public Optional<LedgerEntry> takeFailed(JobKey key, Instant now, Duration lease) {
    Bson wait =
        Updates.combine(
            Updates.set(LedgerDocument.STATE, JobState.WAITING.name()),
            Updates.set(LedgerDocument.NEXT_ATTEMPT, LedgerDocument.time(now.plus(lease))),
            Updates.set(LedgerDocument.MARKER, 0L));
    return call(
        jobs ->
            Optional.ofNullable(
                    jobs.findOneAndUpdate(
                        and(ofKey(key), inState(JobState.FAILED)),
                        wait,
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .map(LedgerDocument::entry));
  }

  @Override
  public Optional<Instant> nextDue() {
    return call(
        jobs ->
            Optional.ofNullable(
                    jobs.find(inState(JobState.WAITING))
                        .sort(Sorts.ascending(LedgerDocument.NEXT_ATTEMPT))
                        .projection(Projections.include(LedgerDocument.NEXT_ATTEMPT))
                        .first())
                .map(job -> LedgerDocument.instant(job, LedgerDocument.NEXT_ATTEMPT)));
  }

  /** Counts may be as old as the options allow, also after writes of this process. */
  @Override
  public Map<LocationName, Map<JobState, Long>> counts(JobType type) {
    return counts.of(type);
  }

  private Map<LocationName, Map<JobState, Long>> count(JobType type) {
    Map<LocationName, Map<JobState, Long>> found = new HashMap<>();
    call(jobs ->
            jobs.aggregate(
                    List.of(
                        Aggregates.match(eq(LedgerDocument.TYPE, type.name())),
                        Aggregates.group(
                            new BsonDocument()
                                .append("l", new BsonString("$" + LedgerDocument.LOCATION))
                                .append("s", new BsonString("$" + LedgerDocument.STATE)),
                            Accumulators.sum("n", 1))))
                .into(new ArrayList<>()))
        .forEach(
            group ->
                found
                    .computeIfAbsent(
                        LocationName.of(
                            LedgerDocument.text(group.getDocument(LedgerDocument.ID), "l")),
                        location -> new EnumMap<>(JobState.class))
                    .put(
                        JobState.valueOf(
                            LedgerDocument.text(group.getDocument(LedgerDocument.ID), "s")),
                        group.getNumber("n").longValue()));
    return found;
  }

  @Override
  public Map<LocationName, Amount> unfinished(JobType type) {
    Map<LocationName, Amount> amounts = new HashMap<>();
    call(jobs ->
            jobs.aggregate(
                    List.of(
                        Aggregates.match(
                            and(
                                eq(LedgerDocument.TYPE, type.name()),
                                ne(LedgerDocument.STATE, JobState.FAILED.name()))),
                        Aggregates.group(
                            "$" + LedgerDocument.LOCATION,
                            Accumulators.sum("n", 1),
                            Accumulators.sum(LedgerDocument.BYTES, "$" + LedgerDocument.BYTES))))
                .into(new ArrayList<>()))
        .forEach(
            group ->
                amounts.put(
                    LocationName.of(LedgerDocument.text(group, LedgerDocument.ID)),
                    new Amount(
                        group.getNumber("n").longValue(),
                        group.getNumber(LedgerDocument.BYTES).longValue())));
    return amounts;
  }

  @Override
  public JobAges ages(JobType type, LocationName location, List<Instant> bounds) {
    JobAges.requireBounds(bounds);
    return call(jobs -> LedgerAges.read(jobs, type, location, bounds));
  }

  @Override
  public long purge(Instant lastFailureBefore) {
    return call(
        jobs ->
            jobs.deleteMany(
                    and(
                        inState(JobState.FAILED),
                        lt(LedgerDocument.LAST_FAILURE, LedgerDocument.time(lastFailureBefore))))
                .getDeletedCount());
  }
}
