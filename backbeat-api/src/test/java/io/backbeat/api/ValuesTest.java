package io.backbeat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single values accept, refuse and answer. */
class ValuesTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a,b", "a:b", "a\nb", "a\u0000", "\u007f", "a\u0085b"})
  void location_name_with_a_separator_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocationName.of(name))
        .withMessageContaining(name)
        .withMessageContaining("must not contain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-backend-1", "us-east-1", "x", "Zürich 2", "中", "a.b_c$d"})
  void location_name_of_any_other_text_is_accepted(String name) {
    assertThat(LocationName.of(name)).hasToString(name);
  }

  @Test
  void location_name_has_1_to_255_characters() {
    assertThat(LocationName.of("x".repeat(255)).value()).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocationName.of("x".repeat(256)))
        .withMessageContaining("255")
        .withMessageContaining("256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocationName.of(""))
        .withMessage("location name must not be empty");
  }

  @Test
  void location_names_are_ordered_as_texts() {
    assertThat(PARIS).isGreaterThan(LocationName.of("berlin")).isEqualByComparingTo(PARIS);
  }

  @Test
  void object_version_needs_bucket_and_key() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectVersion("", "key", ""))
        .withMessage("bucket must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectVersion("bucket", "", ""))
        .withMessage("object key must not be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800", "a\udc00\ud800", "a\udbffb"})
  void half_of_a_surrogate_pair_is_in_no_name(String half) {
    for (ThrowingCallable birth :
        List.<ThrowingCallable>of(
            () -> ObjectVersion.unversioned(half, "k"),
            () -> ObjectVersion.unversioned("b", half),
            () -> new ObjectVersion("b", "k", half),
            () -> LocationName.of(half))) {
      assertThatIllegalArgumentException()
          .isThrownBy(birth)
          .withMessageContaining("well-formed Unicode")
          .withMessageContaining("at index 1");
    }
    assertThat(new ObjectVersion("\ud83d\ude00", "\ud83d\ude00", "\ud83d\ude00")).isNotNull();
  }

  @Test
  void object_version_shows_its_version_only_if_it_has_one() {
    assertThat(OBJECT).hasToString("bucket/key?versionId=v1");
    assertThat(ObjectVersion.unversioned("bucket", "key")).hasToString("bucket/key");
  }

  @Test
  void versions_of_one_key_share_the_ordering_key() {
    assertThat(new ObjectVersion("bucket", "key", "v2").orderingKey())
        .isEqualTo(OBJECT.orderingKey());
  }

  @Test
  void object_versions_are_ordered_by_bucket_then_key_then_version() {
    assertThat(
            List.of(
                new ObjectVersion("a", "z", "9"),
                new ObjectVersion("b", "a", "9"),
                new ObjectVersion("b", "b", "1"),
                new ObjectVersion("b", "b", "2")))
        .isSorted();
  }

  @Test
  void amounts_add_up_and_can_be_cut_at_zero() {
    assertThat(new Amount(1, 20).plus(new Amount(-3, 5))).isEqualTo(new Amount(-2, 25));
    assertThat(new Amount(-2, 25).notNegative()).isEqualTo(new Amount(0, 25));
    assertThat(new Amount(2, -25).notNegative()).isEqualTo(new Amount(2, 0));
  }

  @Test
  void failed_operation_has_no_negative_numbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> failure(-1, 1))
        .withMessage("size must be >= 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> failure(1, -1))
        .withMessage("attempts must be >= 0, was -1");
  }

  @Test
  void page_is_truncated_when_it_has_a_next_marker() {
    assertThat(new FailedPage(List.of(failure(1, 1)), OptionalLong.of(7)).truncated()).isTrue();
    assertThat(FailedPage.EMPTY.truncated()).isFalse();
    assertThat(FailedPage.EMPTY.operations()).isEmpty();
  }

  @Test
  void health_is_that_of_the_worst_part() {
    assertThat(health().overall()).isEqualTo(ComponentHealth.State.OK);
    assertThat(health(ComponentHealth.State.OK).overall()).isEqualTo(ComponentHealth.State.OK);
    assertThat(
            health(
                    ComponentHealth.State.DEGRADED,
                    ComponentHealth.State.FAILING,
                    ComponentHealth.State.OK)
                .overall())
        .isEqualTo(ComponentHealth.State.FAILING);
    assertThat(health(ComponentHealth.State.OK, ComponentHealth.State.DEGRADED).overall())
        .isEqualTo(ComponentHealth.State.DEGRADED);
  }

  @Test
  void only_a_paused_location_can_have_a_schedule() {
    Optional<Instant> schedule = Optional.of(Instant.EPOCH);
    assertThat(location(TargetState.PAUSED, schedule).resumeAt()).isEqualTo(schedule);
    assertThat(location(TargetState.RUNNING, Optional.empty()).resumeAt()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> location(TargetState.RUNNING, schedule))
        .withMessageContaining("paris")
        .withMessageContaining("1970-01-01T00:00:00Z");
  }

  @Test
  void progress_is_the_copied_share() {
    assertThat(new ObjectProgress(75, 25).ratio()).isEqualTo(0.25);
    assertThat(new ObjectProgress(0, 25).ratio()).isEqualTo(1);
    assertThat(new ObjectProgress(-25, 50).ratio()).isEqualTo(2);
    assertThat(new ObjectProgress(0, 0).ratio()).isZero();
  }

  @Test
  void retry_is_not_forced_unless_said() {
    assertThat(RetryRequest.of(OBJECT, PARIS)).isEqualTo(new RetryRequest(OBJECT, PARIS, false));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void error_is_found_by_its_wire_name(ErrorCode code) {
    assertThat(ErrorCode.ofWireName(code.wireName())).contains(code);
    BackbeatException thrown = new BackbeatException(code, "why");
    assertThat(thrown).hasMessage("why").hasNoCause();
    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.retryable()).isEqualTo(code.retryable());
  }

  @ParameterizedTest
  @EnumSource(ServiceName.class)
  void service_is_found_by_its_wire_name(ServiceName service) {
    assertThat(ServiceName.ofWireName(service.wireName())).contains(service);
  }

  @Test
  void unknown_wire_names_are_nothing() {
    assertThat(ErrorCode.ofWireName("Teapot")).isEmpty();
    assertThat(ServiceName.ofWireName("CRR")).isEmpty();
  }

  private static FailedOperation failure(long size, int attempts) {
    return new FailedOperation(
        OBJECT,
        PARIS,
        size,
        Instant.EPOCH,
        attempts,
        Instant.EPOCH,
        Instant.EPOCH,
        "Timeout",
        "slow");
  }

  private static HealthReport health(ComponentHealth.State... states) {
    return new HealthReport(
        java.util.Arrays.stream(states).map(s -> new ComponentHealth("part", s, "")).toList());
  }

  private static LocationStatus location(TargetState target, Optional<Instant> resumeAt) {
    return new LocationStatus(
        ServiceName.REPLICATION, PARIS, target, ObservedState.UNKNOWN, resumeAt, 1);
  }
}
