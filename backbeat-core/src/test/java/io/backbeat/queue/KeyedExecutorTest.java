package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.queue.KeyedExecutor.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedExecutorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY = 1_000_000;

  private final ExecutorService pool = Executors.newFixedThreadPool(8);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private KeyedExecutor executor(int limit) {
    return new KeyedExecutor(pool, limit, MANY, Long.MAX_VALUE);
  }

  /** Runs workers when told, in the thread of the test. */
  private static final class ByHand extends ArrayDeque<Runnable> implements Executor {
    private static final long serialVersionUID = 1L;

    @Override
    public void execute(Runnable worker) {
      add(worker);
    }

    void runAll() {
      while (!isEmpty()) {
        remove().run();
      }
    }
  }

  private static KeyedExecutor.Task noting(List<String> log, String what) {
    return () -> {
      log.add(what);
      return Verdict.DONE;
    };
  }

  @Nested
  class Order {
    @Test
    void tasks_of_a_key_run_in_the_order_offered_and_keys_in_parallel() throws Exception {
      var executor = executor(8);
      Map<String, List<Integer>> ran = new ConcurrentHashMap<>();
      Map<String, AtomicBoolean> busy = new ConcurrentHashMap<>();
      var overlap = new AtomicBoolean();
      var most = new AtomicInteger();
      var random = new Random(7);
      for (int i = 0; i < 10; i++) {
        for (int k = 0; k < 10; k++) {
          String key = "key-" + k;
          int number = i;
          long nanos = random.nextInt(500_000);
          executor.offer(
              key,
              1,
              () -> {
                var mine = busy.computeIfAbsent(key, name -> new AtomicBoolean());
                overlap.compareAndSet(false, mine.getAndSet(true));
                most.accumulateAndGet(executor.running(), Math::max);
                LockSupport.parkNanos(nanos);
                ran.computeIfAbsent(key, name -> Collections.synchronizedList(new ArrayList<>()))
                    .add(number);
                mine.set(false);
                return Verdict.DONE;
              });
        }
      }
      await().atMost(PATIENCE).until(() -> executor.size() == 0);

      assertThat(overlap).isFalse();
      assertThat(ran).hasSize(10);
      assertThat(ran.values())
          .allSatisfy(order -> assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
      assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    void keys_really_run_at_the_same_time() {
      var executor = executor(4);
      var meeting = new CyclicBarrier(4);
      var met = new AtomicInteger();
      for (int k = 0; k < 4; k++) {
        executor.offer(
            "key-" + k,
            1,
            () -> {
              try {
                meeting.await(20, TimeUnit.SECONDS);
                met.incrementAndGet();
              } catch (BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
              }
              return Verdict.DONE;
            });
      }

      await().atMost(PATIENCE).until(() -> met.get() == 4);
    }

    @Test
    void a_key_goes_to_the_back_after_each_of_its_tasks() {
      var byHand = new ByHand();
      var executor = new KeyedExecutor(byHand, 1, MANY, MANY);
      List<String> log = new ArrayList<>();
      for (String task : List.of("a1", "a2", "a3", "a4", "b1", "b2", "c1")) {
        executor.offer(task.substring(0, 1), 1, noting(log, task));
      }
      byHand.runAll();

      assertThat(log).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
    }

    @Test
    void a_key_with_thousands_of_tasks_delays_another_by_one() throws Exception {
      var executor = executor(1);
      var ranBefore = new AtomicInteger();
      var gate = new CountDownLatch(1);
      for (int i = 0; i < 5000; i++) {
        executor.offer(
            "long",
            1,
            () -> {
              gate.await();
              ranBefore.incrementAndGet();
              return Verdict.DONE;
            });
      }
      var seen = new AtomicInteger(-1);
      executor.offer(
          "short",
          1,
          () -> {
            seen.set(ranBefore.get());
            return Verdict.DONE;
          });
      gate.countDown();
      await().atMost(PATIENCE).until(() -> seen.get() >= 0);

      assertThat(seen.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void many_threads_offer_to_many_keys_and_no_order_is_broken() throws Exception {
      int publishers = 4;
      int perPublisher = 30_000;
      int keys = 97;
      var executor = new KeyedExecutor(pool, 4, 1000, 5_000);
      int[][] last = new int[publishers][keys];
      var broken = new AtomicInteger();
      var done = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int p = 0; p < publishers; p++) {
        int publisher = p;
        var thread =
            new Thread(
                () -> {
                  for (int i = 1; i <= perPublisher; i++) {
                    int key = i % keys;
                    int number = i;
                    KeyedExecutor.Task task =
                        () -> {
                          // Plain memory: only the order per key makes this safe.
                          if (last[publisher][key] >= number) {
                            broken.incrementAndGet();
                          }
                          last[publisher][key] = number;
                          done.incrementAndGet();
                          return Verdict.DONE;
                        };
                    while (!executor.offer("key-" + key, 10, task)) {
                      Thread.onSpinWait();
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      var random = new Random(3);
      while (done.get() < publishers * perPublisher && threads.stream().anyMatch(Thread::isAlive)) {
        executor.limit(random.nextInt(5));
        assertThat(executor.size()).isLessThanOrEqualTo(1000);
        assertThat(executor.bytes()).isLessThanOrEqualTo(5_000);
      }
      executor.limit(4);
      for (Thread thread : threads) {
        thread.join(20_000);
      }
      await().atMost(PATIENCE).until(() -> executor.size() == 0);

      assertThat(done).hasValue(publishers * perPublisher);
      assertThat(broken).hasValue(0);
      assertThat(executor.bytes()).isZero();
      assertThat(executor.running()).isZero();
    }
  }

  @Nested
  class Bounds {
    @Test
    void full_in_entries_refuses_until_one_is_done() {
      var byHand = new ByHand();
      var executor = new KeyedExecutor(byHand, 1, 2, MANY);
      List<String> log = new ArrayList<>();

      assertThat(executor.offer("k", 1, noting(log, "1"))).isTrue();
      assertThat(executor.hasRoom()).isTrue();
      assertThat(executor.offer("k", 1, noting(log, "2"))).isTrue();
      assertThat(executor.hasRoom()).isFalse();
      assertThat(executor.offer("other", 1, noting(log, "3"))).isFalse();
      assertThat(executor.size()).isEqualTo(2);
      byHand.runAll();

      assertThat(log).containsExactly("1", "2");
      assertThat(executor.hasRoom()).isTrue();
      assertThat(executor.size()).isZero();
    }

    @Test
    void full_in_bytes_refuses_what_does_not_fit() {
      var executor = new KeyedExecutor(new ByHand(), 1, MANY, 100);
      List<String> log = new ArrayList<>();

      assertThat(executor.offer("a", 60, noting(log, "1"))).isTrue();
      assertThat(executor.offer("b", 41, noting(log, "2"))).isFalse();
      assertThat(executor.offer("b", Long.MAX_VALUE, noting(log, "2"))).isFalse();
      assertThat(executor.offer("b", 40, noting(log, "2"))).isTrue();
      assertThat(executor.hasRoom()).isFalse();
      assertThat(executor.offer("c", 0, noting(log, "3"))).as("needs no room").isTrue();
      assertThat(executor.bytes()).isEqualTo(100);
    }

    @Test
    void an_entry_larger_than_all_the_room_is_taken_when_alone() {
      var byHand = new ByHand();
      var executor = new KeyedExecutor(byHand, 1, MANY, 100);
      List<String> log = new ArrayList<>();

      assertThat(executor.offer("a", 1000, noting(log, "large"))).isTrue();
      assertThat(executor.hasRoom()).isFalse();
      assertThat(executor.offer("b", 1, noting(log, "small"))).isFalse();
      byHand.runAll();

      assertThat(log).containsExactly("large");
      assertThat(executor.offer("b", 1, noting(log, "small"))).isTrue();
    }

    @Test
    void a_running_task_still_holds_its_room() throws Exception {
      var executor = new KeyedExecutor(pool, 1, 1, MANY);
      var gate = new CountDownLatch(1);
      executor.offer("a", 1, waiting(gate));
      await().atMost(PATIENCE).until(() -> executor.running() == 1);

      assertThat(executor.hasRoom()).isFalse();
      assertThat(executor.size()).isOne();
      gate.countDown();
    }

    @Test
    void senseless_bounds_are_mistakes() {
      assertThatThrownBy(() -> new KeyedExecutor(pool, -1, 1, 1)).hasMessageContaining("limit");
      assertThatThrownBy(() -> new KeyedExecutor(pool, 1, 0, 1)).hasMessageContaining("maxEntries");
      assertThatThrownBy(() -> new KeyedExecutor(pool, 1, 1, 0)).hasMessageContaining("maxBytes");
      assertThatThrownBy(() -> executor(1).limit(-2)).hasMessageContaining("-2");
      assertThatThrownBy(() -> executor(1).offer("k", -3, () -> Verdict.DONE))
          .hasMessageContaining("-3");
    }
  }

  @Nested
  class Limit {
    @Test
    void no_more_than_the_limit_run_at_once_and_no_more_threads_are_taken() {
      var executor = executor(3);
      var gate = new CountDownLatch(1);
      IntStream.range(0, 20).forEach(i -> executor.offer("key-" + i, 1, waiting(gate)));
      await().atMost(PATIENCE).until(() -> executor.running() == 3);

      assertThat(((ThreadPoolExecutor) pool).getActiveCount()).isEqualTo(3);
      assertThat(((ThreadPoolExecutor) pool).getQueue()).isEmpty();
      gate.countDown();
      await().atMost(PATIENCE).until(() -> executor.size() == 0);
    }

    @Test
    void a_higher_limit_starts_more_at_once() {
      var executor = executor(1);
      var gate = new CountDownLatch(1);
      IntStream.range(0, 20).forEach(i -> executor.offer("key-" + i, 1, waiting(gate)));
      await().atMost(PATIENCE).until(() -> executor.running() == 1);

      executor.limit(5);

      assertThat(executor.limit()).isEqualTo(5);
      await().atMost(PATIENCE).until(() -> executor.running() == 5);
      gate.countDown();
    }

    @Test
    void a_lower_limit_starts_nothing_until_enough_have_ended() throws Exception {
      var executor = executor(4);
      var gate = new Semaphore(0);
      for (int i = 0; i < 20; i++) {
        executor.offer(
            "key-" + i,
            1,
            () -> {
              gate.acquire();
              return Verdict.DONE;
            });
      }
      await().atMost(PATIENCE).until(() -> executor.running() == 4);
      executor.limit(2);
      gate.release(2);
      await().atMost(PATIENCE).until(() -> executor.size() == 18);

      assertThat(executor.running()).isEqualTo(2);
      gate.release();
      await().atMost(PATIENCE).until(() -> executor.size() == 17);
      await().atMost(PATIENCE).until(() -> executor.running() == 2);
      gate.release(100);
    }

    @Test
    void paused_starts_nothing_lets_running_ones_end_and_holds_no_thread() throws Exception {
      var executor = executor(2);
      var gate = new CountDownLatch(1);
      IntStream.range(0, 10).forEach(i -> executor.offer("key-" + i, 1, waiting(gate)));
      await().atMost(PATIENCE).until(() -> executor.running() == 2);

      executor.limit(0);
      assertThat(executor.awaitIdle(Duration.ZERO)).isFalse();
      gate.countDown();

      assertThat(executor.awaitIdle(PATIENCE)).isTrue();
      assertThat(executor.size()).isEqualTo(8);
      assertThat(executor.offer("key-3", 1, waiting(gate))).as("still takes").isTrue();
      await().atMost(PATIENCE).until(() -> ((ThreadPoolExecutor) pool).getActiveCount() == 0);
      assertThat(executor.size()).isEqualTo(9);

      executor.limit(2);
      await().atMost(PATIENCE).until(() -> executor.size() == 0);
    }

    @Test
    void pausing_before_a_hired_worker_came_starts_nothing() {
      var byHand = new ByHand();
      var executor = new KeyedExecutor(byHand, 2, MANY, MANY);
      List<String> log = new ArrayList<>();
      executor.offer("a", 1, noting(log, "a"));
      executor.limit(0);
      byHand.runAll();
      assertThat(log).isEmpty();

      executor.limit(1);
      byHand.runAll();
      assertThat(log).containsExactly("a");
    }

    @Test
    void an_idle_executor_holds_no_thread() {
      var executor = executor(4);
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      IntStream.range(0, 100).forEach(i -> executor.offer("key-" + i, 1, noting(log, "x")));
      await().atMost(PATIENCE).until(() -> executor.size() == 0);

      await().atMost(PATIENCE).until(() -> ((ThreadPoolExecutor) pool).getActiveCount() == 0);
      assertThat(log).hasSize(100);
    }

    @Test
    void a_worker_takes_the_next_task_itself() {
      var byHand = new ByHand();
      var executor = new KeyedExecutor(byHand, 1, MANY, MANY);
      List<String> log = new ArrayList<>();
      IntStream.range(0, 100).forEach(i -> executor.offer("key-" + i, 1, noting(log, "x")));

      assertThat(byHand).hasSize(1);
      byHand.remove().run();
      assertThat(log).hasSize(100);
      assertThat(byHand).isEmpty();
    }
  }

  @Nested
  class Again {
    private final ByHand byHand = new ByHand();
    private final KeyedExecutor executor = new KeyedExecutor(byHand, 2, MANY, MANY);
    private final List<String> log = new ArrayList<>();

    private KeyedExecutor.Task twice(String what) {
      var runs = new AtomicInteger();
      return () -> {
        log.add(what);
        return runs.incrementAndGet() == 1 ? Verdict.AGAIN : Verdict.DONE;
      };
    }

    @Test
    void it_stays_at_the_head_of_its_key_and_does_not_spin() {
      executor.offer("a", 5, twice("a1"));
      executor.offer("a", 5, noting(log, "a2"));
      executor.offer("b", 5, noting(log, "b1"));
      byHand.runAll();
      executor.offer("a", 5, noting(log, "a3"));
      byHand.runAll();

      assertThat(log).containsExactly("a1", "b1");
      assertThat(executor.size()).isEqualTo(3);
      assertThat(executor.bytes()).isEqualTo(15);
      assertThat(executor.running()).isZero();

      executor.limit(2);
      byHand.runAll();
      assertThat(log).containsExactly("a1", "b1", "a1", "a2", "a3");
      assertThat(executor.size()).isZero();
    }

    @Test
    void a_limit_of_zero_in_between_does_not_lose_it() {
      executor.offer("a", 1, twice("a1"));
      byHand.runAll();
      executor.limit(0);
      byHand.runAll();
      assertThat(log).containsExactly("a1");

      executor.limit(1);
      byHand.runAll();
      assertThat(log).containsExactly("a1", "a1");
    }

    @Test
    void a_limit_set_while_it_runs_is_not_missed() {
      var runs = new AtomicInteger();
      executor.offer(
          "a",
          1,
          () -> {
            if (runs.incrementAndGet() > 1) {
              return Verdict.DONE;
            }
            executor.limit(1);
            return Verdict.AGAIN;
          });
      byHand.runAll();

      assertThat(runs).hasValue(2);
    }

    @Test
    void it_is_dropped_by_clear() {
      executor.offer("a", 1, twice("a1"));
      executor.offer("a", 1, noting(log, "a2"));
      byHand.runAll();

      assertThat(executor.clear()).isEqualTo(2);
      executor.limit(2);
      byHand.runAll();
      assertThat(log).containsExactly("a1");
    }
  }

  @Nested
  class Failure {
    @Test
    void a_task_that_throws_is_done_and_the_next_of_its_key_runs() {
      var executor = executor(1);
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      executor.offer(
          "a",
          1,
          () -> {
            throw new IllegalStateException("expected by this test");
          });
      executor.offer(
          "a",
          1,
          () -> {
            throw new AssertionError("expected by this test");
          });
      executor.offer("a", 1, noting(log, "after"));

      await().atMost(PATIENCE).until(() -> executor.size() == 0);
      assertThat(log).containsExactly("after");
    }

    @Test
    void an_interrupted_task_is_kept_and_the_other_keys_go_on() throws Exception {
      var executor = executor(1);
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      var runs = new AtomicInteger();
      executor.offer(
          "a",
          1,
          () -> {
            if (runs.incrementAndGet() == 1) {
              throw new InterruptedException("expected by this test");
            }
            return Verdict.DONE;
          });
      executor.offer("b", 1, noting(log, "b"));
      await().atMost(PATIENCE).until(() -> log.contains("b"));
      assertThat(executor.awaitIdle(PATIENCE)).isTrue();

      assertThat(executor.size()).isOne();
      executor.limit(1);
      await().atMost(PATIENCE).until(() -> executor.size() == 0);
      assertThat(runs).hasValue(2);
    }

    @Test
    void a_refused_thread_loses_no_task() {
      var refuse = new AtomicBoolean(true);
      var byHand = new ByHand();
      var executor =
          new KeyedExecutor(
              worker -> {
                if (refuse.get()) {
                  throw new RejectedExecutionException("expected by this test");
                }
                byHand.execute(worker);
              },
              1,
              MANY,
              MANY);
      List<String> log = new ArrayList<>();
      assertThat(executor.offer("a", 1, noting(log, "a"))).isTrue();
      refuse.set(false);
      executor.offer("b", 1, noting(log, "b"));
      byHand.runAll();

      assertThat(log).containsExactly("a", "b");
    }
  }

  @Nested
  class Dropping {
    @Test
    void clear_drops_what_is_queued_and_leaves_what_runs() throws Exception {
      var executor = executor(1);
      var gate = new CountDownLatch(1);
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      executor.offer("a", 7, waiting(gate));
      await().atMost(PATIENCE).until(() -> executor.running() == 1);
      executor.offer("a", 1, noting(log, "a2"));
      executor.offer("b", 1, noting(log, "b1"));

      assertThat(executor.clear()).isEqualTo(2);
      assertThat(executor.clear()).isZero();
      assertThat(executor.size()).isOne();
      assertThat(executor.bytes()).isEqualTo(7);
      executor.offer("a", 1, noting(log, "a3"));
      gate.countDown();
      await().atMost(PATIENCE).until(() -> executor.size() == 0);

      assertThat(log).containsExactly("a3");
      assertThat(executor.bytes()).isZero();
    }

    @Test
    void close_refuses_and_lets_running_ones_end_for_good() throws Exception {
      var executor = executor(1);
      var gate = new CountDownLatch(1);
      var runs = new AtomicInteger();
      executor.offer(
          "a",
          1,
          () -> {
            runs.incrementAndGet();
            gate.await();
            return Verdict.AGAIN;
          });
      await().atMost(PATIENCE).until(() -> executor.running() == 1);
      executor.offer("b", 1, waiting(gate));

      executor.close();
      assertThatCode(executor::close).doesNotThrowAnyException();
      assertThat(executor.offer("c", 1, waiting(gate))).isFalse();
      assertThat(executor.hasRoom()).isFalse();
      gate.countDown();

      assertThat(executor.awaitIdle(PATIENCE)).isTrue();
      assertThat(executor.size()).isZero();
      executor.limit(3);
      assertThat(runs).hasValue(1);
    }
  }

  private static KeyedExecutor.Task waiting(CountDownLatch gate) {
    return () -> {
      gate.await();
      return Verdict.DONE;
    };
  }
}
