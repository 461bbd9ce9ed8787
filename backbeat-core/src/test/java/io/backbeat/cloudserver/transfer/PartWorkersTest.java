package io.backbeat.cloudserver.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PartWorkersTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Integer> begun = new CopyOnWriteArrayList<>();
  private final List<Integer> ended = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private PartWorkers workers(int perObject, int inAll) {
    return new PartWorkers(threads, perObject, inAll);
  }

  @Test
  void every_part_is_written_once() throws Exception {
    workers(4, 100).run(1_000, ended::add);
    assertThat(ended).hasSize(1_000).doesNotHaveDuplicates();
    workers(4, 100).run(0, ended::add);
    assertThat(ended).hasSize(1_000);
  }

  @Test
  void with_one_at_a_time_nothing_is_begun_after_an_error() {
    assertThatThrownBy(
            () ->
                workers(1, 100)
                    .run(
                        5,
                        part -> {
                          begun.add(part);
                          if (part == 2) {
                            throw new IOException("broken part");
                          }
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("broken part");
    assertThat(begun).containsExactly(0, 1, 2);
  }

  @Test
  void those_under_way_are_awaited_after_an_error() {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(5);
    assertThatThrownBy(
            () ->
                workers(5, 100)
                    .run(
                        5,
                        part -> {
                          all.countDown();
                          all.await();
                          if (part == 4) {
                            failed.countDown();
                            throw new IllegalStateException("broken part");
                          }
                          failed.await();
                          ended.add(part);
                        }))
        .hasMessage("broken part");
    assertThat(ended).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void executor_that_refuses_only_makes_it_slower() throws Exception {
    threads.shutdownNow();
    workers(3, 100).run(3, ended::add);
    assertThat(ended).containsExactly(0, 1, 2);
  }

  @Test
  void no_more_threads_are_at_work_than_allowed() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    PartWorkers workers = workers(8, 2);
    for (int i = 0; i < 5; i++) {
      workers.run(
          200,
          part -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
          });
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void interrupt_reaches_all_and_nothing_is_going_on_afterwards() throws Exception {
    CountDownLatch waiting = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                workers(2, 100)
                    .run(
                        2,
                        part -> {
                          waiting.countDown();
                          try {
                            never.await();
                          } finally {
                            ended.add(part);
                          }
                        });
              } catch (InterruptedException e) {
                thrown.add(e);
              }
            });
    caller.start();
    waiting.await();
    caller.interrupt();
    caller.join();

    assertThat(ended).containsExactlyInAnyOrder(0, 1);
    assertThat(thrown).hasSize(1);
  }
}
