package io.backbeat.cloudserver.replicas;

import static io.backbeat.cloudserver.replicas.ServerPair.ROLES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Route;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several attempts at a job, or an attempt and the sweep, and one set of remembered parts. */
class OverlappingAttemptsTest {
  private static final TaskOutcome DONE = TaskOutcome.Replicated.WITHOUT_VERSION;
  private static final byte[] BYTES = ServerPair.joined(ServerPair.parts());
  private static ServerPair servers;

  private final UploadStore uploads = new InMemoryUploadStore();
  private final Told told = new Told();
  private CloudServerReplicationHandler handler;
  private ObjectVersion object;
  private Job job;

  @BeforeAll
  static void start() {
    servers = new ServerPair();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void upload() {
    handler = servers.handler(uploads);
    object = servers.upload(servers.bucket(ROLES), "k", ServerPair.parts());
    job = servers.job(object);
    servers.destination.requests().clear();
  }

  @AfterEach
  void replicaIsWholeAndNothingIsLeftBehind() {
    servers.destination.faults().clear();
    assertThat(servers.replicaBytes(object)).isEqualTo(BYTES);
    assertThat(servers.destination.orphans()).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void attempt_whose_parts_another_one_has_used_does_not_write_over_its_replica() throws Exception {
    AtomicReference<TaskOutcome> second = new AtomicReference<>();
    CloudServer slow = atThirdPart(() -> second.set(handler.handle(job, told)));

    TaskOutcome first = servers.handler(slow, uploads).handle(job, told);

    assertThat(second).hasValue(DONE);
    assertThat(first).isInstanceOf(TaskOutcome.Retryable.class);
    assertThat(servers.destination.requests().count(Route.PUT_METADATA)).isOne();
    assertThat(servers.destination.requests().count(Route.BATCH_DELETE)).isZero();
    discardAll();
  }

  @Test
  void part_that_two_attempts_have_copied_is_used_once_and_removed_once() throws Exception {
    CloudServer slow = atThirdPart(this::attemptWithoutMetadata);

    assertThat(servers.handler(slow, uploads).handle(job, told)).isEqualTo(DONE);

    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(4);
    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    discardAll();
  }

  @Test
  void attempt_with_a_part_that_was_replaced_does_not_make_the_replica_visible() throws Exception {
    AtomicReference<OpenUpload.Part> theirs = new AtomicReference<>();
    CloudServer slow =
        atThirdPart(
            () -> {
              attemptWithoutMetadata();
              theirs.set(uploads.find(job.key()).get(0).parts().get(2));
            });
    UploadStore overtaken =
        with(
            "addPart",
            invoke -> {
              Object answer = invoke.call();
              if (theirs.get() != null) { // they were a moment later
                String id = CopiedParts.id(object.bucket() + "-copy", SourcePart.of(job.payload()));
                uploads.addPart(job.key(), id, theirs.get(), now());
              }
              return answer;
            });

    assertThat(servers.handler(slow, overtaken).handle(job, told))
        .isInstanceOf(TaskOutcome.Retryable.class);

    assertThat(servers.destination.requests().successes(Route.PUT_METADATA)).isZero();
    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(4);
    discardAll();
  }

  @Test
  void attempt_that_ends_for_good_keeps_parts_that_are_not_its_own() throws Exception {
    CloudServer slow =
        atThirdPart(
            () -> {
              attemptWithoutMetadata();
              servers
                  .destination
                  .faults()
                  .inject(Fault.on(Route.PUT_DATA).status(403, "AccessDenied").times(1));
            });

    assertThat(servers.handler(slow, uploads).handle(job, told))
        .isInstanceOf(TaskOutcome.Rejected.class);

    assertThat(servers.destination.requests().count(Route.BATCH_DELETE)).isZero();
    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(3);
  }

  @Test
  void parts_that_an_attempt_has_just_begun_to_go_on_with_are_not_swept_away() throws Exception {
    attemptWithoutMetadata();
    OpenUpload read = uploads.find(job.key()).get(0);
    uploads.touch(job.key(), read.uploadId(), read.touchedAt().plusMillis(1));

    assertThat(handler.discard(read, now())).isFalse();

    assertThat(servers.destination.requests().count(Route.BATCH_DELETE)).isZero();
    assertThat(uploads.count()).isOne();
    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(3);
  }

  @Test
  void parts_that_are_swept_away_while_an_attempt_begins_are_copied_again() throws Exception {
    attemptWithoutMetadata();
    OpenUpload read = uploads.find(job.key()).get(0);
    UploadStore swept =
        with(
            "touch",
            invoke -> {
              assertThat(handler.discard(read, now())).isTrue();
              return invoke.call();
            });

    assertThat(servers.handler(swept).handle(job, told)).isEqualTo(DONE);

    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(6);
  }

  @Test
  void parts_set_aside_by_a_sweep_that_was_killed_are_kept_for_who_goes_on_with_them()
      throws Exception {
    attemptWithoutMetadata();
    OpenUpload left = uploads.find(job.key()).get(0);
    String bucket = CopiedParts.bucket(left);
    OpenUpload aside =
        new OpenUpload(
            left.job(),
            left.revision(),
            "data:" + bucket + ":aside-1",
            left.role(),
            left.begunAt(),
            left.touchedAt(),
            left.parts());
    uploads.begin(aside);

    assertThat(handler.discard(aside, now())).isTrue();

    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(3);
  }

  @Test
  void part_that_cannot_be_remembered_is_removed() throws Exception {
    AtomicInteger parts = new AtomicInteger();
    UploadStore failing =
        with(
            "addPart",
            invoke -> {
              if (parts.incrementAndGet() == 1) {
                throw silent();
              }
              return invoke.call();
            });
    assertThatThrownBy(() -> servers.handler(failing).handle(job, told))
        .isInstanceOf(BackbeatException.class);
    assertThat(servers.destination.requests().count(Route.BATCH_DELETE)).isOne();

    assertThat(handler.handle(job, told)).isEqualTo(DONE);
  }

  @Test
  void part_that_is_remembered_though_the_store_said_no_is_kept() throws Exception {
    AtomicInteger parts = new AtomicInteger();
    UploadStore failing =
        with(
            "addPart",
            invoke -> {
              Object answer = invoke.call();
              if (parts.incrementAndGet() == 1) {
                throw silent();
              }
              return answer;
            });
    assertThatThrownBy(() -> servers.handler(failing).handle(job, told))
        .isInstanceOf(BackbeatException.class);

    assertThat(handler.handle(job, told)).isEqualTo(DONE);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isEqualTo(3);
  }

  @Test
  void data_of_one_part_is_not_lost_when_an_attempt_breaks() throws Exception {
    byte[] hello = "hello".getBytes(UTF_8);
    ObjectVersion small = servers.put(object.bucket(), "small", hello);
    Job ofSmall = servers.job(small);
    CloudServer broken =
        ServerPair.before(
            servers.to,
            "putMetadata",
            () -> {
              throw new IllegalStateException("on purpose");
            });
    assertThatThrownBy(() -> servers.handler(broken, uploads).handle(ofSmall, told))
        .hasMessage("on purpose");
    assertThat(uploads.count()).isOne();

    assertThat(handler.handle(ofSmall, told)).isEqualTo(DONE);

    assertThat(servers.replicaBytes(small)).isEqualTo(hello);
    assertThat(servers.destination.requests().successes(Route.PUT_DATA)).isOne();
    assertThat(handler.handle(job, told)).isEqualTo(DONE);
  }

  private Instant now() {
    return told.clock.instant();
  }

  /** Leaves all parts, remembered. */
  private void attemptWithoutMetadata() throws InterruptedException {
    servers
        .destination
        .faults()
        .inject(Fault.on(Route.PUT_METADATA).status(500, "InternalError").times(1));
    assertThat(handler.handle(job, told)).isInstanceOf(TaskOutcome.Retryable.class);
  }

  private void discardAll() {
    for (OpenUpload left : uploads.find(job.key())) {
      assertThat(handler.discard(left, now())).isTrue();
    }
  }

  private interface Step {
    void happens() throws InterruptedException;
  }

  /** Something happens when two parts are remembered and the third one is about to be written. */
  private CloudServer atThirdPart(Step step) {
    AtomicInteger parts = new AtomicInteger();
    return ServerPair.before(
        servers.to,
        "putData",
        () -> {
          if (parts.incrementAndGet() < 3) {
            return;
          }
          Awaitility.await().until(() -> uploads.find(job.key()).get(0).parts().size() == 2);
          try {
            step.happens();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private interface Invoke {
    Object call() throws Throwable;
  }

  private interface Around {
    Object answer(Invoke invoke) throws Throwable;
  }

  /** The same store, but for one method. */
  private UploadStore with(String name, Around around) {
    return (UploadStore)
        Proxy.newProxyInstance(
            UploadStore.class.getClassLoader(),
            new Class<?>[] {UploadStore.class},
            (proxy, method, arguments) -> {
              Invoke invoke =
                  () -> {
                    try {
                      return method.invoke(uploads, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              return method.getName().equals(name) ? around.answer(invoke) : invoke.call();
            });
  }

  private static BackbeatException silent() {
    return new BackbeatException(ErrorCode.INTERNAL_ERROR, "the store does not answer");
  }
}
