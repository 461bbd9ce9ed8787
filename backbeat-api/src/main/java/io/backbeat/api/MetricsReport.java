package io.backbeat.api;

import java.util.Objects;

/**
 * The numbers of one location, or of all locations of a service. Counters may miss the last moments
 * before a crash; whatever must be exact is asked from {@link FailedOperations}.
 *
 * @param service whose numbers
 * @param backlog operations queued and not finished; never negative
 * @param completions operations completed in the last 24 hours
 * @param failures object versions recorded as failed; {@code size} is always 0
 * @param throughput average over the last 15 minutes
 * @param pending like backlog, but for replication as counted: may be negative after lost events
 */
public record MetricsReport(
    ServiceName service,
    Amount backlog,
    Amount completions,
    Amount failures,
    Throughput throughput,
    Amount pending) {
  /** Checks that nothing is null. */
  public MetricsReport {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(backlog, "backlog");
    Objects.requireNonNull(completions, "completions");
    Objects.requireNonNull(failures, "failures");
    Objects.requireNonNull(throughput, "throughput");
    Objects.requireNonNull(pending, "pending");
  }
}
