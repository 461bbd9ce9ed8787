package io.backbeat.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryRunTest {
  private final List<Integer> batches = new ArrayList<>();

  @Test
  void batches_are_bounded_and_told_one_by_one() {
    List<RetryCounts> told = new ArrayList<>();
    RetryRun run =
        new RetryRun(
            batch -> {
              batches.add(batch.size());
              return batch.size() - 1;
            },
            told::add);

    assertThat(run.run(requests(250).iterator())).isEqualTo(new RetryCounts(250, 247));
    assertThat(batches).containsExactly(100, 100, 50);
    assertThat(told)
        .containsExactly(
            new RetryCounts(100, 99), new RetryCounts(200, 198), new RetryCounts(250, 247));
  }

  @Test
  void counts_stay_known_when_a_batch_fails() {
    RetryRun run =
        new RetryRun(
            batch -> {
              batches.add(batch.size());
              if (batches.size() == 2) {
                throw new IllegalStateException("gone");
              }
              return batch.size();
            },
            counts -> {});

    assertThatThrownBy(() -> run.run(requests(250).iterator())).hasMessage("gone");
    assertThat(run.counts()).isEqualTo(new RetryCounts(100, 100));
  }

  private static Stream<RetryRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> RetryRequest.of(ObjectVersion.unversioned("b", "k" + i), LocationName.of("l")));
  }
}
