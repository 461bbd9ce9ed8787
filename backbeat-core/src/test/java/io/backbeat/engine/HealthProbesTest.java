package io.backbeat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.log.LostRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthProbesTest {
  private static final Instant AFTER = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant NOTICED = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void lost_part_of_the_log_is_named_and_degrades_until_it_is_listed_again() {
    LostRange lost = new LostRange(AFTER, NOTICED, false, "oplog rolled over");
    ComponentHealth listing = HealthProbes.populatorHealth(Optional.empty(), List.of(lost));
    assertThat(listing.state()).isEqualTo(State.DEGRADED);
    assertThat(listing.detail())
        .contains(AFTER.toString(), NOTICED.toString(), "oplog rolled over", "not been listed");

    ComponentHealth listed =
        HealthProbes.populatorHealth(
            Optional.empty(), List.of(new LostRange(AFTER, NOTICED, true, "oplog rolled over")));
    assertThat(listed.state()).isEqualTo(State.OK);
    assertThat(listed.detail()).contains(AFTER.toString(), "listed again");
  }

  @Test
  void loss_in_a_log_that_does_not_list_promises_no_listing_and_no_time_it_does_not_know() {
    ComponentHealth health =
        HealthProbes.populatorHealth(
            Optional.empty(),
            List.of(new LostRange(Instant.EPOCH, NOTICED, false, "records were deleted")));
    assertThat(health.state()).isEqualTo(State.DEGRADED);
    assertThat(health.detail())
        .contains("records were deleted")
        .doesNotContain("1970", "listing everything");
  }

  @Test
  void populator_that_cannot_work_fails_whatever_was_lost() {
    ComponentHealth health =
        HealthProbes.populatorHealth(
            Optional.of("no answer"),
            List.of(new LostRange(AFTER, NOTICED, true, "oplog rolled over")));
    assertThat(health).isEqualTo(new ComponentHealth("populator", State.FAILING, "no answer"));
  }
}
