package io.backbeat.client;

import static io.backbeat.client.RetriesTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest.Resync;
import io.backbeat.api.BulkRequest.Retry;
import io.backbeat.api.BulkTask;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BulkTest {
  private final StubServer server = new StubServer();
  private final FakeTiming timing = new FakeTiming();
  private final BackbeatClient client = BackbeatClient.builder(server.uri()).build(timing);

  @AfterEach
  void stop() {
    server.close();
  }

  private static String task(String state, long queued) {
    String ended =
        state.equals("RUNNING")
            ? "\"endsAt\":\"2026-11-22T12:01:00.000Z\","
            : "\"endedAt\":\"2026-11-22T12:00:03.250Z\",";
    return "{\"id\":\"resync-1\",\"type\":\"resync\",\"state\":\""
        + state
        + "\",\"request\":{\"bucket\":\"b\",\"statuses\":[\"PENDING\"],\"dryRun\":false,\"operationsPerSecond\":5},"
        + "\"plan\":{\"listed\":9,\"matched\":8,\"queued\":0,\"bytes\":7},"
        + "\"progress\":{\"listed\":9,\"matched\":8,\"queued\":"
        + queued
        + ",\"bytes\":7},\"listedPerSecond\":1.5,"
        + ended
        + "\"createdAt\":\"2026-11-22T12:00:00.250Z\"}";
  }

  @Test
  void request_is_written_and_the_task_read() {
    server.then(200, task("DONE", 8));

    BulkTask task =
        client
            .bulk()
            .start(
                new Resync(
                    new ObjectSelection(List.of(LocationName.of("paris")), Optional.of("b"), "x/é"),
                    TimeRange.before(Instant.parse("2026-01-01T00:00:00Z")),
                    Set.of(SiteStatus.FAILED, SiteStatus.PENDING),
                    true,
                    5));

    assertThat(server.asked().get(0))
        .hasToString(
            "POST /_/backbeat/api/crr/resync {\"locations\":[\"paris\"],\"bucket\":\"b\",\"prefix\":\"x/é\","
                + "\"modifiedBefore\":\"2026-01-01T00:00:00Z\",\"statuses\":[\"PENDING\",\"FAILED\"],"
                + "\"dryRun\":true,\"operationsPerSecond\":5}");
    assertThat(task.progress()).isEqualTo(new BulkCounts(9, 8, 8, 7));
    assertThat(task.request()).isEqualTo(Resync.of(ObjectSelection.of("b", "")).atMost(5));
    assertThat(task.endedAt()).contains(Instant.parse("2026-11-22T12:00:03.250Z"));
  }

  @Test
  void start_of_unknown_outcome_is_not_repeated() {
    server.then(500, "").then(200, task("RUNNING", 0));

    assertFails(ErrorCode.INTERNAL_ERROR, () -> client.bulk().start(Retry.of(ObjectSelection.ALL)));
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void end_is_awaited_and_every_look_is_told() {
    server.then(200, task("RUNNING", 1)).then(200, task("RUNNING", 2)).then(200, task("DONE", 3));
    List<Long> seen = new ArrayList<>();

    BulkTask done =
        client.awaitDone(
            "resync-1", Duration.ofSeconds(7), task -> seen.add(task.progress().queued()));

    assertThat(done.state()).isEqualTo(BulkTask.State.DONE);
    assertThat(seen).containsExactly(1L, 2L, 3L);
    assertThat(timing.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void awaiting_ends_with_an_error_and_when_it_is_cancelled() {
    server.then(404, "{\"code\":404,\"description\":\"no task\",\"RouteNotFound\":true}");
    assertFails(
        ErrorCode.ROUTE_NOT_FOUND, () -> client.awaitDone("x", Duration.ofSeconds(1), task -> {}));

    timing.pausesEnd = false;
    server.then(200, task("RUNNING", 1));
    CompletableFuture<BulkTask> waiting =
        client.async().bulk().awaitDone("x", Duration.ofSeconds(1), task -> {});
    assertThat(waiting.cancel(true)).isTrue();
    assertThat(waiting).isCancelled();
  }
}
