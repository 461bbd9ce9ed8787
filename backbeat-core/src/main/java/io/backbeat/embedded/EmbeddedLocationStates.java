package io.backbeat.embedded;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Desired and observed states. Watchers hear of a change on the thread that made it, after it is
 * durable.
 */
final class EmbeddedLocationStates implements LocationStateStore {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLocationStates.class);
  private static final String SELECT =
      "SELECT service, location, target, observed, resume_at, revision FROM location_state WHERE service = ?";

  private final Writer writer;
  private final Readers readers;
  private final Remembered<ServiceName, List<LocationStatus>> lists;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  EmbeddedLocationStates(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
    this.lists = new Remembered<>(readers, writer::commits);
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    return lists.get(
        service,
        () ->
            List.copyOf(
                readers.read(
                    db -> db.list(SELECT, EmbeddedLocationStates::read, service.wireName()))));
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return readers.read(db -> find(db, service, location));
  }

  private static Optional<LocationStatus> find(Db db, ServiceName service, LocationName location)
      throws SQLException {
    return db.first(
        SELECT + " AND location = ?",
        EmbeddedLocationStates::read,
        service.wireName(),
        location.value());
  }

  private static LocationStatus read(ResultSet row) throws SQLException {
    long resumeAt = row.getLong(5);
    boolean never = row.wasNull();
    return new LocationStatus(
        ServiceName.ofWireName(row.getString(1)).orElseThrow(),
        LocationName.of(row.getString(2)),
        TargetState.valueOf(row.getString(3)),
        ObservedState.valueOf(row.getString(4)),
        never ? Optional.empty() : Optional.of(Instant.ofEpochMilli(resumeAt)),
        row.getLong(6));
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    // Refuses what is no state before anything is written.
    new LocationStatus(service, location, target, ObservedState.UNKNOWN, resumeAt, 0);
    Optional<LocationStatus> stored =
        writer.write(
            db ->
                set(db, service, location, expectedRevision, target, resumeAt)
                    ? find(db, service, location)
                    : Optional.empty());
    stored.ifPresent(status -> watches.forEach(watch -> watch.tell(status)));
    return stored;
  }

  private static boolean set(
      Db db,
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt)
      throws SQLException {
    Long resume = resumeAt.map(Millis::of).orElse(null);
    if (expectedRevision == 0) {
      return db.update(
              "INSERT INTO location_state (service, location, target, observed, resume_at, revision)"
                  + " VALUES (?, ?, ?, 'UNKNOWN', ?, 1) ON CONFLICT DO NOTHING",
              service.wireName(),
              location.value(),
              target.name(),
              resume)
          > 0;
    }
    return db.update(
            "UPDATE location_state SET target = ?, resume_at = ?, revision = revision + 1"
                + " WHERE service = ? AND location = ? AND revision = ?",
            target.name(),
            resume,
            service.wireName(),
            location.value(),
            expectedRevision)
        > 0;
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    writer.write(
        db ->
            db.update(
                "UPDATE location_state SET observed = ? WHERE service = ? AND location = ?",
                observed.name(),
                service.wireName(),
                location.value()));
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    Watch watch = new Watch(listener);
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  /** One listener, told apart from the same listener registered twice. */
  private static final class Watch {
    private final Consumer<LocationStatus> listener;

    Watch(Consumer<LocationStatus> listener) {
      this.listener = listener;
    }

    void tell(LocationStatus status) {
      try {
        listener.accept(status);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed on {}", status, e);
      }
    }
  }
}
