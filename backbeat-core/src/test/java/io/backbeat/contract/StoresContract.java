package io.backbeat.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.job.StatusEvent;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.replication.OpenUpload;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import io.backbeat.workflow.WorkflowStateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Stores} promise as a bundle; with {@link #reopen}, also what survives a restart. */
public abstract class StoresContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.250Z");
  private static final LocationName PARIS = LocationName.of("paris");

  private Stores stores;

  /** Empty stores. */
  protected abstract Stores create() throws Exception;

  /**
   * Opens again what was just closed, as another process would; empty for stores that do not
   * outlive their process.
   */
  protected Optional<Stores> reopen() throws Exception {
    return Optional.empty();
  }

  @BeforeEach
  void createStores() throws Exception {
    stores = create();
  }

  private void restart() throws Exception {
    stores.close();
    Optional<Stores> again = reopen();
    assumeTrue(again.isPresent(), "the stores outlive their process");
    stores = again.orElseThrow();
  }

  @Test
  void every_port_is_the_same_object_each_time() {
    assertThat(stores.journal()).isSameAs(stores.journal());
    assertThat(stores.positions()).isSameAs(stores.positions());
    assertThat(stores.quarantine()).isSameAs(stores.quarantine());
    assertThat(stores.transitions())
        .isSameAs(stores.transitions())
        .isNotSameAs(io.backbeat.status.TransitionStore.NONE);
    assertThat(stores.queue()).isSameAs(stores.queue());
    assertThat(stores.statuses()).isSameAs(stores.statuses());
    assertThat(stores.failedJobs()).isSameAs(stores.failedJobs());
    assertThat(stores.counters()).isSameAs(stores.counters());
    assertThat(stores.locationStates()).isSameAs(stores.locationStates());
    assertThat(stores.workflowStates()).isSameAs(stores.workflowStates());
    assertThat(stores.uploads()).isSameAs(stores.uploads());
    assertThat(stores.bulkTasks()).isSameAs(stores.bulkTasks());
  }

  @Test
  void close_may_be_called_twice() {
    stores.close();
    stores.close();
  }

  @Test
  void journal_survives_a_restart_with_positions_revisions_and_statuses() throws Exception {
    Metadata photo = Metadata.pending("bucket", "photo", "paris", "tokyo").version(1);
    Metadata gone = Metadata.pending("bucket", "gone", "paris");
    Metadata late = Metadata.pending("bucket", "late", "paris");
    stores.journal().append(List.of(photo.put(), gone.put()));
    LogPosition read = stores.journal().read(LogPosition.BEGINNING, 1, Duration.ZERO).next();
    stores.journal().append(List.of(gone.delete()));
    String revision = status(photo).revision();
    stores
        .statuses()
        .apply(
            List.of(
                new StatusChange(photo.object(), PARIS, revision, StatusEvent.REPLICATED, "v1")));

    restart();

    LogBatch rest = stores.journal().read(read, 10, Duration.ZERO);
    assertThat(rest.entries())
        .extracting(LogEntry::operation)
        .last()
        .isEqualTo(LogEntry.Operation.DELETE);
    assertThat(status(photo).revision()).isEqualTo(revision);
    assertThat(status(photo).at(PARIS).orElseThrow().status()).isEqualTo(SiteStatus.COMPLETED);
    assertThat(status(photo).at(PARIS).orElseThrow().dataStoreVersionId()).isEqualTo("v1");
    assertThat(stores.journal().find(photo.object())).isPresent();
    assertThat(stores.journal().find(gone.object())).isEmpty();

    stores.journal().append(List.of(late.put()));
    assertThat(stores.journal().read(rest.next(), 10, Duration.ZERO).entries())
        .extracting(LogEntry::key)
        .containsExactly("late");
    assertThat(status(late).revision()).isNotEqualTo(revision);
  }

  private TrackedStatus status(Metadata document) {
    return stores.statuses().find(List.of(document.object())).get(document.object());
  }

  @Test
  void positions_and_quarantine_survive_a_restart() throws Exception {
    LogPosition position = new LogPosition("42");
    stores.positions().save("journal", position);
    stores
        .quarantine()
        .add(
            List.of(
                new QuarantinedEntry(position, "b", "k", "x".getBytes(UTF_8), "not JSON", NOW)));

    restart();

    assertThat(stores.positions().load("journal")).contains(position);
    assertThat(stores.quarantine().find(position).orElseThrow().value()).containsExactly('x');
  }

  @Test
  void ledger_survives_a_restart_with_markers_that_go_on_growing() throws Exception {
    LedgerEntry.Failure failure = new LedgerEntry.Failure(NOW, NOW, "Timeout", "no answer");
    Jobs failed = Jobs.aJob().key("failed");
    Jobs gone = Jobs.aJob().key("gone");
    Jobs waiting = Jobs.aJob().key("waiting");
    stores
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.failed(failed.build(), failure),
                LedgerEntry.failed(gone.build(), failure),
                LedgerEntry.waiting(waiting.build(), failure, NOW)));
    LedgerEntry before = stores.failedJobs().find(failed.jobKey()).orElseThrow();
    long greatest = stores.failedJobs().find(gone.jobKey()).orElseThrow().marker();
    stores.failedJobs().takeDue(NOW, Duration.ofMinutes(1), 10);

    restart();

    assertThat(stores.failedJobs().find(failed.jobKey())).contains(before);
    assertThat(stores.failedJobs().nextDue()).contains(NOW.plusSeconds(60));
    Jobs late = Jobs.aJob().key("late");
    stores.failedJobs().record(List.of(LedgerEntry.failed(late.build(), failure)));
    assertThat(stores.failedJobs().find(late.jobKey()).orElseThrow().marker())
        .isGreaterThan(greatest);
  }

  @Test
  void location_states_survive_a_restart() throws Exception {
    stores
        .locationStates()
        .compareAndSet(
            ServiceName.REPLICATION, PARIS, 0, TargetState.PAUSED, Optional.of(NOW.plusSeconds(9)));
    var before = stores.locationStates().find(ServiceName.REPLICATION, PARIS);

    restart();

    assertThat(stores.locationStates().find(ServiceName.REPLICATION, PARIS)).isEqualTo(before);
  }

  @Test
  void workflows_survive_a_restart() throws Exception {
    stores.workflowStates().compareAndSet(ServiceName.LIFECYCLE, 0, "{}");

    restart();

    assertThat(stores.workflowStates().load(ServiceName.LIFECYCLE))
        .contains(new WorkflowStateStore.Stored("{}", 1));
  }

  @Test
  void open_uploads_survive_a_restart_with_their_parts() throws Exception {
    OpenUpload upload = OpenUpload.begun(Jobs.aJob().jobKey(), "1", "u", "", NOW);
    OpenUpload.Part part = new OpenUpload.Part(1, "etag", 2, 3);
    stores.uploads().begin(upload);
    stores.uploads().addPart(upload.job(), "u", part, NOW);

    restart();

    assertThat(stores.uploads().find(upload.job()))
        .singleElement()
        .satisfies(found -> assertThat(found.parts()).containsExactly(part));
  }

  @Test
  void bulk_tasks_survive_a_restart() throws Exception {
    stores.bulkTasks().compareAndSet("resync-1", 0, "{}");

    restart();

    assertThat(stores.bulkTasks().load("resync-1"))
        .contains(new BulkTaskStore.Stored("resync-1", "{}", 1));
  }

  @Test
  void counters_survive_an_orderly_restart() throws Exception {
    CounterKey ops = CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS);
    CounterKey pending = CounterKey.of(ServiceName.REPLICATION, PARIS, Counter.OPS_PENDING);
    stores.counters().add(Map.of(ops, 3L, pending, -2L), NOW);

    restart();

    assertThat(stores.counters().gauges(List.of(pending))).containsExactly(-2L);
    assertThat(stores.counters().series(List.of(ops), NOW, 1).get(0)).containsExactly(3);
  }
}
