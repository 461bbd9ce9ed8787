package io.backbeat.bulk;

import io.backbeat.api.BulkRequest.Retry;
import io.backbeat.api.LocationName;
import io.backbeat.api.RetryRequest;
import io.backbeat.job.JobType;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * Goes through recorded failures, location by location, the newest first. Markers only become
 * smaller, so that what fails again meanwhile is not met a second time.
 */
final class FailureWalk implements BulkWalk {
  private final Retry request;
  private final List<LocationName> locations;
  private final FailedJobStore ledger;

  FailureWalk(Retry request, List<LocationName> destinations, FailedJobStore ledger) {
    this.request = request;
    List<LocationName> wanted = request.selection().locations();
    this.locations =
        destinations.stream().filter(l -> wanted.isEmpty() || wanted.contains(l)).toList();
    this.ledger = ledger;
  }

  @Override
  public Found look(Cursor from, int limit) {
    Optional<LocationName> location =
        from.group().isEmpty()
            ? locations.stream().findFirst()
            : locations.stream().filter(l -> l.value().equals(from.group())).findFirst();
    if (location.isEmpty()) {
      return Found.nothing(Optional.empty());
    }
    long before = from.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(from.after());
    List<LedgerEntry> page = ledger.failed(JobType.REPLICATION, location.get(), before, limit);
    if (page.isEmpty()) {
      return Found.nothing(behind(location.get()));
    }
    List<LedgerEntry> matched = page.stream().filter(entry -> matches(request, entry)).toList();
    long last = page.get(page.size() - 1).marker();
    return new Found(
        Optional.of(new Cursor(location.get().value(), Long.toString(last))),
        page.size(),
        matched.stream().map(e -> RetryRequest.of(e.job().object(), e.job().location())).toList(),
        List.of(),
        List.of(),
        matched.stream().mapToLong(entry -> entry.job().bytes()).sum());
  }

  /** Whether a failure is meant. Pure. */
  static boolean matches(Retry request, LedgerEntry failed) {
    return request.selection().includes(failed.job().object(), failed.job().location())
        && failed
            .failure()
            .filter(why -> request.failed().contains(why.last()))
            .filter(why -> request.errorClass().map(why.errorClass()::equals).orElse(true))
            .isPresent();
  }

  private Optional<Cursor> behind(LocationName location) {
    int next = locations.indexOf(location) + 1;
    return next < locations.size()
        ? Optional.of(new Cursor(locations.get(next).value(), ""))
        : Optional.empty();
  }
}
