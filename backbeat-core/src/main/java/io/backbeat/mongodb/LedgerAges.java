package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static io.backbeat.mongodb.Conditions.and;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.job.JobType;
import io.backbeat.status.JobAges;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Reads how old unfinished jobs are: a sum over ranges of the index for each bucket, so no document
 * is read, and one document for the oldest. Throws what the driver throws.
 */
final class LedgerAges {
  private static final List<String> UNFINISHED =
      List.of(JobState.QUEUED.name(), JobState.WAITING.name());

  private LedgerAges() {}

  /** As {@link io.backbeat.status.FailedJobStore#ages}. */
  static JobAges read(
      MongoCollection<BsonDocument> jobs,
      JobType type,
      LocationName location,
      List<Instant> bounds) {
    Bson unfinished =
        and(
            eq(LedgerDocument.TYPE, type.name()),
            eq(LedgerDocument.LOCATION, location.value()),
            in(LedgerDocument.STATE, UNFINISHED));
    Amount[] amounts = JobAges.zeros(bounds);
    for (int bucket = 0; bucket < amounts.length; bucket++) {
      amounts[bucket] = sum(jobs, within(unfinished, bounds, bucket));
    }
    return new JobAges(List.of(amounts), oldest(jobs, unfinished));
  }

  private static Bson within(Bson unfinished, List<Instant> bounds, int bucket) {
    Bson within = unfinished;
    if (bucket > 0) {
      within =
          and(within, lte(LedgerDocument.CREATED_AT, LedgerDocument.time(bounds.get(bucket - 1))));
    }
    return bucket < bounds.size()
        ? and(within, gt(LedgerDocument.CREATED_AT, LedgerDocument.time(bounds.get(bucket))))
        : within;
  }

  private static Amount sum(MongoCollection<BsonDocument> jobs, Bson which) {
    return Optional.ofNullable(
            jobs.aggregate(
                    List.of(
                        Aggregates.match(which),
                        Aggregates.group(
                            "all",
                            Accumulators.sum("n", 1),
                            Accumulators.sum(LedgerDocument.BYTES, "$" + LedgerDocument.BYTES))))
                .first())
        .map(
            sum ->
                new Amount(
                    sum.getNumber("n").longValue(),
                    sum.getNumber(LedgerDocument.BYTES).longValue()))
        .orElse(Amount.ZERO);
  }

  private static Optional<JobAges.Oldest> oldest(
      MongoCollection<BsonDocument> jobs, Bson unfinished) {
    return Optional.ofNullable(
            jobs.find(unfinished)
                .sort(Sorts.ascending(LedgerDocument.CREATED_AT))
                .projection(Projections.exclude(LedgerDocument.PAYLOAD))
                .first())
        .map(LedgerDocument::entry)
        .map(LedgerEntry::job)
        .map(job -> new JobAges.Oldest(job.object(), job.createdAt()));
  }
}
