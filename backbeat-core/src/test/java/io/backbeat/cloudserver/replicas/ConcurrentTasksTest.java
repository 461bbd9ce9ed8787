package io.backbeat.cloudserver.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConcurrentTasksTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Integer> begun = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void with_one_at_a_time_nothing_is_begun_after_an_error() {
    ConcurrentTasks.Results<Integer> results =
        ConcurrentTasks.run(
            List.of(1, 2, 3, 4, 5),
            1,
            threads,
            item -> {
              begun.add(item);
              if (item == 3) {
                throw new IllegalStateException("error item");
              }
              return item * 2;
            });

    assertThat(results.done()).containsExactly(2, 4);
    assertThat(results.error()).hasValueSatisfying(e -> assertThat(e).hasMessage("error item"));
    assertThat(begun).containsExactly(1, 2, 3);
  }

  @Test
  void those_under_way_are_awaited_after_an_error() {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(5);
    ConcurrentTasks.Results<Integer> results =
        ConcurrentTasks.run(
            List.of(1, 2, 3, 4, 5),
            5,
            threads,
            item -> {
              all.countDown();
              all.await();
              if (item == 5) {
                failed.countDown();
                throw new IllegalStateException("error item");
              }
              failed.await();
              return item * 2;
            });

    assertThat(results.done()).containsExactly(2, 4, 6, 8);
    assertThat(results.error()).isPresent();
  }

  @Test
  void an_executor_that_refuses_only_makes_it_slower() {
    threads.shutdownNow();

    assertThat(ConcurrentTasks.run(List.of(1, 2, 3), 3, threads, item -> item * 2).done())
        .containsExactly(2, 4, 6);
  }

  @Test
  void an_interrupt_reaches_all_and_nothing_is_going_on_afterwards() throws Exception {
    CountDownLatch waiting = new CountDownLatch(2);
    List<Integer> ended = new CopyOnWriteArrayList<>();
    Thread caller =
        new Thread(
            () ->
                ConcurrentTasks.run(
                    List.of(1, 2),
                    2,
                    threads,
                    item -> {
                      waiting.countDown();
                      try {
                        new CountDownLatch(1).await();
                        return item;
                      } finally {
                        ended.add(item);
                      }
                    }));
    caller.start();
    waiting.await();
    caller.interrupt();
    caller.join();

    assertThat(ended).containsExactlyInAnyOrder(1, 2);
  }
}
