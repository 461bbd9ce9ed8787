package io.backbeat.populator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.MetadataExamples;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationPlannerTest {
  private static final String VERSION = "98500086134471999999RG001  ";
  private static final String ENCODED = "aKBDcF4SE3uf00000000001I4j3QKItW";
  private static final Instant LOGGED = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName BERLIN = LocationName.of("berlin");

  private final ReplicationPlanner planner =
      new ReplicationPlanner(List.of(PARIS, BERLIN), List.of(LocationName.of("glacier")));

  @Test
  void version_key_is_queued_with_its_size() {
    Plan plan = put("k\0" + VERSION, metadata());

    assertThat(jobs(plan))
        .containsExactly(
            new Job(
                new JobKey(JobType.REPLICATION, new ObjectVersion("bucket", "k", ENCODED), PARIS),
                "rev-1",
                128,
                0,
                Instant.parse("2026-11-22T10:47:44.365Z"),
                metadata().toString()));
  }

  @Test
  void keys_of_format_v1_are_read_without_their_prefix() {
    assertThat(jobs(put("\u007fVk\0" + VERSION, metadata())))
        .isEqualTo(jobs(put("k\0" + VERSION, metadata())));
    assertThat(ignored(put("\u007fMk", metadata()))).startsWith("master key");
  }

  @Test
  void master_of_a_version_is_ignored() {
    assertThat(ignored(put("k", metadata()))).startsWith("master key");
  }

  @Test
  void master_without_version_id_is_queued_without_version() {
    List<Job> jobs = jobs(put("k", with(m -> m.remove("versionId"))));
    assertThat(jobs)
        .extracting(Job::object)
        .containsExactly(ObjectVersion.unversioned("bucket", "k"));
  }

  @Test
  void null_master_is_queued_as_the_null_version() {
    assertThat(jobs(put("k", with(m -> m.put("isNull", true)))))
        .extracting(Job::object)
        .containsExactly(new ObjectVersion("bucket", "k", "null"));
  }

  @Test
  void master_of_a_bucket_served_by_nfs_is_queued() {
    assertThat(jobs(put("k", with(m -> info(m).put("isNFS", true)))))
        .extracting(Job::object)
        .containsExactly(new ObjectVersion("bucket", "k", ENCODED));
  }

  @Test
  void null_master_and_its_version_keys_are_queued_once_each() {
    assertThat(jobs(put("k", with(m -> m.put("isNull", true))))).hasSize(1);
    assertThat(jobs(put("k\0" + VERSION, with(m -> m.put("isNull", true))))).hasSize(1);
    assertThat(jobs(put("k\0" + VERSION, metadata()))).hasSize(1);
  }

  @Test
  void every_pending_location_gets_a_job_in_order() {
    Plan plan =
        put(
            "k\0" + VERSION,
            with(m -> backends(m, "berlin:PENDING", "lyon:COMPLETED", "paris:PENDING")));
    assertThat(jobs(plan)).extracting(Job::location).containsExactly(BERLIN, PARIS);
    assertThat(jobs(plan)).extracting(Job::bytes).containsExactly(128L, 128L);
  }

  @Test
  void location_marked_as_preferred_for_reading_is_the_same_location() {
    assertThat(
            jobs(
                put(
                    "k\0" + VERSION,
                    with(
                        m -> {
                          ((ObjectNode) info(m).get("backends").get(0))
                              .put("site", "paris:preferred_read");
                          info(m).put("storageClass", "paris:preferred_read");
                        }))))
        .extracting(Job::location)
        .containsExactly(PARIS);
  }

  @Test
  void change_of_metadata_moves_no_bytes() {
    assertThat(
            jobs(
                put(
                    "k\0" + VERSION,
                    with(m -> info(m).putArray("content").add("METADATA").add("PUT_TAGGING")))))
        .extracting(Job::bytes)
        .containsExactly(0L);
  }

  @Test
  void data_in_a_cold_location_is_ignored() {
    assertThat(ignored(put("k\0" + VERSION, with(m -> m.put("dataStoreName", "glacier")))))
        .isEqualTo("data is in a cold location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETED", "PROCESSING", "FAILED", "REPLICA", ""})
  void status_other_than_pending_is_ignored(String status) {
    assertThat(ignored(put("k\0" + VERSION, with(m -> info(m).put("status", status)))))
        .isEqualTo("replication status is not PENDING");
  }

  @Test
  void object_without_replication_info_is_ignored() {
    assertThat(ignored(put("k\0" + VERSION, with(m -> m.remove("replicationInfo")))))
        .isEqualTo("replication status is not PENDING");
  }

  @ParameterizedTest
  @EnumSource(value = LogEntry.Operation.class, names = "PUT", mode = EnumSource.Mode.EXCLUDE)
  void anything_but_a_put_is_ignored(LogEntry.Operation operation) {
    assertThat(ignored(plan(operation, "bucket", "k\0" + VERSION, metadata().toString())))
        .isEqualTo("not a put");
    assertThat(ignored(plan(operation, "bucket", "k", "not even JSON"))).isEqualTo("not a put");
  }

  @Test
  void entry_without_key_or_value_is_ignored() {
    assertThat(ignored(plan(LogEntry.Operation.PUT, "bucket", "", "{}")))
        .isEqualTo("entry without key or metadata");
    assertThat(ignored(plan(LogEntry.Operation.PUT, "bucket", "k", "")))
        .isEqualTo("entry without key or metadata");
  }

  @ParameterizedTest
  @CsvSource({
    "users..bucket, entry of the list of buckets",
    "__usersbucket, entry of the list of buckets",
    "mpuShadowBucketsrc-one, multipart upload in progress"
  })
  void buckets_of_the_server_itself_are_ignored(String bucket, String reason) {
    assertThat(
            ignored(plan(LogEntry.Operation.PUT, bucket, "k\0" + VERSION, metadata().toString())))
        .isEqualTo(reason);
  }

  @Test
  void pending_location_that_is_not_configured_is_left_out() {
    assertThat(jobs(put("k\0" + VERSION, with(m -> backends(m, "lyon:PENDING", "paris:PENDING")))))
        .extracting(Job::location)
        .containsExactly(PARIS);
    assertThat(ignored(put("k\0" + VERSION, with(m -> backends(m, "lyon:PENDING")))))
        .isEqualTo("no PENDING location is configured");
  }

  @Test
  void version_without_pending_location_is_ignored() {
    assertThat(ignored(put("k\0" + VERSION, with(m -> backends(m, "paris:COMPLETED")))))
        .isEqualTo("no location is PENDING");
    assertThat(ignored(put("k\0" + VERSION, with(ReplicationPlannerTest::backends))))
        .isEqualTo("no location is PENDING");
  }

  @Test
  void job_without_last_modified_is_as_old_as_its_log_entry() {
    assertThat(jobs(put("k\0" + VERSION, with(m -> m.remove("last-modified")))))
        .extracting(Job::createdAt)
        .containsExactly(LOGGED);
  }

  @Test
  void metadata_silent_about_its_version_has_that_of_its_key() {
    assertThat(jobs(put("k\0" + VERSION, with(m -> m.remove("versionId")))))
        .extracting(Job::object)
        .containsExactly(new ObjectVersion("bucket", "k", ENCODED));
  }

  @Test
  void long_version_id_is_encoded_as_hex() {
    assertThat(
            jobs(
                put(
                    "k\0" + VERSION + "0",
                    with(m -> m.put("versionId", "98500086134471999999RG001  0")))))
        .extracting(job -> job.object().versionId())
        .containsExactly("39383530303038363133343437313939393939395247303031202030");
  }

  @Test
  void write_without_micro_version_id_has_a_revision_of_its_own() {
    List<Job> first = jobs(put("k\0" + VERSION, with(m -> m.remove("microVersionId"))));
    List<Job> second =
        jobs(
            put(
                "k\0" + VERSION,
                with(
                    m -> {
                      m.remove("microVersionId");
                      m.putObject("tags").put("a", "b");
                    })));
    assertThat(first.get(0).revision()).hasSize(32).isNotEqualTo(second.get(0).revision());
  }

  @Test
  void same_entry_gives_the_same_plan() {
    assertThat(put("k\0" + VERSION, metadata())).isEqualTo(put("k\0" + VERSION, metadata()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"key\":|metadata must be one JSON object",
        "[1]|metadata must be a JSON object, was an array",
        "{\"replicationInfo\":{\"status\":\"pending\"}}|replicationInfo.status must be empty or one of",
        "{\"content-length\":\"x\"}|content-length must be a whole number"
      })
  void malformed_entry_is_set_aside_with_the_reason(String json, String reason) {
    assertThat(plan(LogEntry.Operation.PUT, "bucket", "k\0" + VERSION, json))
        .isInstanceOfSatisfying(
            Plan.Malformed.class,
            malformed ->
                assertThat(malformed.reason()).contains(reason).containsPattern("line \\d+"));
  }

  @ParameterizedTest
  @CsvSource({"'', k, bucket must not be empty", "bucket, '\u007fM', object key must not be empty"})
  void entry_without_bucket_or_object_key_is_set_aside(String bucket, String key, String reason) {
    String value = with(m -> m.remove("versionId")).toString();
    assertThat(plan(LogEntry.Operation.PUT, bucket, key, value))
        .isEqualTo(new Plan.Malformed(reason));
  }

  /** What CloudServer wrote for puts, tags, markers and uploads of its replicated buckets. */
  @Test
  void each_real_pending_version_is_queued_once_per_location_and_nothing_else_is() {
    ReplicationPlanner real =
        new ReplicationPlanner(
            List.of(
                LocationName.of("aws-backend-1"),
                LocationName.of("aws-backend-2"),
                LocationName.of("azure-backend-1"),
                LocationName.of("azure-backend-2")),
            List.of());
    for (MetadataExamples.Example example : MetadataExamples.all()) {
      Plan plan =
          real.plan(entry(LogEntry.Operation.PUT, example.bucket(), example.key(), example.json()));
      boolean pending = example.json().contains("\"replicationInfo\":{\"status\":\"PENDING\"");
      int backends = example.tree().path("replicationInfo").path("backends").size();
      if (pending && example.isVersion()) {
        assertThat(jobs(plan))
            .as("%s", example)
            .hasSize(backends)
            .allSatisfy(
                job -> {
                  assertThat(job.object().key()).isEqualTo(example.tree().get("key").textValue());
                  assertThat(job.payload()).isEqualTo(example.json());
                  if (!example.encodedVersionId().isEmpty()) {
                    assertThat(job.object().versionId()).isEqualTo(example.encodedVersionId());
                  }
                });
      } else {
        assertThat(plan).as("%s", example).isInstanceOf(Plan.Ignore.class);
      }
    }
  }

  private Plan put(String key, ObjectNode metadata) {
    return plan(LogEntry.Operation.PUT, "bucket", key, metadata.toString());
  }

  private Plan plan(LogEntry.Operation operation, String bucket, String key, String value) {
    return planner.plan(entry(operation, bucket, key, value));
  }

  private static LogEntry entry(
      LogEntry.Operation operation, String bucket, String key, String value) {
    return new LogEntry(
        new LogPosition("7"),
        operation,
        bucket,
        key,
        value.getBytes(StandardCharsets.UTF_8),
        LOGGED);
  }

  private static List<Job> jobs(Plan plan) {
    assertThat(plan).isInstanceOf(Plan.Queue.class);
    return ((Plan.Queue) plan).jobs();
  }

  private static String ignored(Plan plan) {
    assertThat(plan).isInstanceOf(Plan.Ignore.class);
    return ((Plan.Ignore) plan).reason();
  }

  private static ObjectNode metadata() {
    return (ObjectNode)
        MetadataExamples.tree(
            """
            {"key":"k","versionId":"%s","content-length":128,"content-md5":"m",
             "last-modified":"2026-11-22T10:47:44.365Z","dataStoreName":"us-east-1",
             "microVersionId":"rev-1",
             "replicationInfo":{"status":"PENDING",
               "backends":[{"site":"paris","status":"PENDING","dataStoreVersionId":""}],
               "content":["DATA","METADATA"],"storageClass":"paris","isNFS":null}}"""
                .formatted(VERSION));
  }

  private static ObjectNode with(Consumer<ObjectNode> change) {
    ObjectNode metadata = metadata();
    change.accept(metadata);
    return metadata;
  }

  private static ObjectNode info(ObjectNode metadata) {
    return (ObjectNode) metadata.get("replicationInfo");
  }

  private static void backends(ObjectNode metadata, String... siteAndStatus) {
    ArrayNode backends = info(metadata).putArray("backends");
    for (String pair : siteAndStatus) {
      String[] parts = pair.split(":");
      backends.addObject().put("site", parts[0]).put("status", parts[1]);
    }
  }
}
