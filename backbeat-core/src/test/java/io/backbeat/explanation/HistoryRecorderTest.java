package io.backbeat.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryTransitionStore;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.MutableClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Jobs JOB = Jobs.aJob().at("paris");
  private static final HistoryKey KEY = HistoryKey.of(JOB.build().object(), PARIS);

  private final MutableClock clock = MutableClock.create();
  private final Map<LocationName, DestinationState> destinations = new HashMap<>();
  private final BreakableStore store = new BreakableStore();
  private final HistoryRecorder recorder = recorder(HistoryOptions.DEFAULT);

  private HistoryRecorder recorder(HistoryOptions options) {
    return new HistoryRecorder(store, options, () -> destinations, clock);
  }

  private Instant tick() {
    return clock.advance(java.time.Duration.ofSeconds(1));
  }

  private List<Transition> history() {
    return store.find(List.of(KEY)).getOrDefault(KEY, List.of());
  }

  private List<Event> events() {
    return history().stream().map(Transition::event).toList();
  }

  private JobEvent failedAttempt(int attemptsBefore) {
    Instant at = tick();
    return new JobEvent.AttemptFailed(
        JOB.attempt(attemptsBefore).build(), "Timeout", "no answer", at.plusSeconds(9), at);
  }

  @Test
  void version_that_failed_twice_and_then_completed_shows_its_way() {
    recorder.on(new JobEvent.Queued(JOB.build(), tick()));
    recorder.on(failedAttempt(0));
    recorder.flush();
    recorder.on(failedAttempt(1));
    recorder.flush();
    recorder.on(new JobEvent.Completed(JOB.attempt(2).build(), tick()));
    recorder.flush();

    assertThat(events())
        .containsExactly(Event.COMPLETED, Event.ATTEMPT_FAILED, Event.ATTEMPT_FAILED, Event.QUEUED);
    assertThat(history()).extracting(Transition::attempts).containsExactly(3, 2, 1, 0);
    assertThat(history().get(1).until()).contains(history().get(1).at().plusSeconds(9));
    assertThat(history().get(1).errorClass()).isEqualTo("Timeout");
    assertThat(history().get(1).message()).isEqualTo("no answer");
  }

  @Test
  void job_that_goes_well_leaves_nothing_unless_everything_is_kept() {
    JobEvent queued = new JobEvent.Queued(JOB.build(), tick());
    JobEvent completed = new JobEvent.Completed(JOB.build(), tick());
    recorder.on(queued);
    recorder.on(completed);
    recorder.flush();
    assertThat(history()).isEmpty();

    HistoryRecorder everything =
        recorder(new HistoryOptions(HistoryOptions.Detail.EVERYTHING, Retention.DEFAULT));
    everything.on(queued);
    everything.on(completed);
    everything.flush();
    assertThat(events()).containsExactly(Event.COMPLETED, Event.QUEUED);
  }

  @Test
  void retry_of_an_operator_continues_the_history_to_its_end() {
    recorder.on(new JobEvent.Failed(JOB.attempt(4).build(), "AccessDenied", "not allowed", tick()));
    recorder.flush();
    recorder.on(new JobEvent.Requeued(JOB.build(), tick()));
    recorder.flush();
    recorder.on(new JobEvent.Completed(JOB.build(), tick())); // attempts count anew
    recorder.flush();

    assertThat(events()).containsExactly(Event.COMPLETED, Event.REQUEUED, Event.FAILED);
  }

  @Test
  void dropped_job_says_why() {
    recorder.on(new JobEvent.Dropped(JOB.build(), "superseded by revision 7", tick()));
    recorder.flush();

    assertThat(history().get(0).event()).isEqualTo(Event.DROPPED);
    assertThat(history().get(0).message()).isEqualTo("superseded by revision 7");
  }

  @Test
  void bytes_on_their_way_and_other_types_of_jobs_have_no_history() {
    Job collection = JOB.type(JobType.GARBAGE_COLLECTION).build();
    assertThat(Step.of(new JobEvent.BytesTransferred(JOB.build(), 1, tick()))).isEmpty();
    assertThat(Step.of(new JobEvent.TransferStarted(JOB.build(), tick()))).isEmpty();
    assertThat(Step.of(new JobEvent.Failed(collection, "E", "m", tick()))).isEmpty();
  }

  @Test
  void long_message_is_cut_between_characters() {
    String message = "x".repeat(999) + "\uD83D\uDE00" + "tail";

    assertThat(Step.shortened(message)).isEqualTo("x".repeat(999) + "…");
    assertThat(Step.shortened("x".repeat(1_000))).hasSize(1_000);
  }

  @Test
  void store_that_does_not_answer_fails_nobody_and_gets_everything_later() {
    store.broken = true;
    recorder.on(failedAttempt(0));
    recorder.flush();
    recorder.on(failedAttempt(1));
    recorder.flush();
    store.broken = false;
    assertThat(history()).isEmpty();

    recorder.flush();

    assertThat(history()).extracting(Transition::attempts).containsExactly(2, 1);
    assertThat(recorder.dropped()).isZero();
  }

  @Test
  void full_buffer_gives_up_the_oldest_and_counts_it() {
    store.broken = true;
    for (int i = 0; i < 20_003; i++) {
      recorder.on(failedAttempt(i));
    }
    recorder.flush();
    recorder.on(failedAttempt(20_003));
    recorder.flush();
    store.broken = false;
    recorder.flush();

    assertThat(recorder.dropped()).isEqualTo(4);
    assertThat(history().get(0).attempts()).isEqualTo(20_004);
  }

  @Test
  void destination_that_goes_down_and_up_again_has_a_history() {
    HistoryKey location = HistoryKey.of(PARIS);
    destinations.put(PARIS, DestinationState.UP);
    recorder.flush();
    Instant first = clock.instant().plusSeconds(5);
    destinations.put(PARIS, new DestinationState(true, Optional.of(first), "refused"));
    recorder.flush();
    recorder.flush();
    tick();
    destinations.put(PARIS, new DestinationState(true, Optional.empty(), ""));
    recorder.flush();
    tick();
    destinations.put(
        PARIS, new DestinationState(true, Optional.of(first.plusSeconds(10)), "refused"));
    recorder.flush();
    tick();
    destinations.put(PARIS, DestinationState.UP);
    recorder.flush();
    recorder.flush();

    List<Transition> told = store.find(List.of(location)).get(location);
    assertThat(told)
        .extracting(Transition::event)
        .containsExactly(Event.DESTINATION_UP, Event.DESTINATION_DOWN, Event.DESTINATION_DOWN);
    assertThat(told.get(2).until()).contains(first);
    assertThat(told.get(2).message()).isEqualTo("refused");
  }

  /** Answers only while it is not broken. */
  private static final class BreakableStore implements TransitionStore {
    private final TransitionStore kept = new InMemoryTransitionStore();
    private boolean broken;

    private TransitionStore answering() {
      if (broken) {
        throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the store does not answer");
      }
      return kept;
    }

    @Override
    public void append(Map<HistoryKey, List<Transition>> news, Retention retention) {
      answering().append(news, retention);
    }

    @Override
    public Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> histories) {
      return answering().find(histories);
    }

    @Override
    public Set<HistoryKey> known(Collection<HistoryKey> histories) {
      return answering().known(histories);
    }
  }
}
