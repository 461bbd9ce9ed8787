package io.backbeat.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobType;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.MutableClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedJobsTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");

  private final MutableClock clock = MutableClock.create();
  private final FailedVersions versions = new FailedVersions(clock);
  private final FailedOperations failed =
      new FailedJobs(
          versions.stores().failedJobs(),
          () -> List.of(TOKYO, PARIS),
          new JobRetry(
              versions.stores().failedJobs(),
              versions.stores().statuses(),
              versions.stores().queue(),
              versions::jobFor,
              event -> {},
              clock));

  private FailedPage page(long marker) {
    return failed.list(PARIS, marker, FailedOperations.PAGE_SIZE);
  }

  private void fail(int count, int from) {
    versions
        .stores()
        .failedJobs()
        .record(
            IntStream.range(from, from + count)
                .mapToObj(i -> Jobs.aJob().key("key-" + i).attempt(3).build())
                .map(job -> LedgerEntry.failed(job, FailedVersions.failure()))
                .toList());
  }

  private static List<String> keys(FailedPage page) {
    return page.operations().stream().map(operation -> operation.object().key()).toList();
  }

  @Test
  void nothing_failed_is_an_empty_page() {
    assertThat(page(0)).isEqualTo(FailedPage.EMPTY);
    assertThat(failed.list(LocationName.of("nowhere"), 0, 100)).isEqualTo(FailedPage.EMPTY);
    assertThat(failed.find(ObjectVersion.unversioned("bucket", "key"))).isEmpty();
  }

  @Test
  void failed_job_is_listed_with_all_that_is_known() {
    ObjectVersion object = versions.failed("photo:1", "paris");
    assertThat(page(0))
        .isEqualTo(
            new FailedPage(
                List.of(
                    new FailedOperation(
                        object,
                        PARIS,
                        7,
                        FailedVersions.CREATED,
                        3,
                        FailedVersions.FIRST,
                        FailedVersions.LAST,
                        "Timeout",
                        "no answer in 5 s")),
                OptionalLong.empty()));
  }

  @Test
  void each_location_lists_its_own() {
    for (String key : List.of("a", "b", "c")) {
      versions.failed(key, "paris", "tokyo");
    }
    versions.failed("d", "tokyo");
    assertThat(keys(page(0))).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(failed.list(TOKYO, 0, 100).operations())
        .hasSize(4)
        .allSatisfy(operation -> assertThat(operation.location()).isEqualTo(TOKYO));
  }

  @Test
  void unfinished_jobs_and_other_types_are_not_listed() {
    versions.record(LedgerEntry.queued(Jobs.aJob().key("queued").build()));
    versions.record(
        LedgerEntry.waiting(
            Jobs.aJob().key("waiting").build(), FailedVersions.failure(), clock.instant()));
    versions.record(
        LedgerEntry.failed(
            Jobs.aJob().key("gc").type(JobType.GARBAGE_COLLECTION).build(),
            FailedVersions.failure()));
    assertThat(page(0)).isEqualTo(FailedPage.EMPTY);
    for (String key : List.of("queued", "waiting", "gc")) {
      assertThat(failed.find(ObjectVersion.unversioned("bucket", key))).isEmpty();
    }
  }

  @Test
  void full_last_page_is_not_truncated() {
    fail(100, 0);
    assertThat(page(0).operations()).hasSize(100);
    assertThat(page(0).truncated()).isFalse();
    fail(1, 100);
    FailedPage first = page(0);
    assertThat(first.operations()).hasSize(100);
    assertThat(keys(page(first.nextMarker().orElseThrow()))).containsExactly("key-0");
  }

  /** In the original, more than 100 failures of one millisecond give the same page for ever. */
  @Test
  void ten_thousand_failures_of_one_moment_are_all_listed_once() {
    fail(10_000, 0);
    List<String> all = new ArrayList<>();
    FailedPage page = page(FailedOperations.FIRST_PAGE);
    all.addAll(keys(page));
    for (int pages = 1; page.truncated() && pages < 200; pages++) {
      page = page(page.nextMarker().orElseThrow());
      all.addAll(keys(page));
    }
    assertThat(all).hasSize(10_000).doesNotHaveDuplicates();
  }

  @Test
  void newest_failures_come_first() {
    fail(3, 0);
    assertThat(keys(page(0))).containsExactly("key-2", "key-1", "key-0");
  }

  @Test
  void changes_between_two_pages_neither_repeat_nor_hide_others() {
    fail(150, 0);
    FailedPage first = page(0);
    fail(20, 150);
    ObjectVersion boundary = first.operations().get(99).object();
    LedgerEntry gone = versions.stores().failedJobs().find(boundary).get(0);
    versions
        .stores()
        .failedJobs()
        .remove(List.of(new FailedJobStore.Finished(gone.job().key(), gone.job().revision())));
    FailedPage second = page(first.nextMarker().orElseThrow());
    Set<String> both = new HashSet<>(keys(first));
    both.addAll(keys(second));
    assertThat(second.operations()).hasSize(50);
    assertThat(both).hasSize(150);
  }

  @Test
  void marker_and_limit_out_of_range_are_refused() {
    assertInvalid(-1, 100);
    assertInvalid(0, 0);
    assertInvalid(0, 1001);
    assertThat(failed.list(PARIS, Long.MAX_VALUE, 1000)).isEqualTo(FailedPage.EMPTY);
  }

  private void assertInvalid(long marker, int limit) {
    assertThatThrownBy(() -> failed.list(PARIS, marker, limit))
        .isInstanceOfSatisfying(
            BackbeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY_PARAMETER));
  }

  @Test
  void failures_of_one_version_come_in_configured_order() {
    ObjectVersion object = versions.failed("a/b:c", "former", "paris", "tokyo");
    versions.failed("a", "paris");
    assertThat(failed.find(object))
        .extracting(operation -> operation.location().value())
        .containsExactly("tokyo", "paris", "former");
  }
}
