package io.backbeat.memory;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.StatusMachine;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statuses in memory, of the versions in an object table. The changes of one call are atomic
 * together.
 */
final class InMemoryStatusStore implements StatusStore {
  private final ObjectTable table;

  InMemoryStatusStore(ObjectTable table) {
    this.table = table;
  }

  @Override
  public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, TrackedStatus> found = new HashMap<>();
    synchronized (table.lock) {
      for (ObjectVersion object : objects) {
        table.find(object).ifPresent(row -> found.put(object, row.tracked()));
      }
    }
    return found;
  }

  @Override
  public List<StatusResult> apply(List<StatusChange> changes) {
    List<StatusResult> results = new ArrayList<>(changes.size());
    synchronized (table.lock) {
      for (StatusChange change : changes) {
        results.add(
            table
                .find(change.object())
                .map(row -> apply(change, row))
                .orElseGet(StatusResult.Unknown::new));
      }
    }
    return results;
  }

  private static StatusResult apply(StatusChange change, ObjectRow row) {
    if (!row.revision.equals(change.revision())) {
      return new StatusResult.Superseded(row.revision);
    }
    int index = row.indexOf(change.location());
    if (index < 0) {
      return new StatusResult.Unknown();
    }
    SiteStatus before = row.sites().get(index).status();
    Optional<SiteStatus> after = StatusMachine.next(before, change.event());
    if (after.isEmpty()) {
      return new StatusResult.NoTransition(before);
    }
    row.set(index, after.get(), change.dataStoreVersionId());
    return new StatusResult.Applied(before, after.get(), overall(row.sites()));
  }

  private static OverallStatus overall(List<SiteReplication> sites) {
    return OverallStatus.of(sites.stream().map(SiteReplication::status).toList());
  }
}
