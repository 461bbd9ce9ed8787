package io.backbeat.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogEntry.Operation;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LostRange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MongoReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The change stream as a log: what CloudServer writes, and what can happen on the way. */
@Timeout(60)
class JournalReadingTest {
  private static final int NOT_PRIMARY = 10107;

  @RegisterExtension final Opened opened = new Opened();
  private final MongoReplica replica = MongoReplica.shared();

  private MongoStore store;
  private MetadataJournal journal;
  private CloudServerDocuments documents;

  @BeforeEach
  void open() {
    store = opened.fresh();
    journal = store.journal();
    documents = opened.documents();
  }

  private static Metadata at(String key) {
    return Metadata.pending("bucket", key, "paris");
  }

  private void put(String key) {
    documents.put("bucket", key, at(key).json());
  }

  private void putDone(String bucket, String key) {
    documents.put(bucket, key, at(key).json().replace("PENDING", "COMPLETED"));
  }

  private LogBatch read(LogPosition from) {
    return journal.read(from, 1000, Duration.ofMillis(300));
  }

  private static List<String> keys(LogBatch batch) {
    return batch.entries().stream().map(LogEntry::key).toList();
  }

  /** Everything up to the end. */
  private List<LogEntry> readAll(LogPosition from, int maxEntries) {
    List<LogEntry> all = new ArrayList<>();
    LogBatch batch = journal.read(from, maxEntries, Duration.ofMillis(50));
    while (!batch.isEmpty()) {
      all.addAll(batch.entries());
      batch = journal.read(batch.next(), maxEntries, Duration.ofMillis(50));
    }
    return all;
  }

  // from the beginning

  @Test
  void beginning_gives_what_waits_in_every_bucket_and_nothing_else() {
    put("b");
    putDone("bucket", "a");
    documents.put("other", "c", at("c").json());
    documents.put("mpuShadowBucketbucket", "d", at("d").json());
    documents.put("__usersbucket", "e", at("e").json());
    documents.put("PENSIEVE", "f", at("f").json());

    assertThat(readAll(LogPosition.BEGINNING, 100))
        .extracting(e -> e.bucket() + "/" + e.key())
        .containsExactly("bucket/b", "other/c");
  }

  @Test
  void listing_goes_on_in_another_process_where_it_stopped() {
    IntStream.range(0, 25).forEach(i -> put("key-%02d".formatted(i)));
    LogBatch first = journal.read(LogPosition.BEGINNING, 10, Duration.ZERO);

    journal = opened.again().journal();

    assertThat(keys(first)).hasSize(10);
    assertThat(readAll(first.next(), 7))
        .extracting(LogEntry::key)
        .containsExactlyElementsOf(
            IntStream.range(10, 25).mapToObj("key-%02d"::formatted).toList());
  }

  @Test
  void position_of_a_listed_entry_is_where_listing_goes_on() {
    IntStream.range(0, 5).forEach(i -> put("key-" + i));
    LogBatch first = journal.read(LogPosition.BEGINNING, 5, Duration.ZERO);

    assertThat(readAll(first.entries().get(2).position(), 10))
        .extracting(LogEntry::key)
        .containsExactly("key-3", "key-4");
  }

  @Test
  void changes_made_while_listing_are_read_behind_it() {
    put("a");
    put("b");
    LogBatch first = journal.read(LogPosition.BEGINNING, 1, Duration.ZERO);
    put("a2");
    documents.put("new-bucket", "c", at("c").json());
    documents.collection("bucket").deleteOne(Filters.eq("b"));

    assertThat(keys(first)).containsExactly("a");
    assertThat(readAll(first.next(), 10))
        .extracting(e -> e.operation() + " " + e.key())
        .contains("PUT a2", "PUT c", "DELETE b");
  }

  @Test
  void bucket_that_vanishes_while_listing_ends_its_listing() {
    IntStream.range(0, 5).forEach(i -> put("key-" + i));
    documents.put("other", "z", at("z").json());
    LogBatch first = journal.read(LogPosition.BEGINNING, 2, Duration.ZERO);
    documents.collection("bucket").drop();

    assertThat(readAll(first.next(), 10)).extracting(LogEntry::key).containsExactly("z");
  }

  @Test
  void long_bucket_without_anything_waiting_is_got_through_by_asking_again() {
    List<BsonDocument> others =
        IntStream.range(0, 2500)
            .mapToObj(
                i ->
                    new BsonDocument("_id", new BsonString("key-%05d".formatted(i)))
                        .append("value", new BsonDocument("n", new BsonInt32(i))))
            .toList();
    documents.collection("bucket").insertMany(others);
    put("last");

    LogBatch batch = journal.read(LogPosition.BEGINNING, 10, Duration.ZERO);
    for (int i = 0; i < 10 && batch.isEmpty(); i++) {
      // A populator asks from where it last got something.
      batch = journal.read(LogPosition.BEGINNING, 10, Duration.ZERO);
    }

    assertThat(keys(batch)).containsExactly("last");
  }

  @Test
  void position_of_another_log_is_taken_for_the_beginning() {
    put("a");

    assertThat(keys(read(new LogPosition("{\"uniqID\":\"4711\"}")))).containsExactly("a");
  }

  // what CloudServer writes

  @Test
  void delete_of_cloudserver_is_one_entry() {
    put("a");
    LogPosition end = read(LogPosition.BEGINNING).next();
    documents.delete("bucket", "a");

    LogBatch batch = read(end);

    assertThat(batch.entries())
        .singleElement()
        .extracting(LogEntry::operation)
        .isEqualTo(Operation.DELETE);
    assertThat(keys(batch)).containsExactly("a");
  }

  @Test
  void keys_of_format_v1_lose_their_prefix_and_masters_that_repeat_a_version_are_left_out() {
    documents.bucket("bucket", "v1");
    Metadata version = at("photo").version(3);
    LogPosition end = Opened.end(journal);
    documents.put("bucket", "\u007fVphoto\0" + version.versionId(), version.json());
    documents.put("bucket", "\u007fMphoto", version.json());
    documents.put("bucket", "\u007fMplain", at("plain").json());

    assertThat(keys(read(end))).containsExactly("photo\0" + version.versionId(), "plain");
    assertThat(readAll(LogPosition.BEGINNING, 10))
        .extracting(LogEntry::key)
        .containsExactlyInAnyOrder("photo\0" + version.versionId(), "plain");
    assertThat(journal.find(version.object())).isPresent();
    assertThat(journal.list("bucket", "", 10))
        .extracting(o -> o.object())
        .containsExactly(version.object(), at("plain").object());
  }

  @Test
  void tag_keys_come_as_the_client_gave_them() {
    LogPosition end = Opened.end(journal);
    String json =
        at("a").json().replaceFirst("\\{", "{\"tags\":{\"a\uFF0Eb\":\"1\",\"\uFF04c\":\"2\"},");
    documents.put("bucket", "a", json);

    LogEntry entry = read(end).entries().get(0);

    assertThat(Metadata.parse(entry.value()).path("tags").toString())
        .isEqualTo("{\"a.b\":\"1\",\"$c\":\"2\"}");
  }

  @Test
  void partial_update_of_a_document_is_looked_up() {
    put("a");
    LogPosition end = read(LogPosition.BEGINNING).next();
    documents
        .collection("bucket")
        .updateOne(Filters.eq("a"), Updates.set("value.x-amz-meta-color", "blue"));

    LogEntry entry = read(end).entries().get(0);

    assertThat(Metadata.parse(entry.value()).path("x-amz-meta-color").asText()).isEqualTo("blue");
    assertThat(Metadata.parse(entry.value()).path("key").asText()).isEqualTo("a");
  }

  @Test
  void statuses_written_in_parts_are_no_entries_unless_they_ask_for_replication() {
    put("a");
    LogPosition end = read(LogPosition.BEGINNING).next();
    var bucket = documents.collection("bucket");
    bucket.updateOne(Filters.eq("a"), Updates.set("value.replicationInfo.status", "COMPLETED"));
    assertThat(read(end).entries()).isEmpty();

    bucket.updateOne(Filters.eq("a"), Updates.set("value.replicationInfo.status", "PENDING"));
    assertThat(keys(read(end))).containsExactly("a");
  }

  @Test
  void collection_that_gets_the_name_of_a_bucket_is_listed() {
    LogPosition end = Opened.end(journal);
    BsonDocument rename =
        BsonDocument.parse(
            "{_id: {_data: 'x'}, operationType: 'rename', ns: {db: 'm', coll: '__tmp'}, to: {db: 'm', coll: 'bucket'}}");

    assertThat(ChangeDecoder.decode(rename)).isInstanceOf(ChangeDecoder.Meaning.ListAgain.class);
    assertThat(read(end).isEmpty()).isTrue();
  }

  @Test
  void document_that_is_no_object_is_set_aside_with_its_bytes() {
    LogPosition end = Opened.end(journal);
    put("a");
    documents.collection("bucket").insertOne(new BsonDocument("_id", new BsonString("bad")));
    documents
        .collection("bucket")
        .insertOne(
            new BsonDocument("_id", new BsonString("worse")).append("value", new BsonInt32(7)));
    put("z");

    for (LogPosition from : List.of(end, LogPosition.BEGINNING)) {
      LogBatch batch = read(from);
      assertThat(keys(batch)).containsExactly("a", "z");
      assertThat(batch.unreadable())
          .extracting(QuarantinedEntry::key)
          .containsExactly("bad", "worse");
      QuarantinedEntry worse = batch.unreadable().get(1);
      assertThat(worse.bucket()).isEqualTo("bucket");
      assertThat(worse.reason()).contains("value must be an object").contains("INT32");
      assertThat(new String(worse.value(), UTF_8)).isEqualTo("{\"_id\":\"worse\",\"value\":7}");
    }
  }

  // memory

  @Test
  void batch_of_large_documents_ends_before_its_number_and_loses_none() {
    LogPosition end = Opened.end(journal);
    String padding = "x".repeat(1_000_000);
    List<String> keys = IntStream.range(0, 40).mapToObj("key-%02d"::formatted).toList();
    for (String key : keys) {
      documents.put(
          "bucket", key, at(key).json().replaceFirst("\\{", "{\"padding\":\"" + padding + "\","));
    }

    for (LogPosition from : List.of(end, LogPosition.BEGINNING)) {
      assertThat(read(from).entries()).hasSizeBetween(10, 35);
      assertThat(readAll(from, 1000)).extracting(LogEntry::key).containsExactlyElementsOf(keys);
    }
  }

  // idle

  @Test
  void idle_stream_moves_the_position_so_that_it_does_not_grow_old() {
    LogPosition end = Opened.end(journal);
    MongoReplica.shared()
        .client()
        .getDatabase(replica.freshDatabase("elsewhere"))
        .getCollection("c", BsonDocument.class)
        .insertOne(new BsonDocument());

    LogBatch batch = read(end);

    assertThat(batch.isEmpty()).isTrue();
    assertThat(batch.next()).isNotEqualTo(end);
    put("a");
    assertThat(keys(read(batch.next()))).containsExactly("a");
    assertThat(keys(read(end))).containsExactly("a");
  }

  // faults

  @Test
  void connection_cut_between_two_reads_loses_nothing() {
    assumeTrue(replica.isStandIn());
    LogPosition end = Opened.end(journal);
    IntStream.range(0, 10).forEach(i -> put("key-" + i));
    LogBatch first = journal.read(end, 4, Duration.ofMillis(200));

    replica.cutConnections();

    assertThat(readAll(first.next(), 4))
        .extracting(LogEntry::key)
        .containsExactlyElementsOf(IntStream.range(4, 10).mapToObj(i -> "key-" + i).toList());
  }

  @Test
  void connection_cut_while_waiting_loses_nothing() {
    assumeTrue(replica.isStandIn());
    LogPosition end = Opened.end(journal);
    read(end);
    replica.before(
        "getMore",
        () -> {
          replica.cutConnections();
          put("a");
        });

    assertThat(readAll(end, 10)).extracting(LogEntry::key).containsExactly("a");
  }

  @Test
  void killed_cursor_and_lost_primary_lose_nothing() {
    assumeTrue(replica.isStandIn());
    LogPosition end = Opened.end(journal);
    put("a");
    LogBatch first = read(end);
    put("b");
    replica.killChangeStreams(opened.metadataDatabase());
    LogBatch second = read(first.next());
    put("c");
    replica.refuse("getMore", 1, NOT_PRIMARY);

    assertThat(keys(second)).containsExactly("b");
    assertThat(readAll(second.next(), 10)).extracting(LogEntry::key).containsExactly("c");
    assertThat(journal.lost()).isEmpty();
  }

  @Test
  void history_that_is_gone_is_told_and_everything_that_waits_is_listed_again() {
    assumeTrue(replica.isStandIn());
    LogPosition end = Opened.end(journal);
    put("a");
    LogPosition old = journal.read(end, 10, Duration.ofMillis(200)).next();
    put("b");
    putDone("bucket", "done");
    replica.loseHistory(opened.metadataDatabase());

    List<LogEntry> entries = readAll(old, 10);

    assertThat(entries).extracting(LogEntry::key).containsExactly("a", "b");
    LostRange range = journal.lost().get(0);
    assertThat(journal.lost()).hasSize(1);
    assertThat(range.after()).isBeforeOrEqualTo(range.noticed());
    assertThat(range.relisted()).isTrue();
    assertThat(range.reason()).contains("may no longer be in the oplog");
    put("c");
    assertThat(keys(read(entries.get(1).position()))).containsExactly("c");
    assertThat(journal.lost()).hasSize(1);
  }

  @Test
  void mongodb_that_is_away_is_said_soon_and_opening_needs_none() {
    MongoOptions away =
        MongoOptions.replicaSet("127.0.0.1:1", "rs0", "user", "secret", false)
            .withServerSelectionTimeout(Duration.ofMillis(100));
    try (MongoStore none = MongoStore.open(away, java.time.Clock.systemUTC())) {
      for (Runnable call :
          List.<Runnable>of(
              none::ping,
              () -> none.journal().read(LogPosition.BEGINNING, 1, Duration.ZERO),
              () -> none.failedJobs().nextDue(),
              () -> none.statuses().find(List.of(at("a").object())))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(BackbeatException.class)
            .hasMessageContaining("MongoDB at 127.0.0.1:1 does not answer")
            .hasMessageNotContaining("secret")
            .extracting(e -> ((BackbeatException) e).code())
            .isEqualTo(ErrorCode.INTERNAL_ERROR);
      }
    }
    assertThat(away.toString()).contains("127.0.0.1:1").doesNotContain("secret");
  }

  @Test
  void closed_store_says_so() {
    store.close();
    store.close();

    assertThatThrownBy(() -> store.failedJobs().nextDue())
        .isInstanceOf(BackbeatException.class)
        .extracting(e -> ((BackbeatException) e).code())
        .isEqualTo(ErrorCode.NOT_RUNNING);
  }
}
