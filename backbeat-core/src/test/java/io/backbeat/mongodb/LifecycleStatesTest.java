package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The collection that the original's processes read and write too. */
@Timeout(60)
class LifecycleStatesTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ServiceName LIFECYCLE = ServiceName.LIFECYCLE;
  private static final Instant LATER = Instant.parse("2026-11-22T18:00:00.456Z");

  @RegisterExtension final Opened opened = new Opened();
  private LocationStateStore store;
  private MongoCollection<BsonDocument> collection;

  @BeforeEach
  void open() {
    store = opened.fresh().lifecycleStates();
    collection = opened.documents().collection("__locationStatusStore");
  }

  private void original(String value) {
    collection.insertOne(BsonDocument.parse("{_id: 'paris', value: " + value + "}"));
  }

  /** As the original writes: the whole value. */
  private void originalSets(String value) {
    collection.updateOne(eq("paris"), Updates.set("value", BsonDocument.parse(value)));
  }

  private BsonDocument value() {
    return Objects.requireNonNull(collection.find(eq("paris")).first()).getDocument("value");
  }

  private LocationStatus found() {
    return store.find(LIFECYCLE, PARIS).orElseThrow();
  }

  @Test
  void document_has_the_form_of_the_original() {
    store.compareAndSet(LIFECYCLE, PARIS, 0, TargetState.PAUSED, Optional.of(LATER));

    assertThat(value())
        .isEqualTo(
            BsonDocument.parse(
                "{crr: null, ingestion: null, lifecycle: {paused: true,"
                    + " scheduledResume: 'Sun Nov 22 2026 18:00:00 GMT+0000 (Coordinated Universal Time)'}}"));
    store.compareAndSet(LIFECYCLE, PARIS, 1, TargetState.RUNNING, Optional.empty());
    assertThat(value().getDocument("lifecycle"))
        .isEqualTo(BsonDocument.parse("{paused: false, scheduledResume: null}"));
  }

  @Test
  void states_of_the_original_are_read_in_both_forms() {
    original("{crr: {paused: false, scheduledResume: null}, ingestion: null, lifecycle: null}");
    assertThat(store.find(LIFECYCLE, PARIS)).isEmpty();

    originalSets(
        "{crr: null, ingestion: null, lifecycle: {paused: true,"
            + " scheduledResume: 'Sun Nov 22 2026 19:00:00 GMT+0100 (Central European Standard Time)'}}");
    assertThat(found().target()).isEqualTo(TargetState.PAUSED);
    assertThat(found().resumeAt()).contains(Instant.parse("2026-11-22T18:00:00Z"));
    assertThat(found().revision()).isEqualTo(1);

    originalSets("{lifecycle: {paused: false, scheduledResume: 'Invalid Date'}}");
    assertThat(found().target()).isEqualTo(TargetState.RUNNING);
    assertThat(found().resumeAt()).isEmpty();
  }

  @Test
  void other_members_of_the_document_are_kept() {
    original(
        "{crr: {paused: true, scheduledResume: null}, ingestion: {paused: false}, lifecycle: null, future: 1}");

    assertThat(store.compareAndSet(LIFECYCLE, PARIS, 0, TargetState.PAUSED, Optional.empty()))
        .isPresent();

    assertThat(value())
        .isEqualTo(
            BsonDocument.parse(
                "{crr: {paused: true, scheduledResume: null}, ingestion: {paused: false},"
                    + " lifecycle: {paused: true, scheduledResume: null}, future: 1}"));
  }

  @Test
  void write_of_the_original_is_a_revision_that_ours_cannot_overwrite_unseen() {
    store.compareAndSet(LIFECYCLE, PARIS, 0, TargetState.PAUSED, Optional.of(LATER));
    originalSets("{crr: null, ingestion: null, lifecycle: {paused: false, scheduledResume: null}}");

    assertThat(store.compareAndSet(LIFECYCLE, PARIS, 1, TargetState.PAUSED, Optional.empty()))
        .isEmpty();
    assertThat(found().target()).isEqualTo(TargetState.RUNNING);
    assertThat(found().revision()).isEqualTo(2);

    originalSets("{crr: null, ingestion: null, lifecycle: {paused: true, scheduledResume: null}}");
    assertThat(store.compareAndSet(LIFECYCLE, PARIS, 2, TargetState.RUNNING, Optional.empty()))
        .isEmpty();
    assertThat(found().revision()).isEqualTo(3);
    assertThat(store.compareAndSet(LIFECYCLE, PARIS, 3, TargetState.RUNNING, Optional.empty()))
        .isPresent();
  }

  @Test
  void changes_of_other_processes_are_told() throws Exception {
    List<LocationStatus> seen = new CopyOnWriteArrayList<>();
    try (AutoCloseable watch = store.watch(seen::add)) {
      Objects.requireNonNull(watch);
      await()
          .untilAsserted(
              () -> {
                // The stream of the watch may not be open yet; every try is a change.
                collection.deleteOne(eq("paris"));
                original(
                    "{crr: null, ingestion: null, lifecycle: {paused: true, scheduledResume: null}}");
                assertThat(seen).extracting(LocationStatus::target).contains(TargetState.PAUSED);
              });
      seen.clear();
      collection.deleteOne(eq("paris"));
      await()
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .extracting(LocationStatus::target)
                      .contains(TargetState.RUNNING));
    }
  }

  @Test
  void other_services_are_kept_elsewhere() {
    assertThat(store.list(ServiceName.REPLICATION)).isEmpty();
    assertThat(store.find(ServiceName.INGESTION, PARIS)).isEmpty();
    assertThatThrownBy(
            () ->
                store.compareAndSet(
                    ServiceName.REPLICATION, PARIS, 0, TargetState.PAUSED, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("REPLICATION");
  }
}
