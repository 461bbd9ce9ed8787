package io.backbeat.job;

import static io.backbeat.api.SiteStatus.COMPLETED;
import static io.backbeat.api.SiteStatus.FAILED;
import static io.backbeat.api.SiteStatus.PENDING;
import static io.backbeat.api.SiteStatus.REPLICA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operations of stored statuses; the cases are those of the original's own tests. */
class ReplicationInfoTest {
  private static final LocationName SF = LocationName.of("sf");
  private static final LocationName AWS = LocationName.of("aws");
  private static final LocationName UNKNOWN = LocationName.of("unknown");

  @Test
  void first_completed_location_leaves_the_version_processing() {
    assertStatus(
        info(PENDING, PENDING).toCompleted(SF), OverallStatus.PROCESSING, COMPLETED, PENDING);
  }

  @Test
  void last_completed_location_completes_the_version() {
    assertStatus(
        info(PENDING, PENDING).toCompleted(SF).toCompleted(AWS),
        OverallStatus.COMPLETED,
        COMPLETED,
        COMPLETED);
  }

  /** The original forces FAILED here; the derivation of architecture section 6 says the same. */
  @Test
  void failed_location_fails_the_version_while_others_are_pending() {
    ReplicationInfo failed = info(PENDING, PENDING).toFailed(SF);
    assertStatus(failed, OverallStatus.FAILED, FAILED, PENDING);
    assertThat(ReplicationInfo.derive(failed.backends())).isEqualTo(OverallStatus.FAILED);
  }

  @Test
  void copy_is_a_replica_whatever_its_other_locations_are() {
    assertStatus(info(PENDING, PENDING).toReplica(SF), OverallStatus.REPLICA, REPLICA, PENDING);
  }

  @Test
  void retried_location_makes_the_version_processing_and_never_pending() {
    assertStatus(
        info(COMPLETED, FAILED).toPending(AWS), OverallStatus.PROCESSING, COMPLETED, PENDING);
    assertStatus(info(PENDING, PENDING).toPending(AWS), OverallStatus.PROCESSING, PENDING, PENDING);
  }

  @Test
  void version_stays_failed_while_another_location_is() {
    assertStatus(info(FAILED, FAILED).toPending(AWS), OverallStatus.FAILED, FAILED, PENDING);
    assertStatus(info(FAILED, PENDING).toCompleted(AWS), OverallStatus.FAILED, FAILED, COMPLETED);
  }

  @Test
  void retry_entry_holds_its_location_alone() {
    ReplicationInfo retry = info(COMPLETED, FAILED).toRetry(AWS);
    assertStatus(retry, OverallStatus.PENDING, PENDING);
    assertThat(retry.backends().get(0).location()).isEqualTo(AWS);
    assertThat(retry.storageClass()).isEqualTo("aws");
    assertThat(info(COMPLETED, FAILED).toRetry(UNKNOWN).backends()).isEmpty();
  }

  @Test
  void unknown_location_changes_no_location_and_the_global_status_is_derived_again() {
    assertStatus(
        info(PENDING, PENDING).toCompleted(UNKNOWN), OverallStatus.PROCESSING, PENDING, PENDING);
    assertStatus(
        info(COMPLETED, COMPLETED).toPending(UNKNOWN),
        OverallStatus.COMPLETED,
        COMPLETED,
        COMPLETED);
    assertStatus(
        info(COMPLETED, COMPLETED).toFailed(UNKNOWN), OverallStatus.FAILED, COMPLETED, COMPLETED);
  }

  @Test
  void no_location_and_replicas_derive_completed() {
    assertThat(ReplicationInfo.derive(List.of())).isEqualTo(OverallStatus.COMPLETED);
    assertThat(ReplicationInfo.derive(info(REPLICA, COMPLETED).backends()))
        .isEqualTo(OverallStatus.COMPLETED);
  }

  @Test
  void operations_keep_version_ids_and_all_other_members() {
    ReplicationInfo before = info(COMPLETED, FAILED);
    ReplicationInfo after = before.toPending(AWS);
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("status", "backends")
        .isEqualTo(before);
    assertThat(after.at(SF)).isEqualTo(before.at(SF));
    assertThat(after.at(AWS).map(SiteReplication::dataStoreVersionId)).contains("id-1");
  }

  @Test
  void version_id_of_the_copy_is_kept_with_its_location() {
    ReplicationInfo info = info(PENDING, PENDING).withDataStoreVersionId(AWS, "there");
    assertThat(info.at(AWS)).contains(new SiteReplication(AWS, PENDING, "there"));
    assertThat(info.at(SF)).isEqualTo(info(PENDING, PENDING).at(SF));
    assertThat(info.status()).isEqualTo(info(PENDING, PENDING).status());
  }

  @Test
  void current_statuses_are_put_in_with_the_overall_status_a_reader_is_to_see() {
    ReplicationInfo info = info(PENDING, PENDING);
    assertThat(info.withCurrent(info(FAILED, COMPLETED).backends()).status())
        .contains(OverallStatus.FAILED);
    assertThat(info.withCurrent(info(PENDING, PENDING).backends()).status())
        .contains(OverallStatus.PENDING);
    assertThat(info.withCurrent(info(PENDING, COMPLETED).backends()))
        .isEqualTo(info.toCompleted(AWS));
    assertThat(ReplicationInfo.NONE.withCurrent(List.of())).isEqualTo(ReplicationInfo.NONE);
  }

  @Test
  void destination_bucket_is_the_end_of_the_arn() {
    assertThat(to("arn:aws:s3:::dummy-dest", "").destinationBucket()).isEqualTo("dummy-dest");
    assertThat(to("plain-name", "").destinationBucket()).isEqualTo("plain-name");
    assertThat(ReplicationInfo.NONE.destinationBucket()).isEmpty();
  }

  @Test
  void storage_classes_are_locations_without_the_preference() {
    LocationName a = LocationName.of("a");
    LocationName b = LocationName.of("b");
    assertThat(to("", "a,b:preferred_read").sites()).containsExactly(a, b);
    assertThat(to("", "a,b:preferred_read").preferredRead()).contains(b);
    assertThat(to("", "a,b").preferredRead()).isEmpty();
    assertThat(ReplicationInfo.NONE.sites()).isEmpty();
  }

  @Test
  void location_listed_twice_is_refused() {
    SiteReplication twice = new SiteReplication(SF, PENDING, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withBackends(List.of(twice, twice)))
        .withMessageContaining("sf");
  }

  private static void assertStatus(
      ReplicationInfo info, OverallStatus overall, SiteStatus... sites) {
    assertThat(info.status()).contains(overall);
    assertThat(info.backends()).extracting(SiteReplication::status).containsExactly(sites);
  }

  private static ReplicationInfo info(SiteStatus sf, SiteStatus aws) {
    return withBackends(
        Arrays.asList(new SiteReplication(SF, sf, ""), new SiteReplication(AWS, aws, "id-1")));
  }

  private static ReplicationInfo withBackends(List<SiteReplication> backends) {
    return new ReplicationInfo(
        Optional.of(OverallStatus.PENDING),
        backends,
        List.of("DATA", "METADATA", "MPU"),
        "arn:aws:s3:::dst",
        "sf,aws:preferred_read",
        "arn:aws:iam::111:role/src",
        "aws_s3",
        "",
        Optional.of(true));
  }

  private static ReplicationInfo to(String destination, String storageClass) {
    return new ReplicationInfo(
        Optional.empty(),
        List.of(),
        List.of(),
        destination,
        storageClass,
        "",
        "",
        "",
        Optional.empty());
  }
}
