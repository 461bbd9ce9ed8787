package io.backbeat.gc;

import static io.backbeat.testing.Jobs.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.task.JobContext;
import io.backbeat.task.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {
  private static final LocationName BUFFER = LocationName.of("buffer");
  private static final ObjectVersion OBJECT = ObjectVersion.unversioned("b", "k");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path root;
  private DirectoryStore source;
  private GarbageCollectionHandler handler;

  @BeforeEach
  void open() {
    source = DirectoryStore.open(root);
    handler = new GarbageCollectionHandler(Map.of(BUFFER, source));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void only_data_at_a_transient_location_is_collected() {
    String metadata = metadata("buffer", "f");

    assertThat(GcPlan.plan(OBJECT, "r", metadata, Set.of(), NOW)).isEmpty();
    assertThat(GcPlan.plan(OBJECT, "r", metadata, Set.of(LocationName.of("other")), NOW)).isEmpty();
    assertThat(GcPlan.plan(OBJECT, "r", "{\"location\":null}", Set.of(BUFFER), NOW)).isEmpty();
    Job job = GcPlan.plan(OBJECT, "r", metadata, Set.of(BUFFER), NOW).orElseThrow();
    assertThat(job.key().type()).isEqualTo(JobType.GARBAGE_COLLECTION);
    assertThat(job.location()).isEqualTo(BUFFER);
    assertThat(job.revision()).isEqualTo("r");
    assertThat(job.payload())
        .contains(
            "\"action\":\"deleteData\"",
            "\"dataStoreName\":\"buffer\"",
            "\"owner\":\"me\"",
            "\"origin\":\"transientSource\"");
  }

  @Test
  void replicated_data_is_deleted_and_a_second_attempt_is_harmless() throws Exception {
    Files.writeString(root.resolve("k"), "x");
    Job job = job(source.stat("k").orElseThrow().fingerprint());

    assertThat(handler.handle(job, new Context()))
        .isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);
    assertThat(root.resolve("k")).doesNotExist();
    assertThat(handler.handle(job, new Context()))
        .isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);
  }

  @Test
  void data_that_changed_since_is_kept() throws Exception {
    Files.writeString(root.resolve("k"), "x");
    Job job = job(source.stat("k").orElseThrow().fingerprint());
    Files.writeString(root.resolve("k"), "newer");

    assertThat(handler.handle(job, new Context()))
        .isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);
    assertThat(root.resolve("k")).hasContent("newer");
  }

  @Test
  void data_without_fingerprint_is_never_deleted() throws Exception {
    Files.writeString(root.resolve("k"), "x");

    assertThat(handler.handle(job(""), new Context())).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(root.resolve("k")).exists();
  }

  @Test
  void a_source_that_does_not_answer_is_asked_again() throws IOException, InterruptedException {
    Job job = job("f");
    Files.delete(root);
    try {
      assertThat(handler.handle(job, new Context()))
          .isInstanceOf(TaskOutcome.DestinationDown.class);
    } finally {
      Files.createDirectory(root);
    }
  }

  @Test
  void a_job_that_makes_no_sense_is_rejected() throws Exception {
    Job malformed = aJob().type(JobType.GARBAGE_COLLECTION).at("buffer").payload("{").build();
    Job elsewhere = aJob().type(JobType.GARBAGE_COLLECTION).at("nowhere").build();

    assertThat(handler.handle(malformed, new Context())).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(handler.handle(elsewhere, new Context())).isInstanceOf(TaskOutcome.Rejected.class);
  }

  private static Job job(String fingerprint) {
    return GcPlan.plan(OBJECT, "r", metadata("buffer", fingerprint), Set.of(BUFFER), NOW)
        .orElseThrow();
  }

  private static String metadata(String location, String fingerprint) {
    return "{\"owner-id\":\"me\",\"location\":[{\"key\":\"k\",\"size\":1,\"start\":0,\"dataStoreName\":\""
        + location
        + "\",\"dataStoreETag\":\""
        + fingerprint
        + "\"}],\"dataStoreName\":\""
        + location
        + "\"}";
  }

  private static final class Context implements JobContext {
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
