package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.StatusMachine;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statuses, one row per version and location. */
final class EmbeddedStatuses implements StatusStore {
  private final Writer writer;
  private final Readers readers;

  EmbeddedStatuses(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** A version with its statuses, in the order of the replication rule. */
  private record Stored(long id, String revision, List<SiteReplication> sites) {}

  @Override
  public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, TrackedStatus> found = new HashMap<>();
    if (objects.isEmpty()) {
      return found;
    }
    return readers.read(
        db -> {
          for (ObjectVersion object : objects) {
            stored(db, object)
                .ifPresent(
                    s ->
                        found.put(
                            object,
                            new TrackedStatus(
                                s.revision(), new ReplicationStatus(object, s.sites()))));
          }
          return found;
        });
  }

  private static Optional<Stored> stored(Db db, ObjectVersion object) throws SQLException {
    List<SiteReplication> sites = new ArrayList<>();
    List<Stored> rows =
        db.list(
            "SELECT o.id, o.revision, n.text, s.status, s.data_store_version FROM object o"
                + " LEFT JOIN site_status s ON s.object_id = o.id LEFT JOIN name n ON n.id = s.location"
                + " WHERE o.bucket = ? AND o.key = ? AND o.version = ? AND o.seq IS NOT NULL AND o.deleted = 0"
                + " ORDER BY s.ordinal",
            row -> {
              String location = row.getString(3);
              if (location != null) {
                sites.add(
                    new SiteReplication(
                        LocationName.of(location),
                        SiteStatus.valueOf(row.getString(4)),
                        row.getString(5)));
              }
              return new Stored(row.getLong(1), row.getString(2), sites);
            },
            object.bucket(),
            object.key(),
            object.versionId());
    return rows.stream().findFirst();
  }

  @Override
  public List<StatusResult> apply(List<StatusChange> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<StatusChange> copy = List.copyOf(changes);
    return writer.write(
        db -> {
          List<StatusResult> results = new ArrayList<>(copy.size());
          for (StatusChange change : copy) {
            results.add(apply(db, change));
          }
          return results;
        });
  }

  private static StatusResult apply(Db db, StatusChange change) throws SQLException {
    Optional<Stored> found = stored(db, change.object());
    if (found.isEmpty()) {
      return new StatusResult.Unknown();
    }
    Stored stored = found.get();
    if (!stored.revision().equals(change.revision())) {
      return new StatusResult.Superseded(stored.revision());
    }
    int ordinal = ordinal(stored.sites(), change.location());
    if (ordinal < 0) {
      return new StatusResult.Unknown();
    }
    SiteReplication site = stored.sites().get(ordinal);
    SiteStatus before = site.status();
    Optional<SiteStatus> after = StatusMachine.next(before, change.event());
    if (after.isEmpty()) {
      return new StatusResult.NoTransition(before);
    }
    String version =
        change.dataStoreVersionId().isEmpty()
            ? site.dataStoreVersionId()
            : change.dataStoreVersionId();
    if (before != after.get() || !version.equals(site.dataStoreVersionId())) {
      db.update(
          "UPDATE site_status SET status = ?, data_store_version = ? WHERE object_id = ? AND ordinal = ?",
          after.get().name(),
          version,
          stored.id(),
          ordinal);
    }
    List<SiteStatus> statuses =
        new ArrayList<>(stored.sites().stream().map(SiteReplication::status).toList());
    statuses.set(ordinal, after.get());
    return new StatusResult.Applied(before, after.get(), OverallStatus.of(statuses));
  }

  private static int ordinal(List<SiteReplication> sites, LocationName location) {
    for (int i = 0; i < sites.size(); i++) {
      if (sites.get(i).location().equals(location)) {
        return i;
      }
    }
    return -1;
  }
}
