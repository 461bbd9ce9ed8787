package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Concurrently;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MultipleBackendHandlerTest {
  private static final Map<LocationName, Backend> BACKENDS =
      Stream.of("aws=aws_s3", "azure=azure", "gcp=gcp", "other=aws_s3")
          .map(text -> text.split("="))
          .map(pair -> new Backend(LocationName.of(pair[0]), pair[1]))
          .collect(Collectors.toMap(Backend::location, backend -> backend));
  private static final int PART = 16 << 20;

  private final Clouds clouds = new Clouds();
  private final UploadStore uploads = new InMemoryUploadStore();
  private final Attempts attempts = new Attempts();
  private final ExecutorService executor = Executors.newCachedThreadPool();

  @BeforeEach
  void configureBucket() {
    clouds.buckets.put(
        "bucket",
        new BucketReplication(
            List.of(Source.ROLE), List.of(new BucketReplication.Rule("dir/", true))));
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private Source put(byte[] bytes, String... locations) {
    return put(bytes, Source.of(bytes, locations));
  }

  private Source put(byte[] bytes, Source source) {
    clouds.data.put(Source.OBJECT, bytes);
    clouds.metadata.put(Source.OBJECT, source.json());
    return source;
  }

  private MultipleBackendHandler handler(CloudServer server, UploadStore store) {
    TransferOptions options = TransferOptions.DEFAULT.withMultipartThreshold(4 << 20);
    return new MultipleBackendHandler(
        role -> server,
        BACKENDS,
        new CloudTransfers(store, options, executor, attempts.clock()),
        attempts.clock());
  }

  private TaskOutcome run(Job job) throws InterruptedException {
    return handler(clouds, uploads).handle(job, attempts);
  }

  private static TaskOutcome done(String versionId) {
    return new TaskOutcome.Replicated(versionId);
  }

  private void fail(String operation, int nth, Kind kind, String code) {
    AtomicInteger count = new AtomicInteger();
    clouds.fault =
        at -> {
          if (at.equals(operation) && count.incrementAndGet() == nth) {
            throw Clouds.error(kind, code);
          }
        };
  }

  @Test
  void small_object_is_put_with_all_that_belongs_to_it() throws Exception {
    byte[] bytes = Clouds.bytes("hello world");
    assertThat(run(put(bytes, "aws").job("aws"))).isEqualTo(done("v1"));

    Clouds.Copy copy = clouds.last("aws", Source.OBJECT);
    assertThat(copy.bytes()).isEqualTo(bytes);
    assertThat(copy.headers().userMetadata()).isEqualTo(Map.of("x-amz-meta-color", "red"));
    assertThat(copy.headers().cacheControl()).isEqualTo("no-cache");
    assertThat(copy.headers().contentType()).isEqualTo("text/plain");
    assertThat(copy.tags()).isEqualTo(Map.of("a", "b"));
    assertThat(attempts.started).hasValue(1);
    assertThat(attempts.bytes).hasValue(bytes.length);
  }

  @Test
  void empty_object_is_not_read() throws Exception {
    assertThat(run(put(new byte[0], "aws").job("aws"))).isEqualTo(done("v1"));
    assertThat(clouds.count("read")).isZero();
    assertThat(clouds.last("aws", Source.OBJECT).bytes()).isEmpty();

    Source parts = Source.of(new byte[0], "aws").md5("d41d8cd98f00b204e9800998ecf8427e-1");
    assertThat(run(put(new byte[0], parts).job("aws"))).isEqualTo(done("v3"));
    assertThat(clouds.count("read")).isZero();
    assertThat(clouds.uploads).isEmpty();
  }

  @Test
  void object_for_several_clouds_is_asked_for_and_read_once() throws Exception {
    Source source = put(Clouds.bytes(1 << 20), "aws", "azure", "gcp", "other");
    MultipleBackendHandler handler = handler(clouds, uploads);
    List<String> names = List.of("aws", "azure", "gcp", "other");

    List<TaskOutcome> outcomes =
        Concurrently.run(4, i -> handler.handle(source.job(names.get(i)), attempts));

    assertThat(outcomes).allMatch(TaskOutcome.Replicated.class::isInstance);
    assertThat(clouds.count("read")).isOne();
    assertThat(clouds.count("metadata")).isOne();
    assertThat(clouds.count("replication")).isOne();
    for (String name : names) {
      assertThat(clouds.last(name, Source.OBJECT).bytes())
          .isEqualTo(clouds.data.get(Source.OBJECT));
    }
    assertThat(attempts.bytes).hasValue(4L << 20);
  }

  @Test
  void larger_object_is_streamed_to_each() throws Exception {
    Source source = put(Clouds.bytes((1 << 20) + 1), "aws", "gcp");
    MultipleBackendHandler handler = handler(clouds, uploads);
    handler.handle(source.job("aws"), attempts);
    handler.handle(source.job("gcp"), attempts);
    assertThat(clouds.count("read")).isEqualTo(2);
    assertThat(attempts.bytes).hasValue(2 * ((1L << 20) + 1));
  }

  @Test
  void delete_marker_removes_the_key_also_when_the_source_forgot_it() throws Exception {
    run(put(Clouds.bytes("x"), "aws").job("aws"));
    Source marker = Source.of(new byte[0], "aws").deleteMarker();
    put(new byte[0], marker);
    assertThat(run(marker.job("aws"))).isEqualTo(done(""));
    assertThat(clouds.all("aws", Source.OBJECT)).isEmpty();

    clouds.metadata.clear();
    assertThat(run(marker.job("aws"))).isEqualTo(done(""));
    assertThat(clouds.count("deleteObject")).isEqualTo(2);
  }

  @Test
  void late_delete_marker_does_not_remove_what_was_written_since() throws Exception {
    run(put(Clouds.bytes("x"), "aws").job("aws"));
    TaskOutcome outcome = run(Source.of(new byte[0], "aws").deleteMarker().job("aws"));
    assertThat(((TaskOutcome.Skipped) outcome).reason()).isEqualTo(SkipReason.SUPERSEDED);
    assertThat(clouds.all("aws", Source.OBJECT)).hasSize(1);
  }

  @Test
  void copy_that_is_complete_is_left() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    clouds.metadata.put(Source.OBJECT, source.site("aws", "COMPLETED", "v9").json());
    assertThat(run(source.job("aws"))).isEqualTo(done("v9"));
    assertThat(clouds.calls).doesNotContain("putObject", "read");
  }

  @Test
  void tags_alone_are_sent_and_everything_if_the_copy_is_gone() throws Exception {
    byte[] bytes = Clouds.bytes("x");
    run(put(bytes, "aws").job("aws"));
    Source tagged =
        Source.of(bytes, "aws")
            .content("METADATA", "PUT_TAGGING")
            .site("aws", "PENDING", "v1")
            .tags(Map.of("new", "tag"));
    assertThat(run(put(bytes, tagged).job("aws"))).isEqualTo(done("v1"));
    assertThat(clouds.last("aws", Source.OBJECT).tags()).isEqualTo(Map.of("new", "tag"));
    assertThat(clouds.count("putObject")).isOne();

    clouds.copies.clear();
    assertThat(run(tagged.job("aws"))).isEqualTo(done("v2"));
    assertThat(clouds.last("aws", Source.OBJECT).tags()).isEqualTo(Map.of("new", "tag"));
  }

  @Test
  void source_that_is_gone_or_changed_is_skipped() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    put(Clouds.bytes("x"), source.tags(Map.of("other", "tag")));
    assertThat(((TaskOutcome.Skipped) run(source.job("aws"))).reason())
        .isEqualTo(SkipReason.SUPERSEDED);
    clouds.metadata.clear();
    assertThat(((TaskOutcome.Skipped) run(source.job("aws"))).reason())
        .isEqualTo(SkipReason.SOURCE_GONE);
    assertThat(clouds.copies).isEmpty();
  }

  @Test
  void nfs_content_that_changed_under_its_revision_is_skipped() throws Exception {
    Source old =
        Source.of(Clouds.bytes("x"), "aws").nfs().with(d -> d.put("microVersionId", "same"));
    put(Clouds.bytes("y"), old.md5(Clouds.md5(Clouds.bytes("y"))));
    assertThat(((TaskOutcome.Skipped) run(old.job("aws"))).reason())
        .isEqualTo(SkipReason.SUPERSEDED);
  }

  @Test
  void nfs_content_that_changed_under_its_revision_is_copied_by_its_own_job_at_once()
      throws Exception {
    MultipleBackendHandler handler = handler(clouds, uploads);
    Source old = put(Clouds.bytes("x"), nfs(Clouds.bytes("x")));
    assertThat(handler.handle(old.job("aws"), attempts)).isEqualTo(done("v1"));
    Source changed = put(Clouds.bytes("y"), nfs(Clouds.bytes("y")));

    assertThat(handler.handle(changed.job("aws"), attempts)).isEqualTo(done("v2"));

    assertThat(clouds.last("aws", Source.OBJECT).bytes()).isEqualTo(Clouds.bytes("y"));
  }

  @Test
  void parts_of_nfs_content_that_changed_under_its_revision_are_not_gone_on_with()
      throws Exception {
    byte[] bytes = Clouds.bytes(2 * PART + 1);
    Source old = put(bytes, nfs(bytes));
    fail("complete", 1, Kind.UNAVAILABLE, "ServiceUnavailable");
    run(old.job("aws"));
    assertThat(uploads.count()).isOne();
    byte[] other = bytes.clone();
    other[0]++;
    Source changed = put(other, nfs(other));

    assertThat(run(changed.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);

    assertThat(clouds.last("aws", Source.OBJECT).bytes()).isEqualTo(other);
    assertThat(clouds.uploads).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  private static Source nfs(byte[] content) {
    return Source.of(content, "aws").nfs().with(d -> d.put("microVersionId", "same"));
  }

  @Test
  void object_deleted_or_changed_while_it_is_read_leaves_no_upload() throws Exception {
    byte[] bytes = Clouds.bytes(PART + 1);
    Source source = put(bytes, "aws");
    clouds.fault =
        at -> {
          if (at.equals("putPart")) {
            clouds.data.remove(Source.OBJECT);
          }
        };
    assertThat(((TaskOutcome.Skipped) run(source.job("aws"))).reason())
        .isEqualTo(SkipReason.SOURCE_GONE);
    assertThat(clouds.uploads).isEmpty();
    assertThat(uploads.count()).isZero();

    put(bytes, source);
    clouds.fault =
        at -> {
          if (at.equals("putPart")) {
            clouds.metadata.put(Source.OBJECT, source.md5("other").json());
          }
        };
    assertThat(((TaskOutcome.Skipped) run(source.job("aws"))).reason())
        .isEqualTo(SkipReason.SUPERSEDED);
    assertThat(clouds.uploads).isEmpty();
    assertThat(clouds.copies).isEmpty();
  }

  @Test
  void source_whose_bytes_are_not_those_of_its_md5_is_not_written() throws Exception {
    for (int size : List.of(10, 2 << 20)) {
      Source source = put(Clouds.bytes(size), Source.of(Clouds.bytes(size + 1), "aws"));
      source = put(Clouds.bytes(size), source.with(d -> d.put("content-length", size)));
      TaskOutcome outcome = run(source.job("aws"));
      assertThat(outcome).isInstanceOf(TaskOutcome.Retryable.class);
      assertThat(((TaskOutcome.Retryable) outcome).errorClass()).isEqualTo("BadDigest");
      assertThat(((TaskOutcome.Retryable) outcome).message()).startsWith("source: ");
      assertThat(clouds.copies).isEmpty();
    }
  }

  @Test
  void role_that_is_refused_ends_in_a_listed_state() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    fail("metadata", 1, Kind.ACCESS_DENIED, "AccessDenied");
    assertThat(((TaskOutcome.Rejected) run(source.job("aws"))).errorClass())
        .isEqualTo("AccessDenied");
    Source other = put(Clouds.bytes("x"), source.role("arn:other"));
    assertThat(((TaskOutcome.Rejected) run(other.job("aws"))).errorClass()).isEqualTo("BadRole");
  }

  @Test
  void rule_that_was_just_enabled_counts_at_once() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    BucketReplication enabled = clouds.buckets.remove("bucket");
    MultipleBackendHandler handler = handler(clouds, uploads);
    assertThat(handler.handle(source.job("aws"), attempts))
        .isInstanceOf(TaskOutcome.Rejected.class);
    clouds.buckets.put("bucket", enabled);
    assertThat(handler.handle(source.job("aws"), attempts)).isEqualTo(done("v1"));
    attempts.clock.advance(Duration.ofSeconds(29));
    handler.handle(source.job("azure"), attempts);
    assertThat(clouds.count("replication")).isEqualTo(3);
    attempts.clock.advance(Duration.ofSeconds(2));
    handler.handle(source.job("azure"), attempts);
    assertThat(clouds.count("replication")).isEqualTo(4);
  }

  @Test
  void destination_that_does_not_answer_is_down_but_a_source_is_not() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    fail("putObject", 1, Kind.UNAVAILABLE, "ServiceUnavailable");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.DestinationDown.class);
    for (String read : List.of("metadata", "replication", "read", "reading")) {
      fail(read, 1, Kind.UNAVAILABLE, "ServiceUnavailable");
      assertThat(run(source.job("aws"))).as(read).isInstanceOf(TaskOutcome.Retryable.class);
    }
    assertThat(run(source.job("aws"))).isEqualTo(done("v1"));
  }

  @Test
  void location_that_cloudserver_does_not_know_is_rejected() throws Exception {
    Source source = put(Clouds.bytes("x"), "aws");
    fail("putObject", 1, Kind.UNKNOWN_LOCATION, "LocationNotFound");
    assertThat(((TaskOutcome.Rejected) run(source.job("aws"))).errorClass())
        .isEqualTo("LocationNotFound");
    assertThat(run(source.job("nowhere"))).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(run(new Job(source.job("aws").key(), "r", 0, 0, attempts.clock().instant(), "[]")))
        .isInstanceOf(TaskOutcome.Rejected.class);
  }

  @Test
  void large_object_arrives_in_parts_at_each_kind_of_cloud() throws Exception {
    byte[] bytes = Clouds.bytes(3 * PART + 5);
    Source source = put(bytes, "aws", "azure", "gcp");
    for (String cloud : List.of("aws", "azure", "gcp")) {
      assertThat(run(source.job(cloud))).isInstanceOf(TaskOutcome.Replicated.class);
      assertThat(Arrays.equals(clouds.last(cloud, Source.OBJECT).bytes(), bytes)).isTrue();
    }
    assertThat(clouds.count("initiate")).isEqualTo(2);
    assertThat(clouds.count("putPart")).isEqualTo(12);
    assertThat(attempts.bytes).hasValue(3L * bytes.length);
    assertThat(clouds.uploads).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void part_that_broke_off_is_sent_again_alone_and_told_once() throws Exception {
    byte[] bytes = Clouds.bytes(2 * PART);
    Source source = put(bytes, "aws");
    fail("reading", 300, Kind.FAILED, "ConnectionReset");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(clouds.count("putPart")).isEqualTo(3);
    assertThat(attempts.bytes).hasValue(bytes.length);
    fail("putPart", 1, Kind.FAILED, "InternalError");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
  }

  @Test
  void transfer_goes_on_with_the_parts_that_are_missing() throws Exception {
    byte[] bytes = Clouds.bytes(4 * PART);
    Source source = put(bytes, "aws");
    fail("putPart", 4, Kind.UNAVAILABLE, "SlowDown");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.DestinationDown.class);
    OpenUpload left = uploads.find(source.job("aws").key()).get(0);
    assertThat(left.parts()).hasSize(3);

    clouds.fault = at -> {};
    clouds.calls.clear();
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(clouds.count("putPart")).isOne();
    assertThat(clouds.count("initiate")).isZero();
    assertThat(Arrays.equals(clouds.last("aws", Source.OBJECT).bytes(), bytes)).isTrue();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void upload_the_cloud_forgot_is_begun_anew() throws Exception {
    byte[] bytes = Clouds.bytes(2 * PART);
    Source source = put(bytes, "aws");
    fail("complete", 1, Kind.FAILED, "InternalError");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Retryable.class);
    clouds.uploads.clear();
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(Arrays.equals(clouds.last("aws", Source.OBJECT).bytes(), bytes)).isTrue();
    assertThat(uploads.count()).isZero();

    fail("complete", 1, Kind.UNAVAILABLE, "ServiceUnavailable");
    run(source.job("aws"));
    fail(
        "complete",
        1,
        Kind.UNAVAILABLE,
        "Error returned from AWS: The specified upload does not exist.");
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(clouds.uploads).isEmpty();
  }

  @Test
  void upload_that_cannot_be_completed_twice_is_not_gone_on_with() throws Exception {
    Source source = put(Clouds.bytes(2 * PART), "aws");
    clouds.fault =
        at -> {
          if (at.equals("complete")) {
            throw Clouds.error(Kind.FAILED, "InternalError");
          }
        };
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Retryable.class);
    assertThat(uploads.count()).isOne();
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Retryable.class);
    assertThat(uploads.count()).isZero();
    assertThat(clouds.uploads).isEmpty();
  }

  @Test
  void upload_of_an_older_write_or_too_old_is_aborted() throws Exception {
    byte[] bytes = Clouds.bytes(2 * PART);
    Source source = put(bytes, "aws");
    fail("complete", 1, Kind.FAILED, "InternalError");
    run(source.job("aws"));
    Source newer = put(bytes, source.tags(Map.of("c", "d")));
    fail("complete", 1, Kind.FAILED, "InternalError");
    run(newer.job("aws"));
    assertThat(clouds.uploads).hasSize(1);
    assertThat(uploads.find(newer.job("aws").key())).hasSize(1);

    attempts.clock.advance(Duration.ofDays(7));
    assertThat(run(newer.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(clouds.count("initiate")).isEqualTo(3);
    assertThat(clouds.uploads).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void cancelled_attempt_has_no_outcome_and_keeps_its_upload() throws Exception {
    Source source = put(Clouds.bytes(3 * PART), "aws");
    AtomicInteger read = new AtomicInteger();
    clouds.fault =
        at -> {
          if (at.equals("reading") && read.incrementAndGet() == 700) {
            attempts.cancelled.set(true);
          }
        };
    assertThatThrownBy(() -> run(source.job("aws"))).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(clouds.copies).isEmpty();

    attempts.cancelled.set(false);
    clouds.fault = at -> {};
    assertThat(run(source.job("aws"))).isInstanceOf(TaskOutcome.Replicated.class);
    assertThat(clouds.uploads).isEmpty();
  }

  /** The one window: between the answer of initiate and its record, nobody knows the upload. */
  @Test
  void process_killed_between_any_two_steps_is_finished_by_the_next() throws Exception {
    byte[] bytes = Clouds.bytes(PART + 1);
    for (String cloud : List.of("aws", "azure")) {
      int orphans = 0;
      int step = 0;
      boolean killed = true;
      while (killed) {
        clouds.copies.clear();
        clouds.uploads.clear();
        Source source = put(bytes, cloud);
        KillSwitch kill = new KillSwitch(step++);
        try {
          handler(kill.on(CloudServer.class, clouds), kill.on(UploadStore.class, uploads))
              .handle(source.job(cloud), attempts);
        } catch (KillSwitch.Killed e) {
          // as a kill would
        }
        killed = kill.killed();
        int begunUnknown = clouds.uploads.size() - (int) uploads.count();

        assertThat(run(source.job(cloud))).isInstanceOf(TaskOutcome.Replicated.class);
        assertThat(Arrays.equals(clouds.last(cloud, Source.OBJECT).bytes(), bytes)).isTrue();
        assertThat(uploads.count()).isZero();
        orphans += clouds.uploads.size();
        assertThat(clouds.uploads).as("step " + step).hasSize(Math.max(0, begunUnknown));
      }
      assertThat(step).isGreaterThan(15);
      assertThat(orphans).as(cloud).isLessThanOrEqualTo(cloud.equals("azure") ? 0 : 2);
    }
  }

  @Test
  void upload_that_cannot_be_remembered_is_aborted() {
    Source source = put(Clouds.bytes(2 * PART), "aws");
    UploadStore broken =
        (UploadStore)
            java.lang.reflect.Proxy.newProxyInstance(
                UploadStore.class.getClassLoader(),
                new Class<?>[] {UploadStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("find")) {
                    return List.of();
                  }
                  throw new IllegalStateException("store is down");
                });
    assertThatThrownBy(() -> handler(clouds, broken).handle(source.job("aws"), attempts))
        .hasMessageContaining("store is down");
    assertThat(clouds.uploads).isEmpty();
    assertThat(Optional.of(clouds.count("abort"))).contains(1L);
  }
}
