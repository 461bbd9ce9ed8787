package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.MetadataExamples;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-22T12:00:00Z");
  private static final JobType THUMBNAILS = new JobType("thumbnails");

  static Stream<MetadataExamples.Example> pendingExamples() {
    return MetadataExamples.all().stream()
        .filter(e -> !e.key().startsWith("\u007f") || e.isVersion())
        .filter(
            e ->
                ObjectMetadata.parse(e.json()).replicationInfo().status().isPresent()
                    && ObjectMetadata.parse(e.json())
                        .replicationInfo()
                        .status()
                        .get()
                        .name()
                        .equals("PENDING"));
  }

  /** As the original's populator writes it: the stored key without its prefix, no headers. */
  @ParameterizedTest
  @MethodSource("pendingExamples")
  void an_entry_of_the_original_becomes_a_job_for_each_pending_location(
      MetadataExamples.Example example) {
    String key = example.key().startsWith("\u007f") ? example.key().substring(2) : example.key();
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            example.bucket(),
            key,
            example.json(),
            Optional.empty(),
            java.util.OptionalInt.empty(),
            Optional.empty());
    ObjectMetadata metadata = ObjectMetadata.parse(example.json());

    List<Job> jobs =
        decoded(JobType.REPLICATION, EntryCodec.writeLogEntry(entry, WRITTEN), List.of());

    assertThat(jobs)
        .extracting(Job::location)
        .containsExactlyElementsOf(metadata.replicationInfo().sites());
    assertThat(jobs)
        .allSatisfy(
            job -> {
              assertThat(job.payload()).isEqualTo(example.json());
              assertThat(job.revision()).isEqualTo(metadata.revision());
              assertThat(job.object().versionId()).isEqualTo(metadata.encodedVersionId());
              assertThat(job.createdAt()).isEqualTo(metadata.writtenAt().orElse(WRITTEN));
              assertThat(job.attempt()).isZero();
            });
  }

  /** The original sends a forced retry also for a location that the version does not go to. */
  @ParameterizedTest
  @MethodSource("io.backbeat.kafka.EntryCodecTest#recorded")
  void a_recorded_retry_of_the_original_becomes_one_job_if_the_version_goes_there(
      EntryCodecTest.Recorded recorded) {
    List<Job> jobs = decoded(JobType.REPLICATION, recorded.value().getBytes(UTF_8), List.of());
    if (recorded.value().contains("\\\"backends\\\":[]")) {
      assertThat(jobs).isEmpty();
      return;
    }
    assertThat(jobs).hasSize(1);
    assertThat(recorded.value()).contains("\"site\":\"" + jobs.get(0).location() + "\"");
    assertThat(jobs.get(0).bytes()).isEqualTo(1);
  }

  @Test
  void jobs_of_one_write_share_a_record_that_the_original_can_read_without_headers() {
    Metadata written = Metadata.pending("b", "k", "paris", "aws").version(1);
    List<Job> jobs = List.of(job(written, "paris"), job(written, "aws"));

    List<ProducerRecord<byte[], byte[]>> records = records(jobs);

    assertThat(records).hasSize(1);
    assertThat(new String(records.get(0).key(), UTF_8)).isEqualTo("b%2Fk");
    assertThat(records.get(0).topic()).isEqualTo("p.backbeat-replication");
    assertThat(records.get(0).headers())
        .extracting(Header::key)
        .containsExactly("backbeat-revision");
    assertThat(decoded(records.get(0))).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(decoded(JobType.REPLICATION, records.get(0).value(), List.of()))
        .as("without headers")
        .containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void a_retry_for_one_location_names_only_that_one_to_everybody() {
    Metadata written = Metadata.pending("b", "k", "paris", "aws").version(1);
    Job retry = job(written, "aws").withAttempt(2);

    ProducerRecord<byte[], byte[]> record = records(List.of(retry)).get(0);

    Entry.ObjectEntry entry = (Entry.ObjectEntry) EntryCodec.read(record.value());
    ObjectMetadata metadata = ObjectMetadata.parse(entry.metadata());
    assertThat(metadata.replicationInfo().storageClass()).isEqualTo("aws");
    assertThat(metadata.replicationInfo().backends()).hasSize(1);
    assertThat(metadata.revision()).isEqualTo(retry.revision());
    List<Job> arrived = decoded(record);
    assertThat(arrived).hasSize(1);
    assertThat(arrived.get(0).key()).isEqualTo(retry.key());
    assertThat(arrived.get(0).attempt()).isEqualTo(2);
    assertThat(arrived.get(0).withAttempt(2).revision()).isEqualTo(retry.revision());
  }

  @Test
  void jobs_for_some_of_the_locations_leave_the_others_out() {
    Metadata written = Metadata.pending("b", "k", "paris", "aws", "gcp");
    ProducerRecord<byte[], byte[]> record =
        records(List.of(job(written, "gcp"), job(written, "paris"))).get(0);

    assertThat(decoded(JobType.REPLICATION, record.value(), List.of()))
        .extracting(job -> job.location().value())
        .containsExactlyInAnyOrder("paris", "gcp");
  }

  @Test
  void a_location_that_is_not_pending_any_more_is_left_out() {
    String metadata =
        Metadata.pending("b", "k", "paris", "aws:preferred_read".substring(0, 3)).json();
    String done =
        ObjectMetadata.withReplicationInfo(
            metadata,
            ObjectMetadata.parse(metadata).replicationInfo().toCompleted(LocationName.of("paris")));
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            "b", "k", done, Optional.empty(), java.util.OptionalInt.empty(), Optional.empty());
    assertThat(decoded(JobType.REPLICATION, EntryCodec.write(entry), List.of()))
        .extracting(job -> job.location().value())
        .containsExactly("aws");
  }

  @Test
  void the_mark_of_preferred_reads_is_no_part_of_a_location() {
    String metadata =
        Metadata.pending("b", "k", "paris", "aws")
            .json()
            .replace("\"paris,aws\"", "\"paris:preferred_read,aws\"");
    Entry.ObjectEntry entry =
        new Entry.ObjectEntry(
            "b", "k", metadata, Optional.empty(), java.util.OptionalInt.empty(), Optional.empty());
    assertThat(decoded(JobType.REPLICATION, EntryCodec.write(entry), List.of()))
        .extracting(job -> job.location().value())
        .containsExactly("paris", "aws");
  }

  @Test
  void the_same_job_twice_gives_two_records_and_other_writes_are_not_folded() {
    Metadata first = Metadata.pending("b", "k", "paris", "aws").version(1);
    Metadata second = Metadata.pending("b", "k", "paris", "aws").version(2);
    List<Job> jobs =
        List.of(
            job(first, "paris"),
            job(second, "aws"),
            job(second, "paris"),
            job(first, "aws"),
            job(first, "aws"));

    List<ProducerRecord<byte[], byte[]>> records = records(jobs);

    List<Job> arrived = records.stream().flatMap(r -> decoded(r).stream()).toList();
    assertThat(records).hasSize(4);
    for (String site : List.of("paris", "aws")) {
      assertThat(at(arrived, site)).extracting(Job::revision).isEqualTo(revisions(jobs, site));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "{}", "[]", "{\"replicationInfo\":{}}", "{\"content-length\":9}"})
  void a_replication_with_any_payload_comes_back_as_it_was(String payload) {
    Job job =
        new Job(
            new JobKey(
                JobType.REPLICATION,
                new ObjectVersion("bücket", "a/\u65e5 \ud83d\ude80\n\u0001", "v1:é"),
                LocationName.of("aws 1")),
            "révision",
            Long.MAX_VALUE,
            7,
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            payload);
    assertThat(decoded(records(List.of(job)).get(0))).containsExactly(job);
  }

  @Test
  void a_garbage_collection_is_the_originals_message() {
    String payload =
        "{\"action\":\"deleteData\",\"contextInfo\":{\"origin\":\"transientSource\",\"ruleType\":"
            + "\"transient\",\"bucketName\":\"b\",\"objectKey\":\"k/1\",\"versionId\":\"v\"},\"target\":"
            + "{\"locations\":[{\"key\":\"d\",\"dataStoreName\":\"cache\",\"size\":1}],\"owner\":\"o\"}}";
    Job job =
        new Job(
            new JobKey(
                JobType.GARBAGE_COLLECTION,
                new ObjectVersion("b", "k/1", "v"),
                LocationName.of("cache")),
            "rev",
            0,
            1,
            Jobs.CREATED,
            payload);

    ProducerRecord<byte[], byte[]> record = records(List.of(job)).get(0);

    assertThat(record.topic()).isEqualTo("p.backbeat-gc");
    assertThat(new String(record.value(), UTF_8)).isEqualTo(payload);
    assertThat(new String(record.key(), UTF_8)).isEqualTo("b%2Fk%2F1");
    assertThat(decoded(JobType.GARBAGE_COLLECTION, record)).containsExactly(job);
    Job ofNode = decoded(JobType.GARBAGE_COLLECTION, record.value(), List.of()).get(0);
    assertThat(ofNode.key()).isEqualTo(job.key());
    assertThat(ofNode.createdAt()).isEqualTo(WRITTEN);
  }

  @Test
  void a_garbage_collection_of_lifecycle_names_its_object_in_the_source() {
    String message =
        "{\"action\":\"deleteData\",\"contextInfo\":{\"origin\":\"lifecycle\",\"ruleType\":\"transition\"},"
            + "\"source\":{\"bucket\":\"b\",\"objectKey\":\"k\",\"storageClass\":\"l\"},\"target\":"
            + "{\"locations\":[{\"key\":\"d\",\"dataStoreName\":\"l\",\"size\":1}]}}";
    Job job = decoded(JobType.GARBAGE_COLLECTION, message.getBytes(UTF_8), List.of()).get(0);
    assertThat(job.key())
        .isEqualTo(
            new JobKey(
                JobType.GARBAGE_COLLECTION,
                ObjectVersion.unversioned("b", "k"),
                LocationName.of("l")));
  }

  @Test
  void a_collection_after_an_archive_is_a_job_too_and_comes_back_as_it_was() {
    String message =
        "{\"action\":\"deleteArchivedSourceData\",\"target\":{\"oldLocation\":\"us-east-1\",\"newLocation\":"
            + "\"cold\",\"bucket\":\"b\",\"key\":\"k\",\"version\":\"v\"}}";
    Job job = decoded(JobType.GARBAGE_COLLECTION, message.getBytes(UTF_8), List.of()).get(0);
    assertThat(job.key())
        .isEqualTo(
            new JobKey(
                JobType.GARBAGE_COLLECTION,
                new ObjectVersion("b", "k", "v"),
                LocationName.of("us-east-1")));
    assertThat(job.revision()).as("nobody told it").isEmpty();
    ProducerRecord<byte[], byte[]> again = records(List.of(job.withAttempt(2))).get(0);
    assertThat(new String(again.value(), UTF_8)).isEqualTo(message);
    assertThat(decoded(JobType.GARBAGE_COLLECTION, again)).containsExactly(job.withAttempt(2));
  }

  @Test
  void a_collection_of_replicated_data_names_its_bucket_in_the_originals_way() {
    String message =
        "{\"action\":\"deleteData\",\"contextInfo\":{\"origin\":\"transientSource\",\"bucket\":\"b\","
            + "\"objectKey\":\"k\",\"versionId\":\"v\",\"isDeleteMarker\":false},\"target\":{\"locations\":"
            + "[{\"key\":\"d\",\"dataStoreName\":\"l\",\"size\":1}],\"owner\":\"o\"}}";
    assertThat(decoded(JobType.GARBAGE_COLLECTION, message.getBytes(UTF_8), List.of()))
        .extracting(job -> job.object())
        .containsExactly(new ObjectVersion("b", "k", "v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"deleteArchivedSourceData\",\"target\":{\"bucket\":\"b\",\"key\":\"k\"}}",
        "{\"action\":\"deleteData\",\"target\":{\"locations\":[{\"dataStoreName\":\"l\"}]}}",
        "{",
      })
  void what_does_not_say_what_to_collect_is_set_aside_whatever_its_location(String message) {
    Decoded decoded =
        RecordCodec.decode(
            JobType.GARBAGE_COLLECTION, record("k", message.getBytes(UTF_8), List.of()));
    Decoded.Unreadable bad = (Decoded.Unreadable) decoded;
    assertThat(bad.concerns(QueueName.shared(JobType.GARBAGE_COLLECTION))).isTrue();
  }

  @Test
  void an_action_of_collections_that_nobody_knows_is_left_out() {
    assertThat(
            decoded(
                JobType.GARBAGE_COLLECTION,
                "{\"action\":\"polish\",\"target\":{}}".getBytes(UTF_8),
                List.of()))
        .isEmpty();
  }

  @Test
  void a_job_of_another_type_has_a_topic_and_a_message_of_its_own() {
    Job job = Jobs.aJob().type(THUMBNAILS).attempt(3).payload("\u0000any\"").build();
    ProducerRecord<byte[], byte[]> record = records(List.of(job)).get(0);
    assertThat(record.topic()).isEqualTo("p.backbeat-jobs-thumbnails");
    assertThat(decoded(THUMBNAILS, record)).containsExactly(job);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"canary\":true}",
        "{\"bootstrapId\":\"1\"}",
      })
  void markers_are_nothing_to_any_queue(String message) {
    for (JobType type : List.of(JobType.REPLICATION, JobType.GARBAGE_COLLECTION, THUMBNAILS)) {
      assertThat(decoded(type, message.getBytes(UTF_8), List.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[1]",
        "\u0001\u0002",
        "{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{\"}"
      })
  void poison_is_unreadable_to_every_queue_and_says_why(String message) {
    for (JobType type : List.of(JobType.REPLICATION, THUMBNAILS)) {
      Decoded decoded = RecordCodec.decode(type, record("k", message.getBytes(UTF_8), List.of()));
      assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
      assertThat(((Decoded.Unreadable) decoded).reason()).isNotEmpty();
    }
  }

  /** The log's records may be of a form that nobody thought of. */
  @Test
  void whatever_goes_wrong_while_a_record_is_read_makes_it_unreadable() {
    byte[] nothing = null;
    Decoded decoded =
        RecordCodec.decode(
            THUMBNAILS, new ConsumerRecord<>("t", 0, 0, "k".getBytes(UTF_8), nothing));
    assertThat(((Decoded.Unreadable) decoded).reason()).isNotEmpty();
  }

  @Test
  void a_header_that_is_no_number_is_unreadable() {
    Metadata written = Metadata.pending("b", "k", "paris");
    ProducerRecord<byte[], byte[]> record = records(List.of(job(written, "paris"))).get(0);
    record.headers().add("backbeat-attempt", "many".getBytes(UTF_8));
    Decoded decoded =
        RecordCodec.decode(
            JobType.REPLICATION, record("k", record.value(), List.of(record.headers().toArray())));
    assertThat(((Decoded.Unreadable) decoded).reason())
        .contains("backbeat-attempt")
        .contains("many");
  }

  private static Job job(Metadata metadata, String site) {
    ObjectMetadata read = ObjectMetadata.parse(metadata.json());
    return new Job(
        new JobKey(
            JobType.REPLICATION,
            new ObjectVersion(metadata.bucket(), metadata.key(), read.encodedVersionId()),
            LocationName.of(site)),
        read.revision(),
        metadata.bytes(),
        0,
        read.lastModified().orElseThrow(),
        metadata.json());
  }

  private static List<Job> at(List<Job> jobs, String site) {
    return jobs.stream().filter(job -> job.location().value().equals(site)).toList();
  }

  private static List<String> revisions(List<Job> jobs, String site) {
    return at(jobs, site).stream().map(Job::revision).toList();
  }

  private static List<ProducerRecord<byte[], byte[]>> records(List<Job> jobs) {
    return RecordCodec.records("p.", ReplicationTopics.DEFAULT, jobs);
  }

  private static List<Job> decoded(ProducerRecord<byte[], byte[]> record) {
    return decoded(JobType.REPLICATION, record);
  }

  private static List<Job> decoded(JobType type, ProducerRecord<byte[], byte[]> record) {
    return decoded(type, record.value(), List.of(record.headers().toArray()));
  }

  private static List<Job> decoded(JobType type, byte[] value, List<Header> headers) {
    Decoded decoded = RecordCodec.decode(type, record("key", value, headers));
    assertThat(decoded).isInstanceOf(Decoded.Jobs.class);
    return ((Decoded.Jobs) decoded).jobs();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String key, byte[] value, List<Header> headers) {
    return new ConsumerRecord<>(
        "t",
        0,
        5,
        WRITTEN.toEpochMilli(),
        TimestampType.CREATE_TIME,
        key.length(),
        value.length,
        key.getBytes(UTF_8),
        value,
        new org.apache.kafka.common.header.internals.RecordHeaders(headers),
        Optional.empty());
  }
}
