package io.backbeat.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloudServerStatusesTest {
  private static final String[] SITES = {"paris", "tokyo", "rome", "oslo"};
  private static final Metadata PHOTO = Metadata.pending("bucket", "photo", SITES).version(1);

  private final MetadataRoutes routes = new MetadataRoutes();
  private final List<CloudServerStatuses> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(CloudServerStatuses::close);
  }

  private CloudServerStatuses statuses(StatusOptions options) {
    opened.add(new CloudServerStatuses(routes.client(), options));
    return opened.get(opened.size() - 1);
  }

  private CloudServerStatuses statuses() {
    return statuses(StatusOptions.DEFAULT);
  }

  private static StatusChange completed(Metadata of, String site) {
    return new StatusChange(
        of.object(),
        LocationName.of(site),
        revision(of.json()),
        StatusEvent.REPLICATED,
        "v-" + site);
  }

  private static String revision(String json) {
    return ObjectMetadata.parse(json).revision();
  }

  private ObjectMetadata stored(ObjectVersion object) {
    return ObjectMetadata.parse(routes.documents.get(object));
  }

  @Test
  void write_changes_statuses_and_origin_and_nothing_else() {
    String json =
        PHOTO
            .json()
            .replace("\"isNFS\":null", "\"isNFS\" : null , \"new\":{\"a\":[1.50,\"\\u00e9\"]}")
            .replace("{\"site\":\"paris\"", "{\"x\":1,\"site\":\"paris\"");
    routes.documents.put(PHOTO.object(), json);

    statuses()
        .apply(
            List.of(
                new StatusChange(
                    PHOTO.object(),
                    LocationName.of("paris"),
                    revision(json),
                    StatusEvent.REPLICATED,
                    "v1")));

    String expected =
        json.replace("{\"status\":\"PENDING\"", "{\"status\":\"PROCESSING\"")
            .replace(
                "\"site\":\"paris\",\"status\":\"PENDING\",\"dataStoreVersionId\":\"\"",
                "\"site\":\"paris\",\"status\":\"COMPLETED\",\"dataStoreVersionId\":\"v1\"");
    expected =
        expected.substring(0, expected.length() - 1)
            + ",\"originOp\":\"s3:Replication:OperationCompletedReplication\"}";
    assertThat(routes.documents.get(PHOTO.object())).isEqualTo(expected);
  }

  @Test
  void queues_of_several_locations_read_a_version_once_until_it_is_changed() {
    routes.write(PHOTO);
    CloudServerStatuses statuses = statuses(StatusOptions.DEFAULT.withWindow(Duration.ZERO));

    statuses.recent(List.of(PHOTO.object()));
    assertThat(statuses.recent(List.of(PHOTO.object()))).containsKey(PHOTO.object());
    assertThat(routes.gets).as("reads").hasValue(1);

    statuses.apply(List.of(completed(PHOTO, "paris")));
    assertThat(statuses.recent(List.of(PHOTO.object())).get(PHOTO.object()).status().sites())
        .filteredOn(site -> site.status() == SiteStatus.COMPLETED)
        .hasSize(1);
    assertThat(statuses.find(List.of(PHOTO.object()))).hasSize(1);
    assertThat(routes.gets).as("reads; one of them for the change").hasValue(4);
  }

  @Test
  void recent_status_that_could_not_be_read_is_read_again() {
    routes.write(PHOTO);
    CloudServerStatuses statuses = statuses();
    routes.failure.set(
        Optional.of(
            MetadataRoutes.error(
                CloudServerException.Kind.UNAVAILABLE, "ServiceUnavailable", 503)));
    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> statuses.recent(List.of(PHOTO.object())));

    routes.failure.set(Optional.empty());
    assertThat(statuses.recent(List.of(PHOTO.object()))).hasSize(1);
  }

  @Test
  void changes_of_all_locations_in_one_call_are_one_read_and_one_write() {
    routes.write(PHOTO);

    List<StatusResult> results =
        statuses()
            .apply(
                List.of(
                    completed(PHOTO, "paris"),
                    completed(PHOTO, "tokyo"),
                    completed(PHOTO, "rome"),
                    completed(PHOTO, "oslo")));

    assertThat(results.get(2))
        .isEqualTo(
            new StatusResult.Applied(
                SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.PROCESSING));
    assertThat(results.get(3))
        .isEqualTo(
            new StatusResult.Applied(
                SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.COMPLETED));
    assertThat(routes.gets).hasValue(1);
    assertThat(routes.puts).hasValue(1);
  }

  @Test
  void locations_that_finish_within_the_window_are_one_write_whoever_settles_them()
      throws Exception {
    routes.write(PHOTO);
    CloudServerStatuses statuses =
        statuses(StatusOptions.DEFAULT.withWindow(Duration.ofSeconds(10)));
    statuses.find(List.of(PHOTO.object())); // as whoever receives the jobs does

    List<StatusResult> results =
        Concurrently.run(4, i -> statuses.apply(List.of(completed(PHOTO, SITES[i]))).get(0));

    assertThat(results).allMatch(StatusResult.Applied.class::isInstance);
    assertThat(results)
        .filteredOn(r -> ((StatusResult.Applied) r).overall() == OverallStatus.COMPLETED)
        .as("one of them is the last, and is followed by what follows a completed version")
        .hasSize(1);
    assertThat(routes.puts).hasValue(1);
  }

  @Test
  void location_that_others_do_not_follow_is_written_when_the_window_is_over() {
    routes.write(PHOTO);
    CloudServerStatuses statuses =
        statuses(StatusOptions.DEFAULT.withWindow(Duration.ofMillis(20)));
    statuses.find(List.of(PHOTO.object()));

    statuses.apply(List.of(completed(PHOTO, "paris")));

    assertThat(stored(PHOTO.object()).replicationInfo().at(LocationName.of("paris")))
        .hasValueSatisfying(site -> assertThat(site.status()).isEqualTo(SiteStatus.COMPLETED));
  }

  @Test
  void nobody_waits_for_a_version_whose_jobs_are_elsewhere() {
    routes.write(PHOTO);
    CloudServerStatuses statuses =
        statuses(StatusOptions.DEFAULT.withWindow(Duration.ofSeconds(10)));

    long start = System.nanoTime();
    statuses.apply(List.of(completed(PHOTO, "paris")));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void versions_are_written_at_the_same_time_but_no_more_than_allowed() throws Exception {
    CountDownLatch eight = new CountDownLatch(8);
    AtomicBoolean together = new AtomicBoolean(true);
    routes.beforePut.set(
        (object, json) -> {
          eight.countDown();
          try {
            together.compareAndSet(true, eight.await(10, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    List<StatusChange> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Metadata object = Metadata.pending("bucket", "k" + i, "paris").version(1);
      routes.write(object);
      changes.add(completed(object, "paris"));
    }

    List<StatusResult> results = statuses(StatusOptions.DEFAULT.withConcurrency(8)).apply(changes);

    assertThat(results).allMatch(StatusResult.Applied.class::isInstance);
    assertThat(together).isTrue();
  }

  @Test
  void late_completion_of_an_older_write_leaves_the_newer_one_pending() {
    Metadata newer = PHOTO.bytes(200);
    routes.write(newer);

    List<StatusResult> results = statuses().apply(List.of(completed(PHOTO, "paris")));

    assertThat(results).containsExactly(new StatusResult.Superseded(revision(newer.json())));
    assertThat(routes.puts).hasValue(0);
  }

  @Test
  void file_of_a_bucket_served_by_nfs_that_changed_during_the_copy_stays_pending() {
    Metadata file = Metadata.pending("nfs", "file", "paris");
    String copied = file.json().replace("\"isNFS\":null", "\"isNFS\":true");
    StatusChange done =
        new StatusChange(
            file.object(), LocationName.of("paris"), revision(copied), StatusEvent.REPLICATED, "");
    CloudServerStatuses statuses = statuses();

    for (String changed :
        List.of(
            copied.replace("5eb63bbbe01eeed093cb22bb8f5acdc3", "0cc175b9c0f1b6a831c399e269772661"),
            copied.replace("\"isDeleteMarker\"", "\"tags\":{\"a\":\"b\"},\"isDeleteMarker\""))) {
      routes.documents.put(file.object(), changed);
      assertThat(statuses.apply(List.of(done)).get(0)).isInstanceOf(StatusResult.Superseded.class);
      assertThat(routes.documents.get(file.object())).isEqualTo(changed);
    }
    routes.documents.put(file.object(), copied);
    assertThat(statuses.apply(List.of(done)).get(0)).isInstanceOf(StatusResult.Applied.class);
  }

  @Test
  void version_deleted_before_the_write_is_not_made_again() {
    routes.write(PHOTO);
    routes.beforePut.set((object, json) -> routes.documents.remove(object));

    List<StatusResult> results = statuses().apply(List.of(completed(PHOTO, "paris")));

    assertThat(results).containsExactly(new StatusResult.Unknown());
    assertThat(routes.documents).isEmpty();
  }

  @Test
  void data_that_came_in_between_keeps_its_place() {
    Metadata file = Metadata.pending("nfs", "file", "paris");
    routes.write(file);
    String elsewhere = "\"location\":[{\"key\":\"new\"}]";
    routes.beforePut.set((object, json) -> routes.documents.put(object, "{" + elsewhere + "}"));

    statuses().apply(List.of(completed(file, "paris")));

    assertThat(routes.documents.get(file.object())).contains(elsewhere);
  }

  @Test
  void guard_that_knows_of_a_newer_write_makes_it_be_read_again() {
    Metadata newer = PHOTO.bytes(200);
    routes.write(PHOTO);
    CloudServerStatuses statuses =
        new CloudServerStatuses(
            MetadataClients.all(routes.client()),
            StatusOptions.DEFAULT,
            Optional.of(
                object -> {
                  routes.write(newer); // between our reading and our writing
                  return Optional.of(newer.json());
                }));
    opened.add(statuses);

    assertThat(statuses.apply(List.of(completed(PHOTO, "paris"))))
        .containsExactly(new StatusResult.Superseded(revision(newer.json())));
    assertThat(routes.documents).containsEntry(PHOTO.object(), newer.json());
  }

  @ParameterizedTest
  @EnumSource(
      value = CloudServerException.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "NOT_FOUND")
  void error_is_to_be_tried_again_and_nothing_is_given_up(CloudServerException.Kind kind) {
    routes.write(PHOTO);
    routes.failure.set(Optional.of(MetadataRoutes.error(kind, "Code", 500)));
    CloudServerStatuses statuses = statuses();

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> statuses.apply(List.of(completed(PHOTO, "paris"))))
        .withMessageContaining("Code said the server")
        .withMessageContaining("bucket/photo?versionId=")
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
              assertThat(e.retryable()).isTrue();
            });
    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> statuses.find(List.of(PHOTO.object())));

    routes.failure.set(Optional.empty());
    assertThat(statuses.apply(List.of(completed(PHOTO, "paris"))).get(0))
        .isInstanceOf(StatusResult.Applied.class);
  }

  @Test
  void refused_account_is_told_what_it_lacks() {
    routes.failure.set(
        Optional.of(
            MetadataRoutes.error(CloudServerException.Kind.ACCESS_DENIED, "AccessDenied", 403)));

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> statuses().apply(List.of(completed(PHOTO, "paris"))))
        .withMessageContaining("s3:ReplicateObject");
  }

  @Test
  void unreadable_metadata_has_no_status() {
    routes.documents.put(PHOTO.object(), "{\"replicationInfo\":7}");

    assertThat(statuses().find(List.of(PHOTO.object()))).isEmpty();
    assertThat(statuses().apply(List.of(completed(PHOTO, "paris"))))
        .containsExactly(new StatusResult.Unknown());
  }
}
