package io.backbeat.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeepHealthCheckTest {
  private static final QueueName PARIS = queue("paris");
  private static final QueueName TOKYO = queue("tokyo");
  private static final BackbeatException DOWN =
      new BackbeatException(ErrorCode.INTERNAL_ERROR, "the store does not answer");

  private final ExecutorService workers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void partitions_are_numbered_through_all_queues_in_their_order() {
    DeepHealth health = check(new Answers(Map.of(TOKYO, List.of(true, false)))).check();

    assertThat(health.partitions()).isEqualTo(Map.of(0, true, 1, true, 2, true, 3, false));
    assertThat(health.ok()).isFalse();
    assertThat(health.elapsed()).isPositive();
  }

  @Test
  void queue_that_fails_has_all_its_partitions_in_error_and_the_others_keep_their_numbers() {
    DeepHealth health = check(new Answers(Map.of(PARIS, List.of()))).check();

    assertThat(health.partitions()).isEqualTo(Map.of(0, false, 1, false, 2, true, 3, true));
  }

  @Test
  void store_that_cannot_even_tell_the_partitions_is_an_error() {
    JobQueue queue =
        new Answers(Map.of()) {
          @Override
          public int partitions(QueueName name) {
            throw DOWN;
          }
        };

    assertThatThrownBy(() -> check(queue).check())
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
        .hasMessage("the store does not answer");
  }

  @Test
  void callers_share_the_check_under_way_and_the_next_one_runs_a_new_check() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Answers queue = new Answers(Map.of());
    queue.before = () -> awaitQuietly(go);
    DeepHealthCheck check = check(queue);
    List<CompletableFuture<DeepHealth>> callers =
        List.of(
            CompletableFuture.supplyAsync(check::check, workers),
            CompletableFuture.supplyAsync(check::check, workers));
    await().until(() -> queue.trips.get() == 1);
    CompletableFuture<DeepHealth> late = CompletableFuture.supplyAsync(check::check, workers);

    go.countDown();

    DeepHealth first = callers.get(0).get(10, TimeUnit.SECONDS);
    assertThat(callers.get(1).get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(late.get(10, TimeUnit.SECONDS).ok()).isTrue();
    assertThat(check.check()).isNotSameAs(first);
  }

  @Test
  void engine_that_is_closed_says_so() {
    DeepHealthCheck check = check(new Answers(Map.of()));
    workers.shutdownNow();

    assertThatThrownBy(check::check)
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
  }

  private DeepHealthCheck check(JobQueue queue) {
    return new DeepHealthCheck(queue, List.of(PARIS, TOKYO), workers, Duration.ofSeconds(10));
  }

  private static QueueName queue(String location) {
    return new QueueName(JobType.REPLICATION, LocationName.of(location));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Two partitions a queue; an empty list of answers is a queue that fails. */
  private static class Answers implements JobQueue {
    final AtomicInteger trips = new AtomicInteger();
    private final Map<QueueName, List<Boolean>> answers;
    volatile Runnable before = () -> {};

    Answers(Map<QueueName, List<Boolean>> answers) {
      this.answers = answers;
    }

    @Override
    public SortedMap<Integer, Boolean> roundTrip(QueueName name, Duration atMost) {
      trips.incrementAndGet();
      before.run();
      SortedMap<Integer, Boolean> answered = new TreeMap<>();
      for (Boolean answer : answers.getOrDefault(name, List.of(true, true))) {
        answered.put(answered.size(), answer);
      }
      if (answered.isEmpty()) {
        throw DOWN;
      }
      return answered;
    }

    @Override
    public int partitions(QueueName name) {
      return 2;
    }

    @Override
    public void publish(List<Job> jobs) {
      throw new AssertionError("not asked for");
    }

    @Override
    public JobConsumer consumer(QueueName name) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<PartitionLag> lag(QueueName name) {
      throw new AssertionError("not asked for");
    }
  }
}
