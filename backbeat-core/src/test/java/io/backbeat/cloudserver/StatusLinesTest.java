package io.backbeat.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
  private static final ObjectVersion OBJECT = ObjectVersion.unversioned("bucket", "key");

  private static StatusChange at(String location) {
    return new StatusChange(OBJECT, LocationName.of(location), "1", StatusEvent.REPLICATED, "");
  }

  @Test
  void whoever_comes_while_a_closed_store_says_so_hears_it_too() {
    ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1);
    StatusLines lines =
        new StatusLines(
            threads,
            Duration.ofHours(1),
            (object, changes) -> changes.size() < 2,
            (object, changes) -> List.of());
    List<CompletableFuture<List<StatusResult>>> late = new ArrayList<>();
    CompletableFuture<List<StatusResult>> first = lines.add(OBJECT, List.of(at("paris")));
    var unused = first.whenComplete((r, e) -> late.add(lines.add(OBJECT, List.of(at("oslo")))));
    threads.shutdownNow();

    CompletableFuture<List<StatusResult>> second = lines.add(OBJECT, List.of(at("tokyo")));

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThat(late).hasSize(1).allSatisfy(one -> assertThat(one).isCompletedExceptionally());
  }
}
