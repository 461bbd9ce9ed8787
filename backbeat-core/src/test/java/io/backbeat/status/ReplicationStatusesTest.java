package io.backbeat.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.job.StatusEvent;
import io.backbeat.testing.MutableClock;
import org.junit.jupiter.api.Test;

class ReplicationStatusesTest {
  private final FailedVersions versions = new FailedVersions(MutableClock.create());
  private final ReplicationStatuses statuses =
      new ReplicationStatuses(versions.stores().statuses());

  @Test
  void version_shows_where_it_stands_at_each_destination() {
    ObjectVersion object = versions.written("photo", "paris", "tokyo");
    versions.move(object, "tokyo", StatusEvent.REPLICATED);
    ReplicationStatus status = statuses.status(object).orElseThrow();
    assertThat(status.overall()).isEqualTo(OverallStatus.PROCESSING);
    assertThat(status.userMetadata())
        .containsEntry("paris-replication-status", "PENDING")
        .containsEntry("tokyo-replication-status", "COMPLETED");
  }

  @Test
  void unknown_or_unreplicated_version_has_no_status() {
    assertThat(statuses.status(versions.written("local"))).isEmpty();
    assertThat(statuses.status(ObjectVersion.unversioned("bucket", "unknown"))).isEmpty();
  }
}
