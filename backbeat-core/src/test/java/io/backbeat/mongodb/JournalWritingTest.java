package io.backbeat.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.MetadataExamples;
import io.backbeat.job.MetadataExamples.Example;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.MongoReplica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that an append leaves, which CloudServer reads. */
class JournalWritingTest {
  private static final Metadata PHOTO = Metadata.pending("bucket", "photo", "paris");
  private static final int WRITE_CONFLICT = 112;

  @RegisterExtension final Opened opened = new Opened();
  private MetadataJournal journal;
  private CloudServerDocuments documents;

  @BeforeEach
  void open() {
    journal = opened.fresh().journal();
    documents = opened.documents();
  }

  private Optional<String> versionOf(String id) {
    return documents.value("bucket", id).map(v -> v.getString("versionId").getValue());
  }

  private static String id(String format, Metadata version) {
    return (format.equals("v1") ? "\u007fV" : "") + "photo\0" + version.versionId();
  }

  private static String master(String format) {
    return format.equals("v1") ? "\u007fMphoto" : "photo";
  }

  private static MetadataChange deleteMarker(Metadata version) {
    ObjectNode document = (ObjectNode) Metadata.parse(version.json());
    document.put("isDeleteMarker", true);
    return new MetadataChange.Put(version.object(), document.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void newest_version_is_the_master_whatever_the_order_of_writes_and_deletes(String format) {
    documents.bucket("bucket", format);
    Metadata one = PHOTO.version(1);
    Metadata two = PHOTO.version(2);
    Metadata three = PHOTO.version(3);

    journal.append(List.of(one.put(), three.put(), two.put()));
    assertThat(versionOf(master(format))).contains(three.versionId());
    for (Metadata version : List.of(one, two, three)) {
      assertThat(versionOf(id(format, version))).contains(version.versionId());
    }

    journal.append(List.of(three.delete(), one.delete()));
    assertThat(versionOf(master(format))).contains(two.versionId());
    journal.append(List.of(two.delete()));
    assertThat(documents.collection("bucket").countDocuments()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void delete_marker_as_newest_version_removes_the_master_in_v1_and_is_it_in_v0(String format) {
    documents.bucket("bucket", format);
    journal.append(List.of(PHOTO.version(1).put(), deleteMarker(PHOTO.version(2))));

    assertThat(versionOf(id(format, PHOTO.version(2)))).isPresent();
    assertThat(documents.value("bucket", master(format)).isPresent())
        .isEqualTo(format.equals("v0"));
    journal.append(List.of(PHOTO.version(2).delete()));
    if (format.equals("v0")) {
      assertThat(versionOf("photo")).contains(PHOTO.version(1).versionId());
    }
  }

  @Test
  void unversioned_object_stays_the_master() {
    journal.append(List.of(PHOTO.put(), PHOTO.version(1).put()));

    assertThat(journal.find(PHOTO.object())).isPresent();
    assertThat(journal.find(PHOTO.version(1).object())).isPresent();
  }

  @Test
  void placeholder_and_document_about_to_be_removed_are_not_there() {
    documents.put("bucket", "a", "{isPHD: true}");
    documents.put("bucket", "b", "{deleted: true, key: 'b'}");

    assertThat(journal.find(ObjectVersion.unversioned("bucket", "a"))).isEmpty();
    assertThat(journal.find(ObjectVersion.unversioned("bucket", "b"))).isEmpty();
    assertThat(journal.list("bucket", "", 10)).isEmpty();
  }

  @Test
  void null_version_behind_newer_ones_is_found() {
    documents.put("bucket", "photo", PHOTO.version(1).json());
    documents.put(
        "bucket",
        "photo\u000099999999999999999999RG001  ",
        "{\"key\":\"photo\",\"versionId\":\"99999999999999999999RG001  \",\"isNull\":true}");
    ObjectVersion nullVersion = new ObjectVersion("bucket", "photo", "null");

    assertThat(journal.find(nullVersion)).isPresent();
    journal.append(List.of(new MetadataChange.Delete(nullVersion)));
    assertThat(journal.find(nullVersion)).isEmpty();
    assertThat(versionOf("photo")).contains(PHOTO.version(1).versionId());
  }

  @Test
  void internal_collection_is_refused() {
    assertThatThrownBy(
            () -> journal.append(List.of(Metadata.pending("__metastore", "k", "paris").put())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metastore/k");
    assertThat(journal.list("__metastore", "", 10)).isEmpty();
  }

  @Test
  void append_that_fails_half_way_leaves_nothing() {
    assumeTrue(MongoReplica.shared().isStandIn());
    LogPosition end = Opened.end(journal);
    MongoReplica.shared().refuse("delete", 1, WRITE_CONFLICT);

    assertThatThrownBy(() -> journal.append(List.of(PHOTO.put())))
        .isInstanceOf(BackbeatException.class);

    assertThat(journal.find(PHOTO.object())).isEmpty();
    assertThat(journal.read(end, 10, Duration.ZERO).isEmpty()).isTrue();
    journal.append(List.of(PHOTO.put()));
    assertThat(journal.find(PHOTO.object())).isPresent();
  }

  @Test
  void object_too_large_for_a_document_is_refused_for_good() {
    ObjectNode document = (ObjectNode) Metadata.parse(PHOTO.json());
    document.put("x-amz-meta-long", "x".repeat(17 * 1024 * 1024));

    assertThatThrownBy(
            () ->
                journal.append(
                    List.of(new MetadataChange.Put(PHOTO.object(), document.toString()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 MiB");
  }

  /** Every document that a real CloudServer wrote, through the stream and the store. */
  @Test
  void examples_of_cloudserver_are_read_found_and_listed() {
    MetadataExamples.all().stream()
        .map(Example::bucket)
        .distinct()
        .filter(BucketNames::isBucket)
        .forEach(bucket -> documents.bucket(bucket, "v1"));
    LogPosition at = Opened.end(journal);
    int read = 0;
    for (Example example : MetadataExamples.all()) {
      documents.put(example.bucket(), example.key(), BsonDocument.parse(example.json()));
      LogBatch batch = journal.read(at, 10, Duration.ZERO);
      for (LogEntry entry : batch.entries()) {
        isWhatWasWritten(example, entry);
        read++;
      }
      documents.collection(example.bucket()).drop();
      at = batch.next();
    }

    assertThat(read).isGreaterThan(20);
  }

  private void isWhatWasWritten(Example example, LogEntry entry) {
    assertThat(entry.bucket()).isEqualTo(example.bucket());
    assertThat(entry.key()).isEqualTo(example.key().substring(2));
    assertThat(new String(entry.value(), UTF_8)).isEqualTo(example.tree().toString());
    ObjectMetadata metadata = ObjectMetadata.parse(entry.value());
    ObjectVersion object =
        new ObjectVersion(entry.bucket(), metadata.key(), metadata.encodedVersionId());
    assertThat(journal.find(object)).contains(example.tree().toString());
    assertThat(journal.list(entry.bucket(), "", 10))
        .extracting(MetadataJournal.JournaledObject::object)
        .containsExactly(object);
  }
}
