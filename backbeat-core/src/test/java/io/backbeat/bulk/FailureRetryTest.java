package io.backbeat.bulk;

import static io.backbeat.bulk.BulkSite.PARIS;
import static io.backbeat.bulk.BulkSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest.Retry;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import io.backbeat.job.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureRetryTest {
  private final BulkSite site = new BulkSite();

  private BulkTask run(Retry request) {
    return site.finish(site.runner(), site.tasks.start(request));
  }

  @Test
  void all_failures_of_all_locations_are_queued_again() {
    for (int i = 0; i < 250; i++) {
      site.failed("photos", "key-" + i, i % 2 == 0 ? "paris" : "tokyo", "Timeout");
    }

    BulkTask task = run(Retry.of(ObjectSelection.ALL));

    assertThat(task.progress()).isEqualTo(new BulkCounts(250, 250, 250, 25_000));
    assertThat(site.published(PARIS)).hasSize(125);
    assertThat(site.published(TOKYO)).hasSize(125);
    assertThat(site.events).hasSize(250).allMatch(event -> event instanceof JobEvent.Requeued);
  }

  @Test
  void location_bucket_prefix_error_and_age_narrow_it_down() {
    ObjectVersion wanted = site.failed("photos", "2026/a", "paris", "Timeout");
    site.failed("photos", "2025/a", "paris", "Timeout");
    site.failed("archive", "2026/a", "paris", "Timeout");
    site.failed("photos", "2026/b", "tokyo", "Timeout");
    site.failed("photos", "2026/c", "paris", "Denied");
    Instant then = site.clock.advance(Duration.ofHours(1));
    ObjectVersion late = site.failed("photos", "2026/late", "paris", "Timeout");
    Retry narrow =
        new Retry(
            ObjectSelection.of("photos", "2026/").at(List.of(PARIS)),
            TimeRange.before(then),
            Optional.of("Timeout"),
            false,
            0);

    assertThat(run(narrow.planOnly()).plan()).isEqualTo(new BulkCounts(5, 1, 0, 100));
    assertThat(site.status(wanted, "paris")).isEqualTo(SiteStatus.FAILED);

    run(narrow);

    assertThat(site.published(PARIS)).containsExactly(wanted);
    assertThat(site.status(late, "paris")).isEqualTo(SiteStatus.FAILED);
  }
}
