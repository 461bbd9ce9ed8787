package io.backbeat.job;

import static io.backbeat.api.SiteStatus.COMPLETED;
import static io.backbeat.api.SiteStatus.FAILED;
import static io.backbeat.api.SiteStatus.PENDING;
import static io.backbeat.api.SiteStatus.REPLICA;
import static io.backbeat.job.StatusEvent.ATTEMPTS_EXHAUSTED;
import static io.backbeat.job.StatusEvent.ATTEMPT_FAILED;
import static io.backbeat.job.StatusEvent.REPLICATED;
import static io.backbeat.job.StatusEvent.RESYNC_REQUESTED;
import static io.backbeat.job.StatusEvent.RETRY_REQUESTED;
import static io.backbeat.job.StatusEvent.SKIPPED;
import static io.backbeat.job.StatusEvent.SOURCE_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.SiteStatus;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusMachineTest {
  /** Written down a second time on purpose: a change of the table has to be meant. */
  private static final Map<SiteStatus, Map<StatusEvent, SiteStatus>> EXPECTED =
      Map.of(
          PENDING,
          Map.of(
              REPLICATED, COMPLETED,
              SOURCE_CHANGED, PENDING,
              ATTEMPT_FAILED, PENDING,
              ATTEMPTS_EXHAUSTED, FAILED,
              SKIPPED, FAILED,
              RETRY_REQUESTED, PENDING,
              RESYNC_REQUESTED, PENDING),
          FAILED,
          Map.of(
              REPLICATED, COMPLETED,
              SOURCE_CHANGED, PENDING,
              ATTEMPT_FAILED, FAILED,
              ATTEMPTS_EXHAUSTED, FAILED,
              SKIPPED, FAILED,
              RETRY_REQUESTED, PENDING,
              RESYNC_REQUESTED, PENDING),
          COMPLETED,
          Map.of(RESYNC_REQUESTED, PENDING),
          REPLICA,
          Map.of());

  static Stream<Arguments> every_pair() {
    return Arrays.stream(SiteStatus.values())
        .flatMap(from -> Arrays.stream(StatusEvent.values()).map(on -> Arguments.of(from, on)));
  }

  @ParameterizedTest
  @MethodSource("every_pair")
  void leads_where_the_table_says(SiteStatus from, StatusEvent on) {
    assertThat(StatusMachine.next(from, on))
        .isEqualTo(Optional.ofNullable(EXPECTED.get(from).get(on)));
  }

  @Test
  void table_has_one_row_a_pair() {
    Set<Object> pairs = new HashSet<>();
    StatusMachine.TRANSITIONS.forEach(
        row -> assertThat(pairs.add(Map.entry(row.from(), row.on()))).as("%s", row).isTrue());
  }

  /** Only an operator who says so moves what is done; no message about a job does. */
  @ParameterizedTest
  @EnumSource(value = StatusEvent.class, mode = EnumSource.Mode.EXCLUDE, names = "RESYNC_REQUESTED")
  void completed_is_final_until_the_next_write_or_resync(StatusEvent event) {
    assertThat(StatusMachine.next(COMPLETED, event)).isEmpty();
  }

  @Test
  void completion_after_a_failure_counts() {
    assertThat(StatusMachine.next(FAILED, REPLICATED)).contains(COMPLETED);
  }

  @Test
  void failure_with_attempts_left_writes_nothing_new() {
    assertThat(StatusMachine.next(PENDING, ATTEMPT_FAILED)).contains(PENDING);
  }

  @Test
  void source_that_changed_meanwhile_stays_to_be_copied() {
    assertThat(StatusMachine.next(PENDING, SOURCE_CHANGED)).contains(PENDING);
  }

  /**
   * The original leaves a skipped version PENDING for ever; here every end is a status that someone
   * can see and act on.
   */
  @Test
  void skipped_version_is_not_pending_for_ever() {
    assertThat(StatusMachine.next(PENDING, SKIPPED)).contains(FAILED);
  }
}
