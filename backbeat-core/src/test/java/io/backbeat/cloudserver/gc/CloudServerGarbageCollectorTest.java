package io.backbeat.cloudserver.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.gc.GcPlan;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.task.JobContext;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class CloudServerGarbageCollectorTest {
  private static final TaskOutcome DONE = TaskOutcome.Replicated.WITHOUT_VERSION;
  private static final LocationName SOURCE = LocationName.of("us-east-1");
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static CloudServerStandIn standIn;
  private static S3Client s3;
  private static CloudServer server;

  private CloudServerGarbageCollector collector;
  private String bucket;

  @BeforeAll
  static void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    server =
        CloudServerClient.open(
            CloudServerOptions.of(
                List.of(HostAddress.parse("127.0.0.1:" + standIn.port())),
                CredentialsProvider.of(
                    Credentials.of(
                        Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))));
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
    standIn.close();
  }

  @BeforeEach
  void open() {
    collector = CloudServerGarbageCollector.on(server);
    bucket = "gc-" + NAMES.incrementAndGet();
    S3Clients.replicatedBucket(s3, bucket, "aws-backend-1");
    standIn.requests().clear();
  }

  @AfterEach
  void clear() {
    standIn.faults().clear();
  }

  @Test
  void data_of_a_version_that_is_everywhere_is_deleted_and_a_second_time_is_harmless()
      throws Exception {
    ObjectVersion object = put("k");
    String metadata = completed(object);
    Job job = GcPlan.plan(object, "r", metadata, Set.of(SOURCE), Jobs.CREATED).orElseThrow();
    int before = standIn.localData();

    assertThat(run(job)).isEqualTo(DONE);
    assertThat(standIn.localData()).isEqualTo(before - 1);
    assertThat(run(job)).isEqualTo(DONE);
  }

  @Test
  void data_is_kept_while_a_newer_write_of_the_version_is_not_everywhere() throws Exception {
    ObjectVersion object = put("k");
    String pending = metadata(object);
    Job job = GcPlan.plan(object, "r", pending, Set.of(SOURCE), Jobs.CREATED).orElseThrow();

    assertThat(run(job)).isEqualTo(DONE);

    assertThat(standIn.requests().count(Route.BATCH_DELETE)).isZero();
  }

  @Test
  void other_data_of_the_version_is_kept() throws Exception {
    ObjectVersion object = put("k");
    String metadata = completed(object);
    String older = metadata.replaceAll("\"key\":\"[^\"]*\",\"size\"", "\"key\":\"older\",\"size\"");
    Job job = GcPlan.plan(object, "r", older, Set.of(SOURCE), Jobs.CREATED).orElseThrow();

    assertThat(run(job)).isEqualTo(DONE);

    assertThat(standIn.requests().count(Route.BATCH_DELETE)).isZero();
  }

  @Test
  void what_a_transition_left_is_deleted_on_the_condition_of_its_message() throws Exception {
    ObjectVersion object = put("k");
    JsonNode location = Metadata.parse(metadata(object)).at("/location/0");
    int before = standIn.localData();

    assertThat(run(job(object, deleteData(location)))).isEqualTo(DONE);
    assertThat(standIn.localData()).isEqualTo(before - 1);
    assertThat(standIn.requests().count(Route.GET_METADATA)).isZero();

    standIn
        .faults()
        .inject(Fault.on(Route.BATCH_DELETE).status(412, "PreconditionFailed").times(1));
    assertThat(run(job(object, deleteData(location)))).as("modified since").isEqualTo(DONE);
    standIn.faults().inject(Fault.on(Route.BATCH_DELETE).status(404, "ObjNotFound").times(1));
    assertThat(run(job(object, deleteData(location)))).as("gone").isEqualTo(DONE);
  }

  @Test
  void every_other_error_is_tried_again_and_changes_nothing() throws Exception {
    ObjectVersion object = put("k");
    archived(object);
    String before = metadata(object);
    for (int status : List.of(500, 503, 403)) {
      standIn.faults().inject(Fault.on(Route.BATCH_DELETE).status(status, "SomeError").times(1));
      assertThat(run(job(object, deleteArchived(object, ""))))
          .isInstanceOf(TaskOutcome.Retryable.class);
    }
    assertThat(metadata(object)).isEqualTo(before);
  }

  @Test
  void source_data_in_an_archive_goes_and_the_metadata_says_where_it_is() throws Exception {
    ObjectVersion object = put("k");
    archived(object);
    int before = standIn.localData();

    assertThat(run(job(object, deleteArchived(object, "")))).isEqualTo(DONE);

    assertThat(standIn.localData()).isEqualTo(before - 1);
    JsonNode metadata = Metadata.parse(metadata(object));
    assertThat(metadata.path("location").isNull()).isTrue();
    assertThat(metadata.path("dataStoreName").asText()).isEqualTo("cold");
    assertThat(metadata.path("x-amz-storage-class").asText()).isEqualTo("cold");
    assertThat(metadata.path("originOp").asText()).isEqualTo("s3:LifecycleTransition");
    assertThat(metadata.path("x-amz-scal-transition-in-progress").asBoolean()).isFalse();
    assertThat(metadata.has("x-amz-meta-scal-s3-transition-attempt")).isFalse();
    assertThat(metadata.at("/archive/archiveInfo/id").asText()).isEqualTo("a");
    assertThat(run(job(object, deleteArchived(object, "")))).as("again").isEqualTo(DONE);
  }

  @Test
  void source_data_that_is_gone_already_does_not_keep_the_metadata_from_saying_so()
      throws Exception {
    ObjectVersion object = put("k");
    archived(object);
    standIn.faults().inject(Fault.on(Route.BATCH_DELETE).status(404, "ObjNotFound").times(1));

    assertThat(run(job(object, deleteArchived(object, "")))).isEqualTo(DONE);

    assertThat(Metadata.parse(metadata(object)).path("location").isNull()).isTrue();
  }

  @Test
  void source_data_that_the_server_keeps_is_not_forgotten_by_the_metadata() throws Exception {
    ObjectVersion object = put("k");
    archived(object);
    String before = metadata(object);
    standIn
        .faults()
        .inject(Fault.on(Route.BATCH_DELETE).status(412, "PreconditionFailed").times(1));

    assertThat(run(job(object, deleteArchived(object, "")))).isEqualTo(DONE);

    assertThat(metadata(object)).isEqualTo(before);
  }

  @Test
  void source_data_of_another_write_than_the_archived_one_is_kept() throws Exception {
    ObjectVersion written = put("k");
    assertThat(run(job(written, deleteArchived(written, "")))).isEqualTo(DONE);
    ObjectVersion other = put("o");
    archived(other);
    assertThat(run(job(other, deleteArchived(other, "another md5")))).isEqualTo(DONE);

    assertThat(standIn.requests().count(Route.BATCH_DELETE)).isZero();
    assertThat(standIn.requests().count(Route.PUT_METADATA)).as("only the test's").isEqualTo(1);
  }

  @Test
  void a_version_or_a_bucket_that_is_gone_is_done() throws Exception {
    ObjectVersion object = put("k");
    s3.deleteObject(b -> b.bucket(bucket).key("k").versionId(object.versionId()));
    assertThat(run(job(object, deleteArchived(object, "")))).isEqualTo(DONE);
    ObjectVersion nowhere = new ObjectVersion("no-such-bucket", "k", object.versionId());
    assertThat(run(job(nowhere, deleteArchived(nowhere, "")))).isEqualTo(DONE);
  }

  @Test
  void the_account_is_told_or_looked_up_once() throws Exception {
    ObjectVersion object = put("k");
    JsonNode location = Metadata.parse(metadata(object)).at("/location/0");
    List<String> actedFor = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    CloudServers servers =
        account -> {
          actedFor.add(account);
          return server;
        };
    CloudServerGarbageCollector byAccount =
        CloudServerGarbageCollector.on(
            servers,
            owner -> {
              asked.add(owner);
              return "found";
            },
            Clock.systemUTC());
    String byOwner = deleteData(location);
    String told = byOwner.replace("\"owner\":\"o\"", "\"owner\":\"o\",\"accountId\":\"told\"");

    for (String message : List.of(byOwner, told, byOwner)) {
      assertThat(byAccount.handle(job(object, message), new Context())).isEqualTo(DONE);
    }

    assertThat(actedFor).containsExactly("found", "told", "found");
    assertThat(asked).containsExactly("o");
  }

  @Test
  void a_message_that_makes_no_sense_is_rejected() throws Exception {
    for (String message :
        List.of("{", "{\"action\":\"polish\"}", "{\"action\":\"deleteData\",\"target\":{}}")) {
      assertThat(run(job(ObjectVersion.unversioned(bucket, "k"), message)))
          .isInstanceOf(TaskOutcome.Rejected.class);
    }
  }

  private TaskOutcome run(Job job) throws InterruptedException {
    return collector.handle(job, new Context());
  }

  private ObjectVersion put(String key) {
    String id =
        s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes("hello".getBytes(UTF_8)))
            .versionId();
    return new ObjectVersion(bucket, key, id);
  }

  private static String metadata(ObjectVersion object) {
    return standIn.metadata(object.bucket(), object.key(), object.versionId()).orElseThrow();
  }

  private static String completed(ObjectVersion object) throws Exception {
    String pending = metadata(object);
    ReplicationInfo info =
        ObjectMetadata.parse(pending)
            .replicationInfo()
            .toCompleted(LocationName.of("aws-backend-1"));
    server.putMetadata(object, ObjectMetadata.withReplicationInfo(pending, info), true);
    return metadata(object);
  }

  private static void archived(ObjectVersion object) throws Exception {
    ObjectNode metadata = (ObjectNode) Metadata.parse(metadata(object));
    metadata.put("x-amz-scal-transition-in-progress", true);
    metadata.put("x-amz-meta-scal-s3-transition-attempt", "2");
    metadata.putObject("archive").putObject("archiveInfo").put("id", "a");
    server.putMetadata(object, metadata.toString(), true);
  }

  private static Job job(ObjectVersion object, String payload) {
    return new Job(
        new JobKey(JobType.GARBAGE_COLLECTION, object, SOURCE), "", 0, 0, Jobs.CREATED, payload);
  }

  private String deleteData(JsonNode location) {
    return "{\"action\":\"deleteData\",\"contextInfo\":{\"origin\":\"lifecycle\",\"ruleType\":\"transition\"},"
        + "\"source\":{\"bucket\":\""
        + bucket
        + "\",\"objectKey\":\"k\",\"storageClass\":\"us-east-1\",\"lastModified\":\"2026-11-22T10:00:00.000Z\"},"
        + "\"serviceName\":\"lifecycle-transition\",\"target\":{\"locations\":["
        + location
        + "],\"owner\":\"o\"}}";
  }

  private static String deleteArchived(ObjectVersion object, String eTag) {
    return "{\"action\":\"deleteArchivedSourceData\",\"contextInfo\":{\"origin\":\"lifecycle\",\"ruleType\":"
        + "\"archive\",\"eTag\":\"\\\""
        + eTag
        + "\\\"\"},\"target\":{\"oldLocation\":\"us-east-1\",\"newLocation\":\"cold\",\"bucket\":\""
        + object.bucket()
        + "\",\"key\":\"k\",\"owner\":\"o\"}}";
  }

  private record Context() implements JobContext {
    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void transferStarted() {}

    @Override
    public void bytesTransferred(long bytes) {}
  }
}
