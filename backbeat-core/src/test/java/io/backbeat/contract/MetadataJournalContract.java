package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogEntry.Operation;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataJournal.JournaledObject;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@link MetadataJournal} promises, alone and together with the statuses and the ledger of
 * its bundle.
 */
@Timeout(120)
public abstract class MetadataJournalContract {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final Metadata PHOTO = Metadata.pending("bucket", "photo", "paris", "tokyo");

  private Stores stores;
  private MetadataJournal journal;

  /** Where a reader of the empty journal begins. */
  private LogPosition beginning = LogPosition.BEGINNING;

  /** Empty stores. */
  protected abstract Stores create() throws Exception;

  /**
   * Where a reader of the empty journal begins so that it is given every change from then on. A log
   * that lists what waits when it is read from the beginning, because its past is not kept for
   * ever, gives the end of its empty listing.
   */
  protected LogPosition beginning(MetadataJournal empty) {
    return LogPosition.BEGINNING;
  }

  /**
   * Whether metadata is listed with the statuses that were written with it. Where an object server
   * keeps both in one document, only the current ones are left.
   */
  protected boolean listsWrittenStatuses() {
    return true;
  }

  @BeforeEach
  void createStores() throws Exception {
    stores = create();
    journal = stores.journal();
    beginning = beginning(journal);
  }

  private void put(Metadata... documents) {
    journal.append(
        List.<MetadataChange>copyOf(List.of(documents).stream().map(Metadata::put).toList()));
  }

  private static Metadata at(String key) {
    return Metadata.pending("bucket", key, "paris");
  }

  private LogBatch read(LogPosition from, int maxEntries) {
    return journal.read(from, maxEntries, Duration.ZERO);
  }

  private List<LogEntry> readAll() {
    return read(beginning, 10_000).entries();
  }

  private static List<String> keys(LogBatch batch) {
    return batch.entries().stream().map(LogEntry::key).toList();
  }

  private static List<String> listed(List<JournaledObject> objects) {
    return objects.stream().map(o -> o.object().key()).toList();
  }

  private static JsonNode withoutRevision(String json) {
    return ((ObjectNode) Metadata.parse(json)).without("microVersionId");
  }

  private static JsonNode withoutStatuses(String json) {
    return ((ObjectNode) withoutRevision(json)).without(List.of("replicationInfo", "originOp"));
  }

  private TrackedStatus tracked(Metadata document) {
    return stores.statuses().find(List.of(document.object())).get(document.object());
  }

  // append and read

  @Test
  void empty_journal_reads_empty_and_has_no_lag() {
    LogBatch batch = read(beginning, 10);

    assertThat(batch.isEmpty()).isTrue();
    assertThat(read(batch.next(), 10).isEmpty()).isTrue();
    assertThat(journal.lag(beginning)).isZero();
    assertThat(journal.lag(batch.next())).isZero();
  }

  @Test
  void journal_has_a_name() {
    assertThat(journal.name()).isNotBlank();
  }

  @Test
  void entries_are_read_in_the_order_they_were_appended() {
    put(at("c"), at("a"));
    put(at("b"));

    assertThat(keys(read(beginning, 10))).containsExactly("c", "a", "b");
  }

  @Test
  void put_is_delivered_with_bucket_key_and_metadata() {
    put(PHOTO);

    LogEntry entry = readAll().get(0);
    assertThat(entry.operation()).isEqualTo(Operation.PUT);
    assertThat(entry.bucket()).isEqualTo("bucket");
    assertThat(entry.key()).isEqualTo("photo");
    assertThat(((ObjectNode) Metadata.parse(entry.value())).without("microVersionId").toString())
        .isEqualTo(Metadata.parse(PHOTO.json()).toString());
  }

  @Test
  void key_of_a_versioned_object_carries_its_version_id_as_stored() {
    Metadata version = PHOTO.version(1);
    put(version);

    assertThat(readAll().get(0).key()).isEqualTo("photo\0" + version.versionId());
  }

  @Test
  void versions_of_one_key_are_delivered_each() {
    put(PHOTO.version(1), PHOTO.version(2), PHOTO);

    assertThat(readAll()).hasSize(3);
    assertThat(journal.find(PHOTO.version(1).object())).isPresent();
    assertThat(journal.find(PHOTO.version(2).object())).isPresent();
    assertThat(journal.find(PHOTO.object())).isPresent();
  }

  @Test
  void read_gives_no_more_than_asked_and_continues_where_it_stopped() {
    put(at("a"), at("b"), at("c"), at("d"), at("e"));

    LogBatch first = read(beginning, 2);
    LogBatch second = read(first.next(), 2);
    LogBatch third = read(second.next(), 2);

    assertThat(keys(first)).containsExactly("a", "b");
    assertThat(keys(second)).containsExactly("c", "d");
    assertThat(keys(third)).containsExactly("e");
    assertThat(read(third.next(), 2).isEmpty()).isTrue();
  }

  @Test
  void position_can_be_read_from_again_and_survives_new_entries() {
    put(at("a"), at("b"));
    LogBatch first = read(beginning, 1);
    put(at("c"));

    assertThat(keys(read(first.next(), 10))).containsExactly("b", "c");
    put(at("d"));
    assertThat(keys(read(first.next(), 10))).containsExactly("b", "c", "d");
  }

  @Test
  void position_of_the_end_survives_new_entries() {
    put(at("a"));
    LogPosition end = read(beginning, 10).next();
    put(at("b"));

    assertThat(keys(read(end, 10))).containsExactly("b");
    LogPosition empty = read(read(end, 10).next(), 10).next();
    put(at("c"));
    assertThat(keys(read(empty, 10))).containsExactly("c");
  }

  @Test
  void position_of_an_entry_is_where_reading_goes_on_behind_it() {
    put(at("a"), at("b"), at("c"));

    LogEntry second = readAll().get(1);

    assertThat(keys(read(second.position(), 10))).containsExactly("c");
  }

  @Test
  void newer_state_may_hide_older_ones_but_is_always_delivered_last() {
    put(at("a"), at("b"));
    put(at("a").bytes(200));

    List<LogEntry> entries = readAll();

    LogEntry last = entries.get(entries.size() - 1);
    assertThat(last.key()).isEqualTo("a");
    assertThat(Metadata.parse(last.value()).path("content-length").asLong()).isEqualTo(200);
    assertThat(entries).extracting(LogEntry::key).contains("b");
  }

  @Test
  void reader_in_the_middle_misses_no_newest_state() {
    put(at("a"), at("b"), at("c"));
    LogPosition afterFirst = read(beginning, 1).next();
    put(at("a").bytes(200), at("b").bytes(300));

    List<String> rest = keys(read(afterFirst, 10));

    assertThat(rest.subList(rest.size() - 3, rest.size())).containsExactly("c", "a", "b");
  }

  @Test
  void lag_tells_whether_entries_follow() {
    put(at("a"), at("b"), at("c"));
    LogBatch first = read(beginning, 1);

    assertThat(journal.lag(beginning)).isPositive();
    assertThat(journal.lag(first.next())).isPositive();
    assertThat(journal.lag(read(first.next(), 10).next())).isZero();
  }

  @Test
  void appending_nothing_changes_nothing() {
    journal.append(List.of());

    assertThat(readAll()).isEmpty();
  }

  @Test
  void entries_of_several_threads_are_all_read_by_one_that_follows() throws Exception {
    int writers = 4;
    int each = 50;
    List<List<String>> seen =
        Concurrently.run(
            writers + 1,
            thread -> {
              List<String> keys = new ArrayList<>();
              if (thread < writers) {
                IntStream.range(0, each).forEach(i -> put(at(thread + "-" + i)));
                return keys;
              }
              LogPosition position = beginning;
              for (int i = 0; i < 10_000 && keys.size() < writers * each; i++) {
                LogBatch batch = journal.read(position, 7, Duration.ofMillis(100));
                keys.addAll(keys(batch));
                position = batch.next();
              }
              return keys;
            });

    assertThat(seen.get(writers)).doesNotHaveDuplicates().hasSize(writers * each);
  }

  // revisions

  @Test
  void put_gives_the_version_a_new_revision_each_time() {
    Set<String> revisions = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      put(PHOTO, at("other"));
      revisions.add(tracked(PHOTO).revision());
      revisions.add(tracked(at("other")).revision());
    }

    assertThat(revisions).hasSize(10).doesNotContain("");
  }

  @Test
  void revision_is_the_same_in_the_entry_the_metadata_the_list_and_the_status() {
    put(PHOTO);

    String revision = tracked(PHOTO).revision();

    assertThat(Metadata.parse(readAll().get(0).value()).path("microVersionId").asText())
        .isEqualTo(revision);
    assertThat(Metadata.revisionOf(journal.find(PHOTO.object()).orElseThrow())).isEqualTo(revision);
    assertThat(journal.list("bucket", "", 10).get(0).revision()).isEqualTo(revision);
  }

  @Test
  void revision_that_the_writer_brought_along_is_replaced() {
    ObjectNode document = (ObjectNode) Metadata.parse(PHOTO.json());
    document.put("microVersionId", "mine");
    MetadataChange change = new MetadataChange.Put(PHOTO.object(), document.toString());
    journal.append(List.of(change));

    assertThat(tracked(PHOTO).revision()).isNotEqualTo("mine");
    assertThat(Metadata.revisionOf(journal.find(PHOTO.object()).orElseThrow()))
        .isEqualTo(tracked(PHOTO).revision());
  }

  @Test
  void version_written_again_after_its_delete_has_a_new_revision() {
    put(PHOTO);
    String before = tracked(PHOTO).revision();
    journal.append(List.of(PHOTO.delete()));
    put(PHOTO);

    assertThat(tracked(PHOTO).revision()).isNotEqualTo(before);
  }

  // statuses

  @Test
  void put_resets_the_statuses_to_those_of_its_replication_info() {
    put(PHOTO);
    replicate(PHOTO, "v1");
    put(PHOTO.to("paris", "rome"));

    assertThat(tracked(PHOTO).status().sites())
        .extracting(s -> s.location().value(), s -> s.status(), s -> s.dataStoreVersionId())
        .containsExactly(
            tuple("paris", SiteStatus.PENDING, ""), tuple("rome", SiteStatus.PENDING, ""));
  }

  @Test
  void put_takes_over_finished_statuses_of_its_replication_info() {
    ObjectNode document = (ObjectNode) Metadata.parse(PHOTO.json());
    ObjectNode paris = (ObjectNode) document.path("replicationInfo").path("backends").path(0);
    paris.put("status", "COMPLETED").put("dataStoreVersionId", "v7");
    journal.append(List.of(new MetadataChange.Put(PHOTO.object(), document.toString())));

    assertThat(tracked(PHOTO).at(PARIS).orElseThrow().status()).isEqualTo(SiteStatus.COMPLETED);
    assertThat(tracked(PHOTO).at(PARIS).orElseThrow().dataStoreVersionId()).isEqualTo("v7");
  }

  @Test
  void metadata_is_found_with_the_statuses_as_they_are_now() {
    put(PHOTO);
    replicate(PHOTO, "v1");

    JsonNode found = Metadata.parse(journal.find(PHOTO.object()).orElseThrow());
    JsonNode backends = found.path("replicationInfo").path("backends");
    assertThat(backends.path(0).path("site").asText()).isEqualTo("paris");
    assertThat(backends.path(0).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(backends.path(0).path("dataStoreVersionId").asText()).isEqualTo("v1");
    assertThat(backends.path(1).path("status").asText()).isEqualTo("PENDING");
    assertThat(found.path("replicationInfo").path("status").asText()).isEqualTo("PROCESSING");
    assertThat(found.path("x-amz-meta-color").asText()).isEqualTo("red");
    assertThat(found.path("content-length").asLong()).isEqualTo(100);
  }

  @Test
  void status_changes_are_no_entries_of_the_log() {
    put(PHOTO);
    LogPosition end = read(beginning, 10).next();

    replicate(PHOTO, "v1");

    assertThat(read(end, 10).isEmpty()).isTrue();
  }

  private void replicate(Metadata document, String dataStoreVersionId) {
    String revision = tracked(document).revision();
    stores
        .statuses()
        .apply(
            List.of(
                new StatusChange(
                    document.object(),
                    PARIS,
                    revision,
                    StatusEvent.REPLICATED,
                    dataStoreVersionId)));
  }

  // delete

  @Test
  void delete_is_delivered_and_the_version_is_gone() {
    put(PHOTO, at("other"));
    LogPosition before = read(beginning, 10).next();

    journal.append(List.of(PHOTO.delete()));

    LogEntry entry = read(before, 10).entries().get(0);
    assertThat(entry.operation()).isEqualTo(Operation.DELETE);
    assertThat(entry.bucket()).isEqualTo("bucket");
    assertThat(entry.key()).isEqualTo("photo");
    assertThat(journal.find(PHOTO.object())).isEmpty();
    assertThat(listed(journal.list("bucket", "", 10))).containsExactly("other");
  }

  @Test
  void delete_of_a_version_has_the_key_of_its_put_and_leaves_other_versions() {
    put(PHOTO.version(1), PHOTO.version(2));
    LogPosition before = read(beginning, 10).next();

    journal.append(List.of(PHOTO.version(1).delete()));

    assertThat(keys(read(before, 10))).containsExactly("photo\0" + PHOTO.version(1).versionId());
    assertThat(journal.find(PHOTO.version(1).object())).isEmpty();
    assertThat(journal.find(PHOTO.version(2).object())).isPresent();
  }

  @Test
  void put_removes_the_failures_of_the_change_before_and_leaves_what_is_unfinished() {
    stores.journal().append(List.of(PHOTO.put()));
    Jobs failed = Jobs.aJob().object(PHOTO.object()).at("paris").revision("older");
    Jobs queued = Jobs.aJob().object(PHOTO.object()).at("tokyo").revision("older");
    LedgerEntry.Failure failure =
        new LedgerEntry.Failure(Jobs.CREATED, Jobs.CREATED, "Timeout", "slow");
    stores
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.failed(failed.build(), failure), LedgerEntry.queued(queued.build())));
    stores.journal().append(List.of(PHOTO.put()));
    assertThat(stores.failedJobs().find(failed.jobKey())).isEmpty();
    assertThat(stores.failedJobs().find(queued.jobKey())).isPresent();
    assertThat(
            stores
                .failedJobs()
                .counts(JobType.REPLICATION)
                .getOrDefault(failed.build().location(), Map.of())
                .getOrDefault(JobState.FAILED, 0L))
        .isZero();
  }

  @Test
  void delete_removes_statuses_and_ledger_entries_of_the_version() {
    put(PHOTO, at("other"));
    Jobs job = Jobs.aJob().object(PHOTO.object());
    Jobs other = Jobs.aJob().object(at("other").object());
    stores
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.queued(job.build()),
                LedgerEntry.queued(job.at("tokyo").build()),
                LedgerEntry.queued(other.build())));

    journal.append(List.of(PHOTO.delete()));

    assertThat(stores.statuses().find(List.of(PHOTO.object()))).isEmpty();
    assertThat(stores.failedJobs().find(PHOTO.object())).isEmpty();
    assertThat(
            stores
                .failedJobs()
                .counts(JobType.REPLICATION)
                .getOrDefault(LocationName.of("tokyo"), Map.of())
                .values())
        .allMatch(count -> count == 0);
    assertThat(stores.failedJobs().find(other.jobKey())).isPresent();
    assertThat(tracked(at("other"))).isNotNull();
  }

  @Test
  void delete_of_an_unknown_version_does_nothing() {
    put(PHOTO);
    LogPosition end = read(beginning, 10).next();

    journal.append(List.of(at("never").delete(), PHOTO.version(1).delete()));

    assertThat(read(end, 10).isEmpty()).isTrue();
    assertThat(journal.find(PHOTO.object())).isPresent();
  }

  @Test
  void delete_of_a_deleted_version_does_nothing() {
    put(PHOTO);
    journal.append(List.of(PHOTO.delete()));
    LogPosition end = read(beginning, 10).next();

    journal.append(List.of(PHOTO.delete()));

    assertThat(read(end, 10).isEmpty()).isTrue();
  }

  @Test
  void changes_of_one_append_happen_in_order() {
    journal.append(
        List.of(PHOTO.put(), PHOTO.delete(), at("a").put(), at("a").delete(), at("a").put()));

    assertThat(journal.find(PHOTO.object())).isEmpty();
    assertThat(journal.find(at("a").object())).isPresent();
    List<LogEntry> entries = readAll();
    assertThat(entries.get(entries.size() - 1).operation()).isEqualTo(Operation.PUT);
    assertThat(entries)
        .filteredOn(e -> e.key().equals("photo"))
        .last()
        .extracting(LogEntry::operation)
        .isEqualTo(Operation.DELETE);
  }

  // malformed metadata

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "\"text\"",
        "{\"replicationInfo\":",
        "{\"replicationInfo\":7}",
        "{\"replicationInfo\":{\"status\":\"PENDING\",\"backends\":[{\"site\":\"paris\",\"status\":\"LOST\"}]}}"
      })
  void malformed_metadata_is_refused_and_nothing_of_the_call_is_recorded(String malformed) {
    put(PHOTO);
    String before = journal.find(PHOTO.object()).orElseThrow();
    LogPosition end = read(beginning, 10).next();
    ObjectVersion bad = ObjectVersion.unversioned("bucket", "bad-one");

    assertThatThrownBy(
            () ->
                journal.append(
                    List.of(
                        at("first").put(),
                        PHOTO.delete(),
                        new MetadataChange.Put(bad, malformed),
                        at("last").put())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bucket/bad-one");

    assertThat(read(end, 10).isEmpty()).isTrue();
    assertThat(journal.find(PHOTO.object())).contains(before);
    assertThat(journal.find(at("first").object())).isEmpty();
    assertThat(journal.find(at("last").object())).isEmpty();
    assertThat(stores.statuses().find(List.of(at("first").object(), bad))).isEmpty();
  }

  @Test
  void put_whose_metadata_tells_another_version_is_refused() {
    String unversioned = PHOTO.json();
    String first = PHOTO.version(1).json();
    ObjectVersion nullVersion = new ObjectVersion("bucket", "photo", "null");

    for (MetadataChange.Put wrong :
        List.of(
            new MetadataChange.Put(PHOTO.object(), first),
            new MetadataChange.Put(PHOTO.version(2).object(), first),
            new MetadataChange.Put(nullVersion, first),
            new MetadataChange.Put(nullVersion, unversioned))) {
      assertThatThrownBy(() -> journal.append(List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.object().toString());
    }
    assertThat(readAll()).isEmpty();
  }

  @Test
  void version_that_the_metadata_does_not_tell_is_in_the_key_of_the_entry() {
    Metadata version = PHOTO.version(1);
    journal.append(List.of(new MetadataChange.Put(version.object(), PHOTO.json())));

    assertThat(readAll().get(0).key()).isEqualTo("photo\0" + version.versionId());
    assertThat(journal.find(version.object())).isPresent();
  }

  @Test
  void null_version_is_kept_beside_other_versions() {
    ObjectVersion nullVersion = new ObjectVersion("bucket", "photo", "null");
    ObjectNode document = (ObjectNode) Metadata.parse(PHOTO.version(1).json());
    document.put("isNull", true);
    put(PHOTO.version(1));
    journal.append(List.of(new MetadataChange.Put(nullVersion, document.toString())));

    assertThat(readAll()).hasSize(2);
    assertThat(journal.find(nullVersion)).isPresent();
    assertThat(stores.statuses().find(List.of(nullVersion))).containsOnlyKeys(nullVersion);
  }

  // find and list

  @Test
  void unknown_version_is_not_found() {
    put(PHOTO.version(1));

    assertThat(journal.find(PHOTO.object())).isEmpty();
    assertThat(journal.find(PHOTO.version(2).object())).isEmpty();
    assertThat(journal.find(ObjectVersion.unversioned("other", "photo"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b",
        "line\nbreak",
        "../up",
        ".",
        "a/b//c",
        " ",
        "tab\t",
        "é",
        "e\u0301",
        "\uD83D\uDE00",
        "100%",
        "a'b\"c\\d",
        "\uFEFFmark",
        "\uFFFF"
      })
  void unusual_keys_are_kept_character_by_character(String key) {
    Metadata document = Metadata.pending("bucket", key, "paris").version(1);
    put(document);

    assertThat(readAll().get(0).key()).isEqualTo(key + "\0" + document.versionId());
    assertThat(listed(journal.list("bucket", "", 10))).containsExactly(key);
    JsonNode found = Metadata.parse(journal.find(document.object()).orElseThrow());
    assertThat(found.path("key").asText()).isEqualTo(key);
    assertThat(tracked(document).status().object()).isEqualTo(document.object());
  }

  @Test
  void list_gives_the_metadata_as_it_was_written() {
    put(PHOTO);
    replicate(PHOTO, "v1");

    JournaledObject listed = journal.list("bucket", "", 10).get(0);
    assertThat(listed.object()).isEqualTo(PHOTO.object());
    assertThat(withoutStatuses(listed.metadata())).isEqualTo(withoutStatuses(PHOTO.json()));
    if (listsWrittenStatuses()) {
      assertThat(withoutRevision(listed.metadata())).isEqualTo(Metadata.parse(PHOTO.json()));
    }
  }

  @Test
  void list_is_in_the_order_of_the_utf8_bytes_of_the_keys() {
    // A supplementary character sorts behind U+FFxx in UTF-8, and before it as Java chars.
    List<String> ordered =
        List.of(
            "A",
            "Z",
            "a",
            "a/b",
            "ab",
            "b",
            "é",
            "\uD7FF",
            "\uE000",
            "\uFF61",
            "\uFFFD",
            "\uD800\uDC00",
            "\uD83D\uDE00",
            "\uDBFF\uDFFD");
    List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.forEach(key -> put(at(key)));

    assertThat(listed(journal.list("bucket", "", 100))).containsExactlyElementsOf(ordered);
    List<String> paged = new ArrayList<>();
    List<JournaledObject> page = journal.list("bucket", "", 3);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(3);
      paged.addAll(listed(page));
      page = journal.list("bucket", paged.get(paged.size() - 1), 3);
    }
    assertThat(paged).containsExactlyElementsOf(ordered);
  }

  @Test
  void list_orders_versions_of_a_key_by_version_id() {
    put(PHOTO.version(1), PHOTO.version(3), PHOTO.version(2), PHOTO);

    assertThat(journal.list("bucket", "", 10))
        .extracting(JournaledObject::object)
        .containsExactly(
            PHOTO.object(),
            PHOTO.version(3).object(),
            PHOTO.version(2).object(),
            PHOTO.version(1).object());
  }

  @Test
  void page_of_a_list_has_all_versions_of_its_keys() {
    put(at("a"), PHOTO.version(1), PHOTO.version(2), PHOTO.version(3), at("z"));

    List<JournaledObject> first = journal.list("bucket", "", 2);
    List<JournaledObject> second = journal.list("bucket", "photo", 2);

    assertThat(listed(first)).containsExactly("a", "photo", "photo", "photo");
    assertThat(listed(second)).containsExactly("z");
  }

  @Test
  void list_goes_on_behind_a_key_that_does_not_exist() {
    put(at("a"), at("c"));

    assertThat(listed(journal.list("bucket", "b", 10))).containsExactly("c");
    assertThat(listed(journal.list("bucket", "a", 10))).containsExactly("c");
    assertThat(journal.list("bucket", "c", 10)).isEmpty();
  }

  @Test
  void list_has_only_the_bucket_that_was_asked_for() {
    put(at("a"), Metadata.pending("bucket2", "b", "paris"), Metadata.pending("buck", "c", "paris"));

    assertThat(listed(journal.list("bucket", "", 10))).containsExactly("a");
    assertThat(journal.list("unknown", "", 10)).isEmpty();
  }

  @Test
  void list_of_a_prefix_has_its_keys_only_also_the_prefix_itself() {
    put(at("a"), at("dir"), at("dir/"), at("dir/a"), at("dir/b"), at("dir/é"), at("dirt"), at("e"));
    put(Metadata.pending("bucket", "dir/a", "paris").version(1));

    assertThat(listed(journal.list("bucket", "dir/", "", 10)))
        .containsExactly("dir/", "dir/a", "dir/a", "dir/b", "dir/é");
    assertThat(listed(journal.list("bucket", "dir/", "", 1))).containsExactly("dir/");
    assertThat(listed(journal.list("bucket", "dir/", "dir/", 2)))
        .containsExactly("dir/a", "dir/a", "dir/b");
    assertThat(listed(journal.list("bucket", "dir/", "a", 1))).containsExactly("dir/");
    assertThat(journal.list("bucket", "dir/", "dir/é", 10)).isEmpty();
    assertThat(journal.list("bucket", "nothing/", "", 10)).isEmpty();
    assertThat(journal.list("bucket", "b", "", 10)).isEmpty();
  }

  @Test
  void buckets_are_named_in_pages_and_in_order() {
    assertThat(journal.buckets("", 10)).isEmpty();
    put(
        Metadata.pending("photos", "a", "paris"),
        Metadata.pending("archive", "a", "paris"),
        Metadata.pending("photos-2", "a", "paris"),
        Metadata.pending("photos", "b", "paris"));

    assertThat(journal.buckets("", 10)).containsExactly("archive", "photos", "photos-2");
    assertThat(journal.buckets("", 2)).containsExactly("archive", "photos");
    assertThat(journal.buckets("photos", 2)).containsExactly("photos-2");
    assertThat(journal.buckets("photos-2", 2)).isEmpty();
    assertThat(journal.buckets("b", 1)).containsExactly("photos");
  }

  // waiting

  @Test
  void read_that_waits_returns_soon_after_an_entry_comes() throws Exception {
    List<Integer> entries =
        Concurrently.run(
            2,
            thread -> {
              if (thread == 0) {
                return journal.read(beginning, 10, Duration.ofSeconds(60)).entries().size();
              }
              put(PHOTO);
              return -1;
            });

    assertThat(entries.get(0)).isEqualTo(1);
  }

  @Test
  void read_that_waits_in_vain_returns_empty_and_can_be_continued() {
    put(at("a"));
    LogPosition end = read(beginning, 10).next();

    LogBatch batch = journal.read(end, 10, Duration.ofMillis(20));

    assertThat(batch.isEmpty()).isTrue();
    put(at("b"));
    assertThat(keys(read(batch.next(), 10))).containsExactly("b");
  }

  @Test
  void close_may_be_called_twice() {
    journal.close();
    journal.close();
  }
}
