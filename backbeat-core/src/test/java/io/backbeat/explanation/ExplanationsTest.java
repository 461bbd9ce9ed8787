package io.backbeat.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Blocker;
import io.backbeat.api.Blocker.Reason;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TargetState;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.api.UnfinishedJob;
import io.backbeat.job.Job;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.Retention;
import io.backbeat.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of the facts about one location. */
class ExplanationsTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Instant NOW = Jobs.CREATED.plus(Duration.ofHours(1));
  private static final Instant LATER = NOW.plusSeconds(90);
  private static final Job JOB = Jobs.aJob().at("paris").attempt(2).build();
  private static final LedgerEntry.Failure FAILURE =
      new LedgerEntry.Failure(NOW.minusSeconds(60), NOW.minusSeconds(5), "Timeout", "no answer");

  private static LocationFacts facts(SiteStatus status) {
    return new LocationFacts(
        new SiteReplication(PARIS, status, ""),
        Optional.empty(),
        Optional.of(state(TargetState.RUNNING, Optional.empty())),
        Optional.of(DestinationState.UP),
        OptionalLong.empty(),
        List.of(),
        List.of());
  }

  private static LocationFacts queued(OptionalLong ahead) {
    return with(facts(SiteStatus.PENDING), LedgerEntry.queued(JOB), ahead);
  }

  private static LocationFacts with(LocationFacts f, LedgerEntry job, OptionalLong ahead) {
    return new LocationFacts(
        f.site(),
        Optional.of(job),
        f.location(),
        f.destination(),
        ahead,
        f.history(),
        f.locationHistory());
  }

  private static LocationFacts at(LocationFacts f, Optional<LocationStatus> location) {
    return new LocationFacts(
        f.site(), f.job(), location, f.destination(), f.ahead(), f.history(), f.locationHistory());
  }

  private static LocationFacts with(LocationFacts f, Optional<DestinationState> destination) {
    return new LocationFacts(
        f.site(), f.job(), f.location(), destination, f.ahead(), f.history(), f.locationHistory());
  }

  private static LocationFacts with(
      LocationFacts f, List<Transition> history, List<Transition> locationHistory) {
    return new LocationFacts(
        f.site(), f.job(), f.location(), f.destination(), f.ahead(), history, locationHistory);
  }

  private static LocationStatus state(TargetState target, Optional<Instant> resumeAt) {
    return new LocationStatus(
        ServiceName.REPLICATION, PARIS, target, ObservedState.RUNNING, resumeAt, 1);
  }

  private static LocationExplanation explained(LocationFacts facts) {
    return Explanations.of(facts, NOW, Retention.DEFAULT);
  }

  private static List<Blocker> blockers(LocationFacts facts) {
    return explained(facts).blockers();
  }

  private static Transition event(Event event, Instant at) {
    return Transition.of(at, event, 0);
  }

  private static Transition down(Instant at, Instant until) {
    return new Transition(at, Event.DESTINATION_DOWN, 0, Optional.of(until), "", "refused");
  }

  @Test
  void nothing_blocks_what_is_there_whatever_became_of_the_location() {
    for (SiteStatus there : List.of(SiteStatus.COMPLETED, SiteStatus.REPLICA)) {
      assertThat(blockers(facts(there))).isEmpty();
      assertThat(blockers(at(facts(there), Optional.empty()))).isEmpty();
      assertThat(
              blockers(at(facts(there), Optional.of(state(TargetState.PAUSED, Optional.empty())))))
          .isEmpty();
    }
  }

  @Test
  void nothing_blocks_a_queued_job_that_is_the_only_one_in_its_partition() {
    assertThat(blockers(queued(OptionalLong.of(0)))).isEmpty();
    assertThat(blockers(queued(OptionalLong.empty()))).isEmpty();
  }

  @Test
  void queued_job_may_stand_behind_others() {
    LocationExplanation explanation = explained(queued(OptionalLong.of(41)));

    assertThat(explanation.blockers())
        .containsExactly(
            new Blocker(Reason.QUEUE, Optional.empty(), "at most 41 records before it"));
    UnfinishedJob job = explanation.job().orElseThrow();
    assertThat(job.state()).isEqualTo(UnfinishedJob.State.QUEUED);
    assertThat(job.queuePosition()).hasValue(41);
    assertThat(job.attempts()).isEqualTo(2);
    assertThat(job.createdAt()).isEqualTo(Jobs.CREATED);
  }

  @Test
  void paused_location_blocks_until_its_schedule_or_for_good() {
    LocationFacts facts = queued(OptionalLong.of(0));

    assertThat(blockers(at(facts, Optional.of(state(TargetState.PAUSED, Optional.empty())))))
        .containsExactly(Blocker.of(Reason.PAUSED));
    assertThat(blockers(at(facts, Optional.of(state(TargetState.PAUSED, Optional.of(LATER))))))
        .containsExactly(Blocker.until(Reason.PAUSED, LATER));
  }

  @Test
  void location_that_is_not_configured_blocks() {
    assertThat(blockers(at(queued(OptionalLong.of(0)), Optional.empty())))
        .containsExactly(Blocker.of(Reason.NOT_CONFIGURED));
  }

  @Test
  void destination_that_this_process_found_down_blocks_until_the_next_trial() {
    DestinationState down = new DestinationState(true, Optional.of(LATER), "refused");

    assertThat(blockers(with(queued(OptionalLong.of(0)), Optional.of(down))))
        .containsExactly(new Blocker(Reason.DESTINATION_DOWN, Optional.of(LATER), "refused"));
  }

  @Test
  void destination_that_another_process_found_down_blocks_until_it_is_up_or_long_silent() {
    LocationFacts facts = with(queued(OptionalLong.of(0)), Optional.empty());
    Transition down = down(NOW.minusSeconds(10), LATER);

    assertThat(blockers(with(facts, List.of(), List.of(down))))
        .containsExactly(new Blocker(Reason.DESTINATION_DOWN, Optional.of(LATER), "refused"));
    Transition up = event(Event.DESTINATION_UP, NOW.minusSeconds(5));
    assertThat(blockers(with(facts, List.of(), List.of(up, down)))).isEmpty();
    Transition trying = down(NOW.minusSeconds(60), NOW.minusSeconds(20));
    assertThat(blockers(with(facts, List.of(), List.of(trying)))).hasSize(1);
    Transition silent = down(NOW.minusSeconds(900), NOW.minus(Blocking.TRIAL));
    assertThat(blockers(with(facts, List.of(), List.of(silent)))).isEmpty();
  }

  @Test
  void waiting_job_blocks_until_its_next_attempt_and_tells_its_last_failure() {
    LedgerEntry waiting = LedgerEntry.waiting(JOB, FAILURE, LATER);
    LocationExplanation explanation =
        explained(with(facts(SiteStatus.PENDING), waiting, OptionalLong.of(7)));

    assertThat(explanation.blockers()).containsExactly(Blocker.until(Reason.NEXT_ATTEMPT, LATER));
    UnfinishedJob job = explanation.job().orElseThrow();
    assertThat(job.nextAttempt()).contains(LATER);
    assertThat(job.queuePosition()).isEmpty();
    assertThat(job.lastFailure())
        .contains(new UnfinishedJob.Failure(FAILURE.last(), "Timeout", "no answer"));
  }

  @Test
  void everything_that_blocks_is_told_in_the_order_in_which_it_has_to_end() {
    LocationFacts waiting =
        with(
            facts(SiteStatus.PENDING),
            LedgerEntry.waiting(JOB, FAILURE, LATER),
            OptionalLong.empty());
    DestinationState down = new DestinationState(true, Optional.empty(), "");
    LocationFacts all =
        at(
            with(waiting, Optional.of(down)),
            Optional.of(state(TargetState.PAUSED, Optional.empty())));

    assertThat(blockers(all))
        .extracting(Blocker::reason)
        .containsExactly(Reason.PAUSED, Reason.DESTINATION_DOWN, Reason.NEXT_ATTEMPT);
  }

  @Test
  void failed_version_waits_for_a_decision_and_says_why() {
    LedgerEntry failed = LedgerEntry.failed(JOB, FAILURE);

    assertThat(blockers(with(facts(SiteStatus.FAILED), failed, OptionalLong.empty())))
        .containsExactly(new Blocker(Reason.FAILED, Optional.empty(), "Timeout: no answer"));
    assertThat(blockers(facts(SiteStatus.FAILED))).containsExactly(Blocker.of(Reason.FAILED));
  }

  @Test
  void pending_version_without_a_job_says_so() {
    LocationExplanation explanation = explained(facts(SiteStatus.PENDING));

    assertThat(explanation.blockers()).containsExactly(Blocker.of(Reason.NO_JOB));
    assertThat(explanation.job()).isEmpty();
  }

  @Test
  void history_holds_what_the_location_went_through_meanwhile() {
    Transition queued = event(Event.QUEUED, NOW.minusSeconds(50));
    Transition before = down(Jobs.CREATED.minusSeconds(1), NOW);
    Transition meanwhile = down(NOW.minusSeconds(40), NOW.minusSeconds(30));
    Transition up = event(Event.DESTINATION_UP, NOW.minusSeconds(29));
    Transition done = event(Event.COMPLETED, NOW.minusSeconds(20));
    Transition after = down(NOW.minusSeconds(10), LATER);
    List<Transition> location = List.of(after, up, meanwhile, before);

    assertThat(explained(with(queued(OptionalLong.of(0)), List.of(queued), location)).transitions())
        .containsExactly(after, up, meanwhile, queued);
    assertThat(
            explained(with(facts(SiteStatus.COMPLETED), List.of(done, queued), location))
                .transitions())
        .containsExactly(done, up, meanwhile, queued);
    assertThat(explained(with(facts(SiteStatus.COMPLETED), List.of(), location)).transitions())
        .isEmpty();
  }

  @Test
  void history_is_no_longer_and_no_older_than_it_may_be() {
    List<Transition> many =
        IntStream.range(0, 30)
            .mapToObj(n -> event(Event.ATTEMPT_FAILED, NOW.minusSeconds(n)))
            .toList();
    Instant week = NOW.minus(Duration.ofDays(7));
    List<Transition> old =
        List.of(event(Event.FAILED, week), event(Event.QUEUED, week.minusMillis(1)));

    assertThat(explained(with(facts(SiteStatus.FAILED), many, List.of())).transitions())
        .isEqualTo(many.subList(0, 20));
    assertThat(explained(with(facts(SiteStatus.FAILED), old, List.of())).transitions())
        .containsExactly(event(Event.FAILED, week));
  }
}
