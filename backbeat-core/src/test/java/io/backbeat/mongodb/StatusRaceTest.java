package io.backbeat.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.StatusEvent;
import io.backbeat.log.LogPosition;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MongoReplica;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statuses are written into documents that clients write at the same time. */
class StatusRaceTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Metadata PHOTO =
      Metadata.pending("bucket", "photo", "paris", "tokyo").version(1);
  private static final String VERSION = "photo\0" + PHOTO.versionId();

  @RegisterExtension final Opened opened = new Opened();
  private final MongoReplica replica = MongoReplica.shared();
  private MongoStore store;
  private CloudServerDocuments documents;

  @BeforeEach
  void write() {
    store = opened.fresh();
    documents = opened.documents();
    documents.put("bucket", VERSION, PHOTO.json());
    documents.put("bucket", "photo", PHOTO.json());
  }

  private String revision() {
    return store.statuses().find(List.of(PHOTO.object())).get(PHOTO.object()).revision();
  }

  private static StatusChange completed(String revision, LocationName location) {
    return new StatusChange(PHOTO.object(), location, revision, StatusEvent.REPLICATED, "v1");
  }

  private BsonDocument stored(String id) {
    return documents.value("bucket", id).orElseThrow();
  }

  private static String status(BsonDocument value) {
    return value.getDocument("replicationInfo").getString("status").getValue();
  }

  @Test
  void status_is_written_to_the_version_and_the_master_and_nothing_else_changes() {
    BsonDocument before = stored(VERSION);
    BsonDocument unknown = before.getDocument("replicationInfo");
    unknown.put("future", new BsonString("kept"));
    documents.put("bucket", VERSION, before);
    documents.put("bucket", "photo", before);

    store.statuses().apply(List.of(completed(revision(), PARIS)));

    BsonDocument after = stored(VERSION);
    assertThat(status(after)).isEqualTo("PROCESSING");
    assertThat(after.getString("originOp").getValue())
        .isEqualTo("s3:Replication:OperationCompletedReplication");
    assertThat(after.getDocument("replicationInfo").getString("future").getValue())
        .isEqualTo("kept");
    assertThat(stored("photo")).isEqualTo(after);
    after.put("replicationInfo", before.get("replicationInfo"));
    after.remove("originOp");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void changes_of_several_locations_are_one_write() {
    LogPosition end = Opened.end(store.journal());
    String revision = revision();
    long before = changes(end);

    List<StatusResult> results =
        store.statuses().apply(List.of(completed(revision, PARIS), completed(revision, TOKYO)));

    assertThat(results)
        .containsExactly(
            new StatusResult.Applied(
                SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.PROCESSING),
            new StatusResult.Applied(
                SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.COMPLETED));
    assertThat(status(stored(VERSION))).isEqualTo("COMPLETED");
    // The lag counts events: one each of the version and the master.
    assertThat(changes(end) - before).isEqualTo(2);
  }

  private long changes(LogPosition from) {
    return opened.again().journal().lag(from);
  }

  @Test
  void master_of_another_version_is_left_alone() {
    Metadata newer = PHOTO.version(2);
    documents.put("bucket", "photo", newer.json());

    store.statuses().apply(List.of(completed(revision(), PARIS)));

    assertThat(status(stored(VERSION))).isEqualTo("PROCESSING");
    assertThat(status(stored("photo"))).isEqualTo("PENDING");
  }

  @Test
  void client_write_between_read_and_write_wins_and_supersedes() {
    assumeTrue(replica.isStandIn());
    String revision = revision();
    String tagged = PHOTO.json().replaceFirst("\\{", "{\"tags\":{\"k\":\"v\"},");
    // Statuses are alike before and after: only the whole value tells that a client wrote.
    replica.before("update", () -> putDirectly(tagged));

    List<StatusResult> results = store.statuses().apply(List.of(completed(revision, PARIS)));

    assertThat(results).singleElement().isInstanceOf(StatusResult.Superseded.class);
    assertThat(status(stored(VERSION))).isEqualTo("PENDING");
    assertThat(stored(VERSION).getDocument("tags").getString("k").getValue()).isEqualTo("v");
    assertThat(status(stored("photo"))).isEqualTo("PENDING");
  }

  @Test
  void change_of_another_location_between_read_and_write_is_kept() {
    assumeTrue(replica.isStandIn());
    String revision = revision();
    MongoStore other = opened.again();
    replica.before("update", () -> other.statuses().apply(List.of(completed(revision, TOKYO))));

    List<StatusResult> results = store.statuses().apply(List.of(completed(revision, PARIS)));

    assertThat(results)
        .containsExactly(
            new StatusResult.Applied(
                SiteStatus.PENDING, SiteStatus.COMPLETED, OverallStatus.COMPLETED));
    assertThat(status(stored(VERSION))).isEqualTo("COMPLETED");
    assertThat(stored("photo")).isEqualTo(stored(VERSION));
  }

  @Test
  void status_written_by_the_original_between_read_and_write_is_kept() {
    assumeTrue(replica.isStandIn());
    String revision = revision();
    BsonDocument node = stored(VERSION);
    node.getDocument("replicationInfo")
        .getArray("backends")
        .get(1)
        .asDocument()
        .put("status", new BsonString("FAILED"));
    node.getDocument("replicationInfo").put("status", new BsonString("FAILED"));
    replica.before("update", () -> putDirectly(node.toJson()));

    store.statuses().apply(List.of(completed(revision, PARIS)));

    assertThat(store.statuses().find(List.of(PHOTO.object())).get(PHOTO.object()).status().sites())
        .extracting(s -> s.status())
        .containsExactly(SiteStatus.COMPLETED, SiteStatus.FAILED);
    assertThat(status(stored(VERSION))).isEqualTo("FAILED");
  }

  private void putDirectly(String json) {
    documents.put("bucket", VERSION, json);
    documents.put("bucket", "photo", json);
  }

  @Test
  void unreadable_metadata_has_no_status_and_stops_nobody() {
    documents.put("bucket", "bad", "{\"replicationInfo\":{\"backends\":7}}");
    var bad = io.backbeat.api.ObjectVersion.unversioned("bucket", "bad");

    List<StatusResult> results =
        store
            .statuses()
            .apply(
                List.of(
                    new StatusChange(bad, PARIS, "r", StatusEvent.REPLICATED, ""),
                    completed(revision(), PARIS)));

    assertThat(results.get(0)).isEqualTo(new StatusResult.Unknown());
    assertThat(results.get(1)).isInstanceOf(StatusResult.Applied.class);
    assertThat(store.statuses().find(List.of(bad))).isEmpty();
    assertThat(store.journal().read(LogPosition.BEGINNING, 10, Duration.ZERO).entries()).isEmpty();
  }
}
