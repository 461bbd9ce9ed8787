package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.StatusEvent;
import io.backbeat.job.StatusMachine;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link StatusStore} promises. */
public abstract class StatusStoreContract {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Metadata PHOTO = Metadata.pending("bucket", "photo", "paris", "tokyo");

  private StatusStore store;

  /** A store without any version. */
  protected abstract StatusStore create() throws Exception;

  /**
   * Writes a version as a client does, in what the store of this test sits on; returns its
   * revision.
   */
  protected abstract String write(Metadata metadata);

  /** Deletes a version as a client does. */
  protected abstract void delete(ObjectVersion object);

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private StatusResult apply(String revision, LocationName location, StatusEvent event) {
    return apply(revision, location, event, "");
  }

  private StatusResult apply(
      String revision, LocationName location, StatusEvent event, String dataStoreVersionId) {
    return store.apply(List.of(change(revision, location, event, dataStoreVersionId))).get(0);
  }

  private static StatusChange change(
      String revision, LocationName location, StatusEvent event, String dataStoreVersionId) {
    return new StatusChange(PHOTO.object(), location, revision, event, dataStoreVersionId);
  }

  private TrackedStatus stored(ObjectVersion object) {
    return store.find(List.of(object)).get(object);
  }

  private SiteReplication stored(LocationName location) {
    return stored(PHOTO.object()).at(location).orElseThrow();
  }

  @Test
  void version_that_was_never_written_is_left_out() {
    write(PHOTO);
    ObjectVersion unknown = ObjectVersion.unversioned("bucket", "other");

    assertThat(store.find(List.of(unknown, PHOTO.object()))).containsOnlyKeys(PHOTO.object());
    assertThat(store.find(List.of())).isEmpty();
  }

  @Test
  void client_write_makes_every_destination_pending_in_the_order_of_the_rule() {
    Metadata document = Metadata.pending("bucket", "photo", "tokyo", "paris", "aachen");
    String revision = write(document);

    TrackedStatus found = stored(document.object());
    assertThat(found.revision()).isEqualTo(revision).isNotEmpty();
    assertThat(found.status().object()).isEqualTo(document.object());
    assertThat(found.status().sites())
        .containsExactly(
            new SiteReplication(TOKYO, SiteStatus.PENDING, ""),
            new SiteReplication(PARIS, SiteStatus.PENDING, ""),
            new SiteReplication(LocationName.of("aachen"), SiteStatus.PENDING, ""));
  }

  @Test
  void version_without_destinations_is_known_and_has_no_status_to_change() {
    String revision = write(PHOTO.to());

    assertThat(stored(PHOTO.object()).status().sites()).isEmpty();
    assertThat(apply(revision, PARIS, StatusEvent.REPLICATED))
        .isEqualTo(new StatusResult.Unknown());
  }

  @Test
  void versions_of_one_key_have_statuses_of_their_own() {
    Metadata first = PHOTO.version(1);
    Metadata second = PHOTO.version(2);
    String revision = write(first);
    write(second);

    store.apply(
        List.of(new StatusChange(first.object(), PARIS, revision, StatusEvent.REPLICATED, "")));

    Map<ObjectVersion, TrackedStatus> found = store.find(List.of(first.object(), second.object()));
    assertThat(found.get(first.object()).at(PARIS).orElseThrow().status())
        .isEqualTo(SiteStatus.COMPLETED);
    assertThat(found.get(second.object()).at(PARIS).orElseThrow().status())
        .isEqualTo(SiteStatus.PENDING);
  }

  @ParameterizedTest
  @EnumSource(StatusEvent.class)
  void event_while_pending_does_what_the_machine_says(StatusEvent event) {
    followsTheMachine(write(PHOTO), SiteStatus.PENDING, event);
  }

  @ParameterizedTest
  @EnumSource(StatusEvent.class)
  void event_while_failed_does_what_the_machine_says(StatusEvent event) {
    String revision = write(PHOTO);
    apply(revision, PARIS, StatusEvent.ATTEMPTS_EXHAUSTED);

    followsTheMachine(revision, SiteStatus.FAILED, event);
  }

  @ParameterizedTest
  @EnumSource(StatusEvent.class)
  void event_while_completed_does_what_the_machine_says(StatusEvent event) {
    String revision = write(PHOTO);
    apply(revision, PARIS, StatusEvent.REPLICATED, "v1");

    followsTheMachine(revision, SiteStatus.COMPLETED, event);
    assertThat(stored(PARIS).dataStoreVersionId()).isEqualTo("v1");
  }

  private void followsTheMachine(String revision, SiteStatus before, StatusEvent event) {
    Optional<SiteStatus> after = StatusMachine.next(before, event);

    StatusResult result = apply(revision, PARIS, event);

    assertThat(stored(PARIS).status()).isEqualTo(after.orElse(before));
    assertThat(stored(TOKYO).status()).isEqualTo(SiteStatus.PENDING);
    assertThat(stored(PHOTO.object()).revision()).isEqualTo(revision);
    if (after.isEmpty()) {
      assertThat(result).isEqualTo(new StatusResult.NoTransition(before));
    } else {
      OverallStatus overall = OverallStatus.of(List.of(after.get(), SiteStatus.PENDING));
      assertThat(result).isEqualTo(new StatusResult.Applied(before, after.get(), overall));
    }
  }

  @Test
  void result_tells_the_status_of_the_version_as_a_whole() {
    String revision = write(PHOTO);

    assertThat(apply(revision, PARIS, StatusEvent.REPLICATED))
        .isEqualTo(applied(SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.PROCESSING));
    assertThat(apply(revision, TOKYO, StatusEvent.ATTEMPTS_EXHAUSTED))
        .isEqualTo(applied(SiteStatus.PENDING, SiteStatus.FAILED, OverallStatus.FAILED));
    assertThat(apply(revision, TOKYO, StatusEvent.RETRY_REQUESTED))
        .isEqualTo(applied(SiteStatus.FAILED, SiteStatus.PENDING, OverallStatus.PROCESSING));
    assertThat(apply(revision, TOKYO, StatusEvent.REPLICATED))
        .isEqualTo(applied(SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.COMPLETED));
    assertThat(stored(PHOTO.object()).status().overall()).isEqualTo(OverallStatus.COMPLETED);
  }

  private static StatusResult applied(SiteStatus before, SiteStatus after, OverallStatus overall) {
    return new StatusResult.Applied(before, after, overall);
  }

  @Test
  void change_of_another_revision_is_superseded_and_changes_nothing() {
    String old = write(PHOTO);
    String current = write(PHOTO);

    assertThat(apply(old, PARIS, StatusEvent.REPLICATED, "v1"))
        .isEqualTo(new StatusResult.Superseded(current));
    assertThat(stored(PARIS)).isEqualTo(new SiteReplication(PARIS, SiteStatus.PENDING, ""));
  }

  @Test
  void change_of_another_revision_is_superseded_also_where_the_machine_has_no_row() {
    String old = write(PHOTO);
    String current = write(PHOTO);
    apply(current, PARIS, StatusEvent.REPLICATED);

    assertThat(apply(old, PARIS, StatusEvent.REPLICATED))
        .isEqualTo(new StatusResult.Superseded(current));
  }

  @Test
  void new_client_write_leaves_completed() {
    apply(write(PHOTO), PARIS, StatusEvent.REPLICATED);

    String revision = write(PHOTO);

    assertThat(stored(PARIS).status()).isEqualTo(SiteStatus.PENDING);
    assertThat(apply(revision, PARIS, StatusEvent.REPLICATED))
        .isInstanceOf(StatusResult.Applied.class);
  }

  @Test
  void unknown_version_or_location_changes_nothing() {
    assertThat(apply("1", PARIS, StatusEvent.REPLICATED)).isEqualTo(new StatusResult.Unknown());

    String revision = write(PHOTO);
    assertThat(apply(revision, LocationName.of("rome"), StatusEvent.REPLICATED))
        .isEqualTo(new StatusResult.Unknown());
    assertThat(stored(PHOTO.object()).status().sites()).hasSize(2);
  }

  @Test
  void deleted_version_is_unknown() {
    String revision = write(PHOTO);
    delete(PHOTO.object());

    assertThat(store.find(List.of(PHOTO.object()))).isEmpty();
    assertThat(apply(revision, PARIS, StatusEvent.REPLICATED))
        .isEqualTo(new StatusResult.Unknown());
  }

  @Test
  void version_id_of_the_copy_is_stored_kept_and_replaced() {
    String revision = write(PHOTO);

    apply(revision, PARIS, StatusEvent.ATTEMPTS_EXHAUSTED, "v1");
    assertThat(stored(PARIS).dataStoreVersionId()).isEqualTo("v1");

    apply(revision, PARIS, StatusEvent.RETRY_REQUESTED, "");
    assertThat(stored(PARIS).dataStoreVersionId()).isEqualTo("v1");

    apply(revision, PARIS, StatusEvent.REPLICATED, "v2");
    assertThat(stored(PARIS).dataStoreVersionId()).isEqualTo("v2");
    assertThat(stored(TOKYO).dataStoreVersionId()).isEmpty();
  }

  @Test
  void results_come_one_per_change_in_order() {
    String revision = write(PHOTO);

    List<StatusResult> results =
        store.apply(
            List.of(
                change(revision, TOKYO, StatusEvent.REPLICATED, ""),
                change("old", PARIS, StatusEvent.REPLICATED, ""),
                change(revision, LocationName.of("rome"), StatusEvent.REPLICATED, ""),
                change(revision, PARIS, StatusEvent.ATTEMPTS_EXHAUSTED, ""),
                change(revision, TOKYO, StatusEvent.ATTEMPTS_EXHAUSTED, "")));

    assertThat(results)
        .containsExactly(
            applied(SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.PROCESSING),
            new StatusResult.Superseded(revision),
            new StatusResult.Unknown(),
            applied(SiteStatus.PENDING, SiteStatus.FAILED, OverallStatus.FAILED),
            new StatusResult.NoTransition(SiteStatus.COMPLETED));
    assertThat(store.apply(List.of())).isEmpty();
  }

  @Test
  void one_of_several_threads_completes_a_location() throws Exception {
    String revision = write(PHOTO);

    List<StatusResult> results =
        Concurrently.run(8, thread -> apply(revision, PARIS, StatusEvent.REPLICATED, "v" + thread));

    assertThat(results).filteredOn(StatusResult.Applied.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(StatusResult.NoTransition.class::isInstance).hasSize(7);
    int winner =
        results.indexOf(
            results.stream()
                .filter(StatusResult.Applied.class::isInstance)
                .findFirst()
                .orElseThrow());
    assertThat(stored(PARIS).dataStoreVersionId()).isEqualTo("v" + winner);
  }

  @Test
  void threads_that_change_different_locations_do_not_undo_each_other() throws Exception {
    String[] names = {"l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7"};
    for (int round = 0; round < 10; round++) {
      String revision = write(PHOTO.to(names));
      Concurrently.run(
          names.length,
          i -> apply(revision, LocationName.of(names[i]), StatusEvent.REPLICATED, "v" + i));

      assertThat(stored(PHOTO.object()).status().overall()).isEqualTo(OverallStatus.COMPLETED);
      for (int i = 0; i < names.length; i++) {
        assertThat(stored(LocationName.of(names[i])).dataStoreVersionId()).isEqualTo("v" + i);
      }
    }
  }

  @Test
  void unusual_names_are_tracked() {
    Metadata odd = Metadata.pending("bucket", "../a:b\n\uD83D\uDE00", "paris");
    String revision = write(odd);

    store.apply(
        List.of(new StatusChange(odd.object(), PARIS, revision, StatusEvent.REPLICATED, "v1")));

    assertThat(stored(odd.object()).at(PARIS))
        .contains(new SiteReplication(PARIS, SiteStatus.COMPLETED, "v1"));
  }
}
