package io.backbeat.server.cli;

import static io.backbeat.server.cli.OperatorSite.TOKYO;
import static io.backbeat.server.cli.OperatorSite.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ObjectSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resyncs and bulk retries from the command line. The clock all but stands still. */
class BulkCommandsTest {
  private OperatorSite site;

  @BeforeEach
  void start() {
    site = new OperatorSite(List.of(object("2026/a"), object("2026/b"), object("2025/c")));
    site.freeze(TOKYO);
    site.pause = this::awaitStep;
  }

  @AfterEach
  void stop() {
    site.close();
  }

  /** In the place of a pause between two looks: the engine goes on meanwhile. */
  private boolean awaitStep(Duration time) {
    await()
        .until(
            () ->
                aLittleLater().stream().noneMatch(task -> task.state() == BulkTask.State.PLANNING));
    return false;
  }

  /** Time goes on for plans, which are made at a limited rate, and hardly for other limits. */
  private List<BulkTask> aLittleLater() {
    site.clock.advance(Duration.ofMillis(1));
    return site.backbeat().bulk().list();
  }

  private String newest() {
    return site.backbeat().bulk().list().get(0).id();
  }

  @Test
  void dry_run_counts_and_queues_nothing() {
    assertThat(site.run("resync", "--dry-run").out())
        .isEqualTo("0 operations of 3 versions would be queued, 0 B\n");
    Outcome outcome =
        site.run("resync", "--status", "FAILED,COMPLETED", "--prefix", "2026/", "--dry-run");
    assertThat(outcome.out()).isEqualTo("4 operations of 2 versions would be queued, 4.9 kB\n");
    assertThat(outcome.status()).isZero();
    assertThat(site.run("retry", "--all", "--error", "Full", "--dry-run").out())
        .isEqualTo("3 operations of 3 failures would be queued, 3.7 kB\n");
    assertThat(site.pending("tokyo")).isZero();
  }

  @Test
  void bulk_retry_queues_what_fits_and_waits_for_the_end() {
    Outcome outcome = site.run("retry", "--all", "--prefix", "2026/", "--location", "tokyo");

    assertThat(outcome.out()).isEqualTo(newest() + " is DONE: 2 of 2 operations queued, 2.5 kB\n");
    assertThat(outcome.status()).isZero();
    await().untilAsserted(() -> assertThat(site.pending("tokyo")).isEqualTo(2));
  }

  @Test
  void older_than_ends_the_range_so_long_ago() {
    assertThat(site.run("retry", "--all", "--older-than", "3650d", "--dry-run").out())
        .startsWith("0 operations of 3 failures");
    assertThat(site.run("retry", "--all", "--older-than", "0s", "--dry-run").out())
        .startsWith("3 operations of 3 failures");
    assertThat(site.run("resync", "--status", "FAILED", "--older-than", "3650d", "--dry-run").out())
        .startsWith("0 operations of 3 versions");
    assertThat(site.run("resync", "--status", "FAILED", "--older-than", "0s", "--dry-run").out())
        .startsWith("3 operations of 3 versions");
  }

  @Test
  void bulk_retry_that_leaves_something_out_says_so_with_its_status() {
    BulkTask task =
        new BulkTask(
            "retry-1",
            BulkRequest.Retry.of(ObjectSelection.ALL),
            BulkTask.State.DONE,
            new BulkCounts(3, 3, 0, 3),
            new BulkCounts(3, 3, 2, 3),
            0,
            Optional.empty(),
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            "");

    assertThat(BulkCommand.status(task)).isEqualTo(ExitStatus.NOT_ALL_WELL);
  }

  @Test
  void resync_in_the_background_is_followed_with_tasks() {
    Outcome begun =
        site.run("resync", "--status", "FAILED", "--rate", "1", "--background", "--json");
    assertThat(begun.out()).contains("\"state\":\"PLANNING\"");
    String id = newest();
    await().until(() -> aLittleLater().get(0).progress().queued() == 1);

    assertThat(site.run("tasks").out()).contains("task", id, "RUNNING", "2026-11-22T12:02:03Z");
    assertThat(site.run("tasks", "pause", id).out()).contains("PAUSED");
    assertThat(site.run("tasks", "resume", id).out()).contains("RUNNING");
    assertThat(site.run("tasks", "show", id, "--json").out()).contains("{\"tasks\":[{\"id\":");
    assertThat(site.run("tasks", "cancel", id).out()).contains("CANCELLED");
    assertThat(site.run("tasks", "show", "nothing").status()).isEqualTo(4);
  }

  @Test
  void task_goes_on_when_the_waiting_is_ended() {
    site.pause = time -> true;

    Outcome outcome = site.run("resync", "--status", "FAILED", "--rate", "1");

    assertThat(outcome.status()).isEqualTo(130);
    assertThat(outcome.err()).contains("goes on without you", "backbeat tasks cancel " + newest());
  }

  @Test
  void cancelled_task_is_not_well() {
    site.pause =
        time -> {
          site.backbeat().bulk().cancel(newest());
          return false;
        };

    Outcome outcome = site.run("resync", "--status", "FAILED", "--rate", "1");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).contains("is CANCELLED");
  }

  @ParameterizedTest
  @CsvSource({
    "resync --rate 0, --rate must be at least 1",
    "resync --status REPLICA, 'PENDING, FAILED or COMPLETED'",
    "resync --modified-from 2026-01-02T00:00:00Z --modified-before 2026-01-01T00:00:00Z, begin before",
    "resync --older-than 1d --modified-before 2026-01-01T00:00:00Z, --older-than and --modified-before",
    "retry --all --older-than 1d --failed-before 2026-01-01T00:00:00Z, --older-than and --failed-before",
    "resync --older-than yesterday, 'written like 500ms, 90s'",
    "retry --older-than 1d photos/a, add --all",
    "retry --bucket photos photos/a, add --all",
    "retry --rate 5 -, add --all",
    "tasks pause, their ids",
    "tasks list x, show",
    "tasks stop x, stop",
  })
  void wrong_command_line_is_told(String line, String message) {
    Outcome outcome = site.run(line.split(" "));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
  }

  @Test
  void unknown_location_is_refused() {
    Outcome outcome = site.run("resync", "--location", "rome");

    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.err()).contains("rome", "paris");
  }
}
