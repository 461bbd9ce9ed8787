package io.backbeat.cloudserver.replicas;

import static io.backbeat.cloudserver.replicas.ServerPair.ROLES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Tag;

class ReplicationBetweenServersTest {
  private static final byte[] HELLO = "hello world".getBytes(UTF_8);
  private static final TaskOutcome DONE = TaskOutcome.Replicated.WITHOUT_VERSION;
  private static ServerPair servers;

  private final UploadStore uploads = new InMemoryUploadStore();
  private final Told told = new Told();
  private CloudServerReplicationHandler handler;

  @BeforeAll
  static void start() {
    servers = new ServerPair();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void open() {
    handler = servers.handler(servers.to, uploads, told.clock);
    servers.source.requests().clear();
    servers.destination.requests().clear();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    servers.source.faults().clear();
    servers.destination.faults().clear();
    assertThat(servers.destination.orphans()).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void a_version_arrives_with_its_data_and_metadata_under_the_owner_there() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "dir/ü k", HELLO);

    assertThat(run(object)).isEqualTo(DONE);

    assertThat(servers.replicaBytes(object)).isEqualTo(HELLO);
    JsonNode source = Metadata.parse(servers.job(object).payload());
    JsonNode replica = Metadata.parse(servers.replica(object));
    assertThat(replica.path("owner-id").asText()).isEqualTo("canonical-210987654321");
    assertThat(replica.path("owner-display-name").asText()).isEqualTo("Owner of 210987654321");
    assertThat(replica.at("/replicationInfo/status").asText()).isEqualTo("REPLICA");
    assertThat(replica.at("/replicationInfo/backends/0/status").asText()).isEqualTo("REPLICA");
    for (String same : List.of("content-md5", "tags", "x-amz-meta-color", "last-modified", "acl")) {
      assertThat(replica.path(same)).as(same).isEqualTo(source.path(same));
    }
    assertThat(told.bytes).hasValue(HELLO.length);
  }

  @Test
  void parts_are_copied_as_they_were_uploaded() throws Exception {
    byte[][] parts = ServerPair.parts();
    ObjectVersion object = servers.upload(servers.bucket(ROLES), "large", parts);

    assertThat(run(object)).isEqualTo(DONE);

    assertThat(servers.replicaBytes(object)).isEqualTo(ServerPair.joined(parts));
    assertThat(servers.destination.requests().count(Route.PUT_DATA)).isEqualTo(3);
    assertThat(Metadata.parse(servers.replica(object)).at("/location/1/start").asLong())
        .isEqualTo(parts[0].length);
  }

  @Test
  void an_empty_object_and_a_delete_marker_take_one_write_each() throws Exception {
    String bucket = servers.bucket(ROLES);
    ObjectVersion empty = servers.put(bucket, "empty", new byte[0]);
    assertThat(run(empty)).isEqualTo(DONE);
    assertThat(servers.replicaBytes(empty)).isEmpty();
    String marker = servers.sourceS3.deleteObject(b -> b.bucket(bucket).key("empty")).versionId();
    ObjectVersion deleted = new ObjectVersion(bucket, "empty", marker);

    assertThat(run(deleted)).isEqualTo(DONE);

    assertThat(servers.destination.requests().count(Route.PUT_METADATA)).isEqualTo(2);
    assertThat(servers.destination.requests().failures(Route.PUT_METADATA)).isZero();
    assertThatThrownBy(
            () -> servers.destinationS3.headObject(b -> b.bucket(bucket + "-copy").key("empty")))
        .hasMessageContaining("404");
  }

  @Test
  void a_change_of_tags_moves_no_data() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    run(object);
    JsonNode before = Metadata.parse(servers.replica(object)).path("location");
    tag(object, "later");

    assertThat(run(object)).isEqualTo(DONE);

    JsonNode replica = Metadata.parse(servers.replica(object));
    assertThat(replica.at("/tags/t").asText()).isEqualTo("later");
    assertThat(replica.path("location")).isEqualTo(before);
    assertThat(servers.destination.requests().count(Route.PUT_DATA)).isEqualTo(1);
  }

  @Test
  void a_change_of_tags_of_a_version_that_is_missing_there_brings_all_of_it() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    tag(object, "later");

    assertThat(run(object)).isEqualTo(DONE);

    assertThat(servers.replicaBytes(object)).isEqualTo(HELLO);
    assertThat(Metadata.parse(servers.replica(object)).at("/tags/t").asText()).isEqualTo("later");
  }

  @Test
  void what_may_not_be_replicated_any_more_is_rejected_by_the_reason() throws Exception {
    ObjectVersion written = servers.put(servers.bucket(ROLES), "k", HELLO);
    String oneRole =
        servers.job(written).payload().replace(ROLES, "arn:aws:iam::123456789012:role/source");
    assertRejected(handler.handle(ServerPair.job(written, oneRole), told), "BadRole");

    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    Job job = servers.job(object);
    servers.sourceS3.deleteBucketReplication(b -> b.bucket(object.bucket()));
    assertRejected(handler.handle(job, told), "PreconditionFailed");

    String others = ROLES.replace("role/destination", "role/another");
    ObjectVersion other = servers.put(servers.bucket(others), "k", HELLO);
    Job asked = servers.job(other);
    Job ofOtherRoles =
        ServerPair.job(other, asked.payload().replace("role/another", "role/yetanother"));
    assertRejected(handler.handle(ofOtherRoles, told), "BadRole");
  }

  @Test
  void configurations_and_accounts_are_looked_up_once_in_a_while() throws Exception {
    String bucket = servers.bucket(ROLES);
    int before = servers.accountsAsked.get();
    servers.source.requests().clear();
    for (String key : List.of("a", "b", "c")) {
      run(servers.put(bucket, key, HELLO));
    }
    assertThat(servers.source.requests().count(Route.GET_BUCKET_REPLICATION)).isEqualTo(1);
    assertThat(servers.accountsAsked.get() - before).isEqualTo(1);

    told.clock.advance(Duration.ofHours(1));
    run(servers.put(bucket, "d", HELLO));
    assertThat(servers.source.requests().count(Route.GET_BUCKET_REPLICATION)).isEqualTo(2);
  }

  @Test
  void a_source_that_refuses_is_rejected_and_one_that_is_gone_skipped() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    Job job = servers.job(object);
    servers.source.faults().inject(Fault.on(Route.GET_OBJECT).status(403, "AccessDenied").times(1));
    assertRejected(handler.handle(job, told), "AccessDenied");

    delete(object);
    assertThat(handler.handle(job, told))
        .isInstanceOfSatisfying(
            TaskOutcome.Skipped.class,
            skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.SOURCE_GONE));
  }

  @Test
  void a_version_deleted_during_the_copy_leaves_nothing_there() throws Exception {
    ObjectVersion object = servers.upload(servers.bucket(ROLES), "k", ServerPair.parts());
    Job job = servers.job(object);
    AtomicInteger parts = new AtomicInteger();
    CloudServer slow =
        ServerPair.before(
            servers.to,
            "putData",
            () -> {
              if (parts.incrementAndGet() == 1) {
                return;
              }
              synchronized (parts) {
                if (servers.source.metadata(object.bucket(), "k", object.versionId()).isPresent()) {
                  delete(object);
                }
              }
            });

    TaskOutcome outcome = servers.handler(slow, uploads).handle(job, told);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Skipped.class,
            skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.SOURCE_GONE));
  }

  @Test
  void a_version_changed_during_the_copy_is_left_to_the_job_of_the_change_with_its_data()
      throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    Job job = servers.job(object);
    CloudServer slow = ServerPair.before(servers.to, "putData", () -> tag(object, "newer"));

    TaskOutcome outcome = servers.handler(slow, uploads).handle(job, told);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Skipped.class,
            skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.SUPERSEDED));
    assertThat(servers.destination.metadata(object.bucket() + "-copy", "k", object.versionId()))
        .isEmpty();
    assertThat(run(object)).isEqualTo(DONE);
    assertThat(servers.replicaBytes(object)).isEqualTo(HELLO);
    assertThat(servers.destination.requests().count(Route.PUT_DATA)).isEqualTo(1);
  }

  @Test
  void parts_are_removed_when_the_destination_refuses_the_metadata() throws Exception {
    ObjectVersion object = servers.upload(servers.bucket(ROLES), "k", ServerPair.parts());
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.PUT_METADATA).status(403, "AccessDenied").times(1));

    assertRejected(run(object), "AccessDenied");

    assertThat(servers.destination.requests().count(Route.BATCH_DELETE)).isEqualTo(1);
  }

  @Test
  void an_object_in_one_part_leaves_nothing_either_when_its_metadata_is_refused() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.PUT_METADATA).status(403, "AccessDenied").times(1));

    assertRejected(run(object), "AccessDenied");
  }

  @Test
  void what_cannot_be_removed_is_remembered_for_its_removal_and_not_used_again() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    Job job = servers.job(object);
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.PUT_METADATA).status(403, "AccessDenied").times(1));
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.BATCH_DELETE).status(500, "InternalError").times(1));
    assertRejected(handler.handle(job, told), "AccessDenied");
    assertThat(uploads.count()).isEqualTo(1);

    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA))
        .as("it may be gone in part")
        .isEqualTo(2);
    assertThat(handler.discard(uploads.find(job.key()).get(0), told.clock.instant())).isTrue();
  }

  @Test
  void another_attempt_goes_on_with_the_parts_that_are_missing() throws Exception {
    ObjectVersion object = servers.upload(servers.bucket(ROLES), "k", ServerPair.parts());
    Job job = servers.job(object);
    AtomicInteger parts = new AtomicInteger();
    CloudServer failing =
        ServerPair.before(
            servers.to,
            "putData",
            () -> {
              if (parts.incrementAndGet() == 3) {
                servers
                    .destination
                    .faults()
                    .inject(Fault.on(Route.PUT_DATA).status(500, "InternalError").times(1));
              }
            });
    assertThat(servers.handler(failing, uploads).handle(job, told))
        .isInstanceOf(TaskOutcome.Retryable.class);
    long written = servers.destination.requests().successes(Route.PUT_DATA);
    assertThat(written).isBetween(1L, 2L);
    assertThat(uploads.find(job.key()).get(0).parts()).hasSize((int) written);

    assertThat(handler.handle(job, told)).isEqualTo(DONE);

    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(3);
    assertThat(servers.replicaBytes(object)).isEqualTo(ServerPair.joined(ServerPair.parts()));
  }

  @Test
  void an_answer_that_is_lost_after_the_metadata_was_written_costs_no_data() throws Exception {
    ObjectVersion object = servers.upload(servers.bucket(ROLES), "k", ServerPair.parts());
    Job job = servers.job(object);
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.PUT_METADATA).reset(Fault.Reset.ANSWER, 0).times(5));
    assertThat(handler.handle(job, told)).isNotEqualTo(DONE);
    servers.destination.faults().clear();
    delete(object);

    assertThat(handler.handle(job, told)).isInstanceOf(TaskOutcome.Skipped.class);

    assertThat(servers.replicaBytes(object))
        .as("the data is in use")
        .isEqualTo(ServerPair.joined(ServerPair.parts()));
  }

  @Test
  void a_destination_that_is_overloaded_counts_as_down() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    servers.destination.faults().inject(Fault.on(Route.PUT_DATA).status(503, "ServiceUnavailable"));

    assertThat(run(object)).isInstanceOf(TaskOutcome.DestinationDown.class);
  }

  @Test
  void data_without_a_checksum_is_rejected() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    String metadata =
        servers.job(object).payload().replaceAll("\"dataStoreETag\":\"[^\"]*\"", "\"a\":1");

    assertRejected(handler.handle(ServerPair.job(object, metadata), told), "MissingETag");
  }

  @Test
  void a_destination_account_that_may_not_write_is_rejected() throws Exception {
    ObjectVersion object = servers.put(servers.bucket(ROLES), "k", HELLO);
    servers.destination.know(Account.REPLICATION.refused());
    try {
      assertRejected(run(object), "AccessDenied");
    } finally {
      servers.destination.know(Account.REPLICATION);
    }
  }

  private TaskOutcome run(ObjectVersion object) throws InterruptedException {
    return handler.handle(servers.job(object), told);
  }

  private static void assertRejected(TaskOutcome outcome, String errorClass) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Rejected.class,
            rejected -> assertThat(rejected.errorClass()).isEqualTo(errorClass));
  }

  private static void tag(ObjectVersion object, String value) {
    servers.sourceS3.putObjectTagging(
        b ->
            b.bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .tagging(t -> t.tagSet(Tag.builder().key("t").value(value).build())));
  }

  private static void delete(ObjectVersion object) {
    servers.sourceS3.deleteObject(
        b -> b.bucket(object.bucket()).key(object.key()).versionId(object.versionId()));
  }
}
