package io.backbeat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicationStatusTest {
  private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");

  /** As CloudServer answers a HEAD of a partially replicated object. */
  @Test
  void user_metadata_shows_every_location_and_the_version_ids_of_completed_ones() {
    ReplicationStatus status =
        status(
            site("aws-backend-1", SiteStatus.COMPLETED, "tgt-version"),
            site("azure-backend-1", SiteStatus.PENDING, ""));

    assertThat(status.userMetadata())
        .containsExactly(
            entry("aws-backend-1-replication-status", "COMPLETED"),
            entry("aws-backend-1-version-id", "tgt-version"),
            entry("azure-backend-1-replication-status", "PENDING"));
    assertThat(status.overall()).isEqualTo(OverallStatus.PROCESSING);
  }

  @Test
  void version_id_of_an_earlier_copy_is_not_shown_while_the_location_is_not_completed() {
    assertThat(
            status(site("a", SiteStatus.PENDING, "old"), site("b", SiteStatus.FAILED, "old"))
                .userMetadata())
        .containsExactly(
            entry("a-replication-status", "PENDING"), entry("b-replication-status", "FAILED"));
  }

  @Test
  void completed_location_without_version_ids_shows_none() {
    assertThat(status(site("a", SiteStatus.COMPLETED, "")).userMetadata())
        .containsExactly(entry("a-replication-status", "COMPLETED"));
  }

  @Test
  void user_metadata_cannot_be_changed() {
    Map<String, String> metadata = status(site("a", SiteStatus.PENDING, "")).userMetadata();
    assertThatThrownBy(() -> metadata.put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void later_changes_of_the_given_list_do_not_show() {
    List<SiteReplication> sites = new ArrayList<>(List.of(site("a", SiteStatus.PENDING, "")));
    ReplicationStatus status = new ReplicationStatus(OBJECT, sites);
    sites.clear();
    assertThat(status.sites()).hasSize(1);
  }

  private static ReplicationStatus status(SiteReplication... sites) {
    return new ReplicationStatus(OBJECT, List.of(sites));
  }

  private static SiteReplication site(String name, SiteStatus status, String versionId) {
    return new SiteReplication(LocationName.of(name), status, versionId);
  }
}
