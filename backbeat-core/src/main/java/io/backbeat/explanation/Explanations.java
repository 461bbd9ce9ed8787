package io.backbeat.explanation;

import io.backbeat.api.LocationExplanation;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.Retention;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes explanations of facts. Pure. */
final class Explanations {
  private Explanations() {}

  /**
   * Explains one location.
   *
   * @param now what time it is
   * @param retention no more transitions are told than it allows
   */
  static LocationExplanation of(LocationFacts facts, Instant now, Retention retention) {
    // What the location went through before this job is not of this job's making.
    Optional<Instant> since =
        facts.site().status() == SiteStatus.PENDING
            ? facts.job().map(entry -> entry.job().createdAt())
            : facts.history().stream().map(Transition::at).min(Comparator.naturalOrder());
    Optional<Instant> to =
        facts.site().status() == SiteStatus.PENDING
            ? Optional.of(now)
            : facts.history().stream().map(Transition::at).max(Comparator.naturalOrder());
    Stream<Transition> around =
        facts.locationHistory().stream()
            .filter(t -> since.filter(start -> !t.at().isBefore(start)).isPresent())
            .filter(t -> to.filter(end -> !t.at().isAfter(end)).isPresent());
    List<Transition> transitions =
        Stream.concat(facts.history().stream(), around)
            .filter(t -> !t.at().isBefore(now.minus(retention.age())))
            .sorted(Comparator.comparing(Transition::at).reversed()) // stable
            .limit(retention.perHistory())
            .toList();
    return new LocationExplanation(
        facts.site(),
        facts.job().map(entry -> job(entry, facts.ahead())),
        Blocking.of(facts, now),
        transitions);
  }

  private static UnfinishedJob job(LedgerEntry entry, OptionalLong ahead) {
    return new UnfinishedJob(
        switch (entry.state()) {
          case QUEUED -> UnfinishedJob.State.QUEUED;
          case WAITING -> UnfinishedJob.State.WAITING;
          case FAILED -> UnfinishedJob.State.FAILED;
        },
        entry.job().attempt(),
        Step.time(entry.job().createdAt()),
        entry
            .failure()
            .map(
                failure ->
                    new UnfinishedJob.Failure(
                        Step.time(failure.last()), failure.errorClass(), failure.message())),
        entry.nextAttempt().map(Step::time),
        entry.state() == JobState.QUEUED ? ahead : OptionalLong.empty());
  }
}
