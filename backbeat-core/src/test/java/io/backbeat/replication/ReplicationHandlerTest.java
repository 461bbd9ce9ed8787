package io.backbeat.replication;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.job.Job;
import io.backbeat.task.JobContext;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationHandlerTest {
  @TempDir Path base;
  private Path from;
  private Path to;
  private DirectoryStore source;
  private DirectoryStore destination;
  private ReplicationHandler handler;
  private final Context context = new Context();

  @BeforeEach
  void open() throws IOException {
    from = Files.createDirectory(base.resolve("from"));
    to = Files.createDirectory(base.resolve("to"));
    source = DirectoryStore.open(from);
    destination = DirectoryStore.open(to);
    handler = new ReplicationHandler(source, Map.of(LocationName.of("paris"), destination));
  }

  @AfterEach
  void close() {
    source.close();
    destination.close();
  }

  @Test
  void a_version_is_copied_and_progress_is_told() throws Exception {
    Files.writeString(from.resolve("key"), "hello");

    assertThat(handler.handle(jobForCurrentState(), context))
        .isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);

    assertThat(to.resolve("key")).hasContent("hello");
    assertThat(context.started).isEqualTo(1);
    assertThat(context.bytes).hasValue(5);
  }

  @Test
  void an_empty_object_is_copied_too() throws Exception {
    Files.createFile(from.resolve("key"));

    handler.handle(jobForCurrentState(), context);

    assertThat(to.resolve("key")).exists();
  }

  @Test
  void running_a_job_twice_is_harmless() throws Exception {
    Files.writeString(from.resolve("key"), "hello");
    Job job = jobForCurrentState();

    assertThat(handler.handle(job, context)).isEqualTo(handler.handle(job, context));
    assertThat(to.resolve("key")).hasContent("hello");
  }

  @Test
  void a_version_that_is_gone_is_skipped() throws Exception {
    assertThat(skipped(handler.handle(payload("{}"), context))).isEqualTo(SkipReason.SOURCE_GONE);
    assertThat(context.started).isZero();
  }

  @Test
  void a_version_that_was_replaced_is_skipped_and_shows_nowhere() throws Exception {
    Files.writeString(from.resolve("key"), "one");
    Job job = jobForCurrentState();
    Files.writeString(from.resolve("key"), "other");

    assertThat(skipped(handler.handle(job, context))).isEqualTo(SkipReason.SUPERSEDED);
    assertThat(to.resolve("key")).doesNotExist();
  }

  @Test
  void a_version_that_is_replaced_while_it_is_copied_is_skipped_and_shows_nowhere()
      throws Exception {
    Path file = from.resolve("key");
    Files.write(file, new byte[1_000_000]);
    Job job = jobForCurrentState();
    context.onFirstBytes =
        () -> {
          try {
            Files.write(file, new byte[1_000_001]);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };

    assertThat(skipped(handler.handle(job, context))).isEqualTo(SkipReason.SUPERSEDED);
    assertThat(to.resolve("key")).doesNotExist();
  }

  @Test
  void a_delete_marker_deletes_unless_there_is_an_object_again() throws Exception {
    Files.writeString(to.resolve("key"), "old");
    Job marker = payload("{\"isDeleteMarker\":true}");

    assertThat(handler.handle(marker, context)).isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);
    assertThat(to.resolve("key")).doesNotExist();

    Files.writeString(from.resolve("key"), "new");
    Files.writeString(to.resolve("key"), "new");
    assertThat(skipped(handler.handle(marker, context))).isEqualTo(SkipReason.SUPERSEDED);
    assertThat(to.resolve("key")).exists();
  }

  @Test
  void a_missing_destination_is_down_and_a_missing_source_is_not() throws Exception {
    Files.writeString(from.resolve("key"), "hello");
    Job job = jobForCurrentState();

    Files.delete(to);
    assertThat(handler.handle(job, context)).isInstanceOf(TaskOutcome.DestinationDown.class);

    Files.move(from, base.resolve("unmounted"));
    assertThat(handler.handle(job, context)).isInstanceOf(TaskOutcome.Retryable.class);
  }

  @Test
  void a_cancelled_attempt_has_no_outcome() throws Exception {
    Files.writeString(from.resolve("key"), "hello");
    context.cancelled = true;

    assertThatThrownBy(() -> handler.handle(jobForCurrentState(), context))
        .isInstanceOf(InterruptedException.class);
    assertThat(to.resolve("key")).doesNotExist();
  }

  @Test
  void a_job_that_makes_no_sense_is_rejected() throws Exception {
    assertThat(handler.handle(payload("[1]"), context)).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(handler.handle(payload("{"), context)).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(handler.handle(aJob().at("nowhere").build(), context))
        .isInstanceOf(TaskOutcome.Rejected.class);
  }

  @Test
  void a_copy_says_that_it_is_one() {
    SourceVersion version =
        new SourceVersion("k", "", 1, false, "", "", "v1", Map.of("color", "red"));

    assertThat(version.replicaMetadata())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("color", "red", "scal-replication-status", "REPLICA", "scal-version-id", "v1"));
  }

  private Job jobForCurrentState() throws Exception {
    return payload(
        "{\"location\":[{\"dataStoreETag\":\""
            + source.stat("key").orElseThrow().fingerprint()
            + "\"}]}");
  }

  private static Job payload(String json) {
    return aJob().key("key").at("paris").payload(json).build();
  }

  private static SkipReason skipped(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Skipped.class);
    return ((TaskOutcome.Skipped) outcome).reason();
  }

  private static final class Context implements JobContext {
    final AtomicLong bytes = new AtomicLong();
    int started;
    boolean cancelled;
    Runnable onFirstBytes = () -> {};

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }

    @Override
    public void transferStarted() {
      started++;
    }

    @Override
    public void bytesTransferred(long more) {
      if (bytes.getAndAdd(more) == 0) {
        onFirstBytes.run();
      }
    }
  }
}
