package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.CopyResults;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudObject;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Faults;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Transfers over HTTP, with all that the stand-in of CloudServer enforces and can make go wrong.
 */
class StandInTransfersTest {
  private static final int PART = 16 << 20;
  private static final String SITES = "aws-backend-1,azure-backend-1,gcp-backend-1";
  private static final Map<LocationName, Backend> BACKENDS =
      Stream.of("aws-backend-1=aws_s3", "azure-backend-1=azure", "gcp-backend-1=gcp")
          .map(text -> text.split("="))
          .map(pair -> new Backend(LocationName.of(pair[0]), pair[1]))
          .collect(Collectors.toMap(Backend::location, backend -> backend));

  private static CloudServerStandIn standIn;
  private static S3Client s3;
  private static CloudServerClient server;
  private static ExecutorService executor;

  private final Attempts attempts = new Attempts();
  private final UploadStore uploads = new InMemoryUploadStore();
  private final String bucket = "b-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    standIn = CloudServerStandIn.start();
    s3 = S3Clients.of(standIn.uri(), Account.USER);
    server =
        CloudServerClient.open(
            CloudServerOptions.of(
                List.of(new HostAddress("127.0.0.1", standIn.port())),
                CredentialsProvider.of(
                    Credentials.of(
                        Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))));
    executor = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() {
    executor.shutdownNow();
    server.close();
    s3.close();
    standIn.close();
  }

  @AfterEach
  void noFaults() {
    standIn.faults().clear();
    standIn.resume();
  }

  private CloudTransfers transfers() {
    return new CloudTransfers(
        uploads,
        TransferOptions.DEFAULT.withMultipartThreshold(4 << 20),
        executor,
        attempts.clock());
  }

  private ObjectVersion put(byte[] bytes) {
    S3Clients.replicatedBucket(s3, bucket, SITES);
    String version =
        s3.putObject(
                request -> request.bucket(bucket).key("dir/a b+c").metadata(Map.of("k", "v")),
                RequestBody.fromBytes(bytes))
            .versionId();
    return new ObjectVersion(bucket, "dir/a b+c", version);
  }

  private static Job job(ObjectVersion object, String location) {
    String json = standIn.metadata(object.bucket(), object.key(), object.versionId()).orElseThrow();
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    return new Job(
        new JobKey(JobType.REPLICATION, object, LocationName.of(location)),
        metadata.revision(),
        metadata.contentLength(),
        0,
        Instant.parse("2026-11-22T10:00:00Z"),
        json);
  }

  private TaskOutcome run(Job job) throws InterruptedException {
    return new MultipleBackendHandler(role -> server, BACKENDS, transfers(), attempts.clock())
        .handle(job, attempts);
  }

  private CloudObject copy(ObjectVersion object, String location) {
    return standIn.cloud(location).object(object.bucket(), object.key()).orElseThrow();
  }

  private static void expectNothingOpen() {
    standIn.clouds().forEach((name, cloud) -> assertThat(cloud.openUploads()).as(name).isEmpty());
  }

  @Test
  void small_large_and_empty_objects_reach_every_kind_of_cloud() throws Exception {
    for (int size : List.of(0, 1000, PART + 7)) {
      byte[] bytes = Clouds.bytes(size);
      ObjectVersion object = put(bytes);
      for (LocationName location : BACKENDS.keySet()) {
        TaskOutcome outcome = run(job(object, location.value()));
        CloudObject copy = copy(object, location.value());
        assertThat(outcome).isEqualTo(new TaskOutcome.Replicated(copy.versionId()));
        assertThat(copy.contentMd5()).isEqualTo(Clouds.md5(bytes));
        assertThat(copy.userMetadata()).containsEntry("k", "v");
        assertThat(copy.userMetadata()).containsEntry("scal-version-id", object.versionId());
      }
      s3.deleteObject(request -> request.bucket(bucket).key(object.key()));
      standInForget();
    }
    expectNothingOpen();
    assertThat(uploads.count()).isZero();
  }

  /** A bucket can be made once only. */
  private void standInForget() {
    s3.listObjectVersions(request -> request.bucket(bucket))
        .versions()
        .forEach(v -> s3.deleteObject(r -> r.bucket(bucket).key(v.key()).versionId(v.versionId())));
    s3.listObjectVersions(request -> request.bucket(bucket))
        .deleteMarkers()
        .forEach(v -> s3.deleteObject(r -> r.bucket(bucket).key(v.key()).versionId(v.versionId())));
    s3.deleteBucket(request -> request.bucket(bucket));
  }

  @Test
  void tags_and_delete_markers_follow() throws Exception {
    ObjectVersion object = put(Clouds.bytes(10));
    TaskOutcome first = run(job(object, "aws-backend-1"));
    complete(object, ((TaskOutcome.Replicated) first).dataStoreVersionId());
    s3.putObjectTagging(
        request ->
            request
                .bucket(bucket)
                .key(object.key())
                .tagging(t -> t.tagSet(Tag.builder().key("x").value("ä&=").build())));
    standIn.requests().clear();
    assertThat(run(job(object, "aws-backend-1"))).isEqualTo(first);
    assertThat(copy(object, "aws-backend-1").tags()).isEqualTo(Map.of("x", "ä&="));
    assertThat(standIn.requests().count(Route.BACKEND_PUT_OBJECT)).isZero();

    String marker =
        s3.deleteObject(request -> request.bucket(bucket).key(object.key())).versionId();
    assertThat(run(job(new ObjectVersion(bucket, object.key(), marker), "aws-backend-1")))
        .isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(standIn.cloud("aws-backend-1").object(bucket, object.key())).isEmpty();
  }

  /** What the status processor does. */
  private void complete(ObjectVersion object, String dataStoreVersionId) throws Exception {
    String json = standIn.metadata(object.bucket(), object.key(), object.versionId()).orElseThrow();
    LocationName site = LocationName.of("aws-backend-1");
    var done =
        ObjectMetadata.parse(json)
            .replicationInfo()
            .toCompleted(site)
            .withDataStoreVersionId(site, dataStoreVersionId);
    server.putMetadata(object, ObjectMetadata.withReplicationInfo(json, done), true);
  }

  @Test
  void source_that_is_gone_or_refused_ends_in_a_listed_state() throws Exception {
    ObjectVersion object = put(Clouds.bytes(10));
    Job job = job(object, "aws-backend-1");
    standIn.know(Account.REPLICATION.refused());
    assertThat(run(job)).isInstanceOf(TaskOutcome.Rejected.class);
    standIn.know(Account.REPLICATION);
    s3.deleteObject(r -> r.bucket(bucket).key(object.key()).versionId(object.versionId()));
    assertThat(((TaskOutcome.Skipped) run(job)).reason()).isEqualTo(SkipReason.SOURCE_GONE);
  }

  @Test
  void cloud_that_is_down_is_told_from_a_server_that_is_down() throws Exception {
    Job job = job(put(Clouds.bytes(10)), "aws-backend-1");
    standIn.faults().inject(Fault.locationDown("aws-backend-1"));
    assertThat(run(job)).isInstanceOf(TaskOutcome.DestinationDown.class);
    standIn.faults().clear();
    standIn.stop();
    assertThat(run(job)).isInstanceOf(TaskOutcome.Retryable.class);
    standIn.resume();
    assertThat(run(job)).isInstanceOf(TaskOutcome.Replicated.class);
  }

  @Test
  void transfer_goes_on_with_the_missing_part_after_the_cloud_was_away() throws Exception {
    byte[] bytes = Clouds.bytes(3 * PART);
    ObjectVersion object = put(bytes);
    for (String location : List.of("aws-backend-1", "azure-backend-1", "gcp-backend-1")) {
      Job job = job(object, location);
      standIn
          .faults()
          .inject(Fault.on(Route.BACKEND_PUT_PART).status(503, "ServiceUnavailable").times(1));
      assertThat(run(job)).as(location).isInstanceOf(TaskOutcome.DestinationDown.class);
      long there = uploads.find(job.key()).get(0).parts().size();
      standIn.requests().clear();
      assertThat(run(job)).as(location).isInstanceOf(TaskOutcome.Replicated.class);
      assertThat(standIn.requests().count(Route.BACKEND_PUT_PART)).isEqualTo(3 - there);
      assertThat(copy(object, location).contentMd5()).isEqualTo(Clouds.md5(bytes));
    }
    expectNothingOpen();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void reset_in_the_middle_of_a_part_costs_that_part() throws Exception {
    byte[] bytes = Clouds.bytes(2 * PART);
    ObjectVersion object = put(bytes);
    standIn
        .faults()
        .inject(Fault.on(Route.BACKEND_PUT_PART).reset(Fault.Reset.REQUEST, 1 << 20).times(1));
    standIn
        .faults()
        .inject(Fault.on(Route.GET_OBJECT).reset(Fault.Reset.RESPONSE, 1 << 20).times(1));
    assertThat(run(job(object, "aws-backend-1"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(copy(object, "aws-backend-1").contentMd5()).isEqualTo(Clouds.md5(bytes));
    expectNothingOpen();
  }

  @Test
  void bytes_that_changed_on_their_way_do_not_become_a_copy() throws Exception {
    ObjectVersion object = put(Clouds.bytes(1000));
    for (Route route : List.of(Route.GET_OBJECT, Route.BACKEND_PUT_OBJECT)) {
      standIn.faults().inject(Fault.on(route).altered().times(1));
      TaskOutcome outcome = run(job(object, "aws-backend-1"));
      assertThat(outcome).as(route.name()).isInstanceOf(TaskOutcome.Retryable.class);
      assertThat(((TaskOutcome.Retryable) outcome).errorClass()).isEqualTo("BadDigest");
    }
    // The cloud may have kept what it refused, as CloudServer does; the next attempt replaces it.
    assertThat(run(job(object, "aws-backend-1"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(copy(object, "aws-backend-1").contentMd5())
        .isEqualTo(Clouds.md5(Clouds.bytes(1000)));
  }

  @Test
  void part_that_changed_on_its_way_from_the_source_is_read_again() throws Exception {
    byte[] bytes = Clouds.bytes(PART + PART / 2 + 9);
    S3Clients.replicatedBucket(s3, bucket, SITES);
    for (int partSize : List.of(PART / 2, PART)) {
      List<byte[]> parts = S3Clients.cut(bytes, partSize);
      String id = S3Clients.putInParts(s3, bucket, "in parts", Map.of(), parts);
      Faults.Injected altered =
          standIn.faults().inject(Fault.on(Route.GET_OBJECT).altered().times(2));
      Job job = job(new ObjectVersion(bucket, "in parts", id), "azure-backend-1");
      assertThat(run(job)).isInstanceOf(TaskOutcome.Replicated.class);
      assertThat(altered.hits()).isEqualTo(2);
      assertThat(copy(job.object(), "azure-backend-1").bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void source_that_is_replaced_while_it_is_copied_is_not_mixed() throws Exception {
    ObjectVersion object = put(Clouds.bytes(PART + 1));
    Job job = job(object, "aws-backend-1");
    s3.putObjectTagging(
        request ->
            request
                .bucket(bucket)
                .key(object.key())
                .tagging(t -> t.tagSet(Tag.builder().key("x").value("y").build())));
    assertThat(((TaskOutcome.Skipped) run(job)).reason()).isEqualTo(SkipReason.SUPERSEDED);
    s3.deleteObject(r -> r.bucket(bucket).key(object.key()).versionId(object.versionId()));
    assertThat(((TaskOutcome.Skipped) run(job)).reason()).isEqualTo(SkipReason.SOURCE_GONE);
    expectNothingOpen();
  }

  @Test
  void transition_is_copied_and_told() throws Exception {
    for (int size : List.of(0, PART + 1)) {
      byte[] bytes = Clouds.bytes(size);
      ObjectVersion object = put(bytes);
      List<String> told = new ArrayList<>();
      CopyResults results = (topic, result) -> told.add(result);
      String message =
          "{\"target\":{\"eTag\":\"\\\"%s\\\"\"},\"resultsTopic\":\"t\"}"
              .formatted(Clouds.md5(bytes));
      Job asked = job(object, "aws-backend-1");
      Job job =
          new Job(
              new JobKey(JobType.COPY_LOCATION, object, asked.location()),
              "action",
              size,
              0,
              asked.createdAt(),
              message);
      assertThat(
              new CopyLocationHandler(role -> server, BACKENDS, transfers(), results)
                  .handle(job, attempts))
          .isInstanceOf(TaskOutcome.Replicated.class);
      assertThat(told).singleElement().asString().contains("success", "aws-backend-1");
      assertThat(copy(object, "aws-backend-1").contentMd5()).isEqualTo(Clouds.md5(bytes));
      standInForget();
    }
    expectNothingOpen();
  }
}
