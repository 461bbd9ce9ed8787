package io.backbeat.embedded;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobType;
import io.backbeat.status.JobAges;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads how old unfinished jobs are, from the index {@code ledger_age} alone. */
final class LedgerAges {
  private static final String UNFINISHED =
      " FROM ledger l INDEXED BY ledger_age"
          + " WHERE l.state <> 'FAILED' AND l.type = (SELECT id FROM name WHERE text = ?)"
          + " AND l.location = (SELECT id FROM name WHERE text = ?)";

  private LedgerAges() {}

  /** As {@link io.backbeat.status.FailedJobStore#ages}. */
  static JobAges read(Db db, JobType type, LocationName location, List<Instant> bounds)
      throws SQLException {
    JobAges.requireBounds(bounds);
    Amount[] amounts = JobAges.zeros(bounds);
    StringBuilder bucket = new StringBuilder("CASE");
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      bucket.append(" WHEN l.created_at > ? THEN ").append(i);
      arguments.add(Millis.of(bounds.get(i)));
    }
    bucket.append(" ELSE ").append(bounds.size()).append(" END");
    arguments.add(type.name());
    arguments.add(location.value());
    db.list(
        "SELECT " + bucket + " AS b, count(*), sum(l.bytes)" + UNFINISHED + " GROUP BY b",
        row -> amounts[row.getInt(1)] = new Amount(row.getLong(2), row.getLong(3)),
        arguments.toArray());
    return new JobAges(
        List.of(amounts),
        db.first(
            "SELECT o.bucket, o.key, o.version, oldest.created_at FROM (SELECT l.object_id, l.created_at"
                + UNFINISHED
                + " ORDER BY l.created_at LIMIT 1) oldest JOIN object o ON o.id = oldest.object_id",
            row ->
                new JobAges.Oldest(
                    new ObjectVersion(row.getString(1), row.getString(2), row.getString(3)),
                    Instant.ofEpochMilli(row.getLong(4))),
            type.name(),
            location.value()));
  }
}
