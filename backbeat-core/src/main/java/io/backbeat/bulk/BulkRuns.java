package io.backbeat.bulk;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ErrorCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs in a {@link BulkTaskStore}, read and written with comparison. Thread-safe. */
final class BulkRuns {
  private static final Logger LOG = LoggerFactory.getLogger(BulkRuns.class);

  /** How many tasks that have ended are kept. */
  static final int KEPT = 100;

  /** Two who write one task at once are rare, and each writes in no time. */
  private static final int MAX_ROUNDS = 20;

  private final BulkTaskStore store;

  BulkRuns(BulkTaskStore store) {
    this.store = store;
  }

  /** A run as it is stored. */
  record Kept(BulkRun run, long revision) {}

  /** All runs, the newest first. A document that cannot be read is left out. */
  List<Kept> list() {
    return store.list().stream()
        .flatMap(stored -> read(stored).stream())
        .sorted(
            Comparator.comparing((Kept kept) -> kept.run().task().createdAt())
                .thenComparing(kept -> kept.run().task().id())
                .reversed())
        .toList();
  }

  Optional<Kept> load(String id) {
    return store.load(id).flatMap(BulkRuns::read);
  }

  private static Optional<Kept> read(BulkTaskStore.Stored stored) {
    try {
      return Optional.of(new Kept(BulkTaskJson.run(stored.document()), stored.revision()));
    } catch (IllegalArgumentException | ClassCastException e) {
      LOG.warn("the bulk task {} cannot be read: {}", stored.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps a new run; false if there is one of that id. */
  boolean add(BulkRun run) {
    return store.compareAndSet(run.task().id(), 0, BulkTaskJson.write(run));
  }

  /** Writes a run in the place of another; false if that was written by somebody else. */
  boolean replace(Kept before, BulkRun after) {
    return store.compareAndSet(after.task().id(), before.revision(), BulkTaskJson.write(after));
  }

  /**
   * Changes a run, whoever else does at the same time.
   *
   * @return as it is now
   * @throws BackbeatException ROUTE_NOT_FOUND if there is none of that id
   */
  BulkTask change(String id, UnaryOperator<BulkRun> change) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Kept kept = load(id).orElseThrow(() -> unknown(id));
      BulkRun changed = change.apply(kept.run());
      if (changed.equals(kept.run()) || replace(kept, changed)) {
        return changed.task();
      }
    }
    throw new BackbeatException(
        ErrorCode.CONFLICT, "task " + id + " is being changed by others; try again");
  }

  static BackbeatException unknown(String id) {
    return new BackbeatException(ErrorCode.ROUTE_NOT_FOUND, "there is no task " + id);
  }

  /** Forgets tasks that ended long ago. */
  void tidy() {
    list().stream()
        .filter(kept -> kept.run().task().ended())
        .sorted(Comparator.comparing(BulkRuns::endedAt).reversed())
        .skip(KEPT)
        .forEach(kept -> store.remove(kept.run().task().id(), kept.revision()));
  }

  private static Instant endedAt(Kept kept) {
    return kept.run().task().endedAt().orElse(kept.run().task().createdAt());
  }
}
