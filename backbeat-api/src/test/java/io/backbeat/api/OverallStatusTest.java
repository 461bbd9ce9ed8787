package io.backbeat.api;

import static io.backbeat.api.SiteStatus.COMPLETED;
import static io.backbeat.api.SiteStatus.FAILED;
import static io.backbeat.api.SiteStatus.PENDING;
import static io.backbeat.api.SiteStatus.REPLICA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OverallStatusTest {
  static Stream<Arguments> table() {
    return Stream.of(
        row(OverallStatus.COMPLETED),
        row(OverallStatus.PENDING, PENDING),
        row(OverallStatus.COMPLETED, COMPLETED),
        row(OverallStatus.FAILED, FAILED),
        row(OverallStatus.REPLICA, REPLICA),
        row(OverallStatus.PENDING, PENDING, PENDING),
        row(OverallStatus.PROCESSING, PENDING, COMPLETED),
        row(OverallStatus.PROCESSING, PENDING, REPLICA),
        row(OverallStatus.COMPLETED, COMPLETED, COMPLETED),
        row(OverallStatus.FAILED, FAILED, PENDING),
        row(OverallStatus.FAILED, FAILED, COMPLETED),
        row(OverallStatus.FAILED, FAILED, FAILED),
        row(OverallStatus.REPLICA, REPLICA, COMPLETED));
  }

  @ParameterizedTest
  @MethodSource("table")
  void follows_from_the_locations(List<SiteStatus> sites, OverallStatus expected) {
    assertThat(OverallStatus.of(sites)).isEqualTo(expected);
  }

  @Test
  void any_failed_location_makes_the_whole_failed() {
    assertThat(combinations(4))
        .allSatisfy(
            sites ->
                assertThat(OverallStatus.of(sites) == OverallStatus.FAILED)
                    .isEqualTo(sites.contains(FAILED)));
  }

  @Test
  void pending_and_processing_tell_that_work_is_left_and_whether_any_was_done() {
    assertThat(combinations(4))
        .filteredOn(sites -> sites.contains(PENDING) && !sites.contains(FAILED))
        .allSatisfy(
            sites ->
                assertThat(OverallStatus.of(sites))
                    .isEqualTo(
                        sites.stream().distinct().count() == 1
                            ? OverallStatus.PENDING
                            : OverallStatus.PROCESSING));
  }

  @Test
  void completed_means_that_nothing_is_left() {
    assertThat(combinations(4))
        .filteredOn(sites -> OverallStatus.of(sites) == OverallStatus.COMPLETED)
        .allSatisfy(sites -> assertThat(sites).containsOnly(COMPLETED));
  }

  @Test
  void order_of_the_locations_does_not_matter() {
    assertThat(combinations(3))
        .allSatisfy(
            sites -> {
              List<SiteStatus> turned = new ArrayList<>(sites);
              java.util.Collections.reverse(turned);
              assertThat(OverallStatus.of(turned)).isEqualTo(OverallStatus.of(sites));
            });
  }

  private static Arguments row(OverallStatus expected, SiteStatus... sites) {
    return Arguments.of(Arrays.asList(sites), expected);
  }

  /** Every list of 1 to {@code length} statuses. */
  private static List<List<SiteStatus>> combinations(int length) {
    List<List<SiteStatus>> all = new ArrayList<>();
    List<List<SiteStatus>> last = List.of(List.of());
    for (int i = 0; i < length; i++) {
      List<List<SiteStatus>> longer = new ArrayList<>();
      for (List<SiteStatus> shorter : last) {
        for (SiteStatus status : SiteStatus.values()) {
          List<SiteStatus> sites = new ArrayList<>(shorter);
          sites.add(status);
          longer.add(sites);
        }
      }
      all.addAll(longer);
      last = longer;
    }
    return all;
  }
}
