package io.backbeat.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.HealthReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.TopicHealth;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthReporterTest {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void endChecks() {
    release.countDown();
    executor.shutdownNow();
  }

  private HealthReport report(Duration deadline, HealthProbe... probes) {
    return new HealthReporter(List.of(probes), executor, deadline).report();
  }

  private static HealthProbe fine(String component) {
    return HealthProbe.answering(component, () -> {});
  }

  private HealthProbe hanging(AtomicInteger started) {
    return HealthProbe.answering(
        "hanging",
        () -> {
          started.incrementAndGet();
          awaitRelease();
        });
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void parts_are_reported_in_their_order() {
    HealthProbe slow =
        new HealthProbe("breaker", () -> new ComponentHealth("breaker", State.DEGRADED, "open"));
    HealthReport report = report(Duration.ofSeconds(10), fine("store"), slow, fine("populator"));
    assertThat(report.components())
        .extracting(ComponentHealth::component)
        .containsExactly("store", "breaker", "populator");
    assertThat(report.overall()).isEqualTo(State.DEGRADED);
  }

  @Test
  void nothing_to_ask_is_fine() {
    assertThat(report(Duration.ofSeconds(10)).overall()).isEqualTo(State.OK);
  }

  @Test
  void probe_that_throws_is_failing_and_says_why() {
    HealthProbe broken =
        HealthProbe.answering(
            "store",
            () -> {
              throw new IllegalStateException("disk is full");
            });
    HealthReport report = report(Duration.ofSeconds(10), broken, fine("populator"));
    assertThat(report.components().get(0).state()).isEqualTo(State.FAILING);
    assertThat(report.components().get(0).detail()).contains("disk is full");
    assertThat(report.components().get(1).state()).isEqualTo(State.OK);
  }

  @Test
  void probe_that_hangs_is_failing_at_the_deadline_and_delays_no_other() {
    HealthReport report =
        report(Duration.ofMillis(200), hanging(new AtomicInteger()), fine("populator"));
    assertThat(report.components())
        .extracting(ComponentHealth::state)
        .containsExactly(State.FAILING, State.OK);
    assertThat(report.components().get(0).detail()).contains("PT0.2S");
  }

  @Test
  void probe_that_hangs_is_not_started_again_and_recovers() {
    AtomicInteger started = new AtomicInteger();
    HealthReporter reporter =
        new HealthReporter(List.of(hanging(started)), executor, Duration.ofMillis(20));
    for (int i = 0; i < 5; i++) {
      assertThat(reporter.report().overall()).isEqualTo(State.FAILING);
    }
    assertThat(started).hasValue(1);
    release.countDown();
    org.awaitility.Awaitility.await().until(() -> reporter.report().overall() == State.OK);
  }

  @Test
  void executor_that_refuses_is_failing() {
    executor.shutdownNow();
    HealthReport report = report(Duration.ofSeconds(10), fine("store"));
    assertThat(report.overall()).isEqualTo(State.FAILING);
    assertThat(report.components().get(0).detail()).contains("RejectedExecution");
  }

  @Test
  void interrupted_report_still_answers_and_keeps_the_interrupt() {
    Thread.currentThread().interrupt();
    HealthReport report = report(Duration.ofSeconds(20), hanging(new AtomicInteger()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.components().get(0).detail()).contains("interrupted");
  }

  @Test
  void topics_that_cannot_be_asked_for_are_a_failing_part_and_the_others_are_reported() {
    StubQueue broken = new StubQueue();
    HealthReport report =
        new HealthReporter(
                List.of(fine("store")),
                TopicsProbe.of(
                    broken, new QueueName(JobType.REPLICATION, LocationName.of("paris"))),
                executor,
                Duration.ofSeconds(10))
            .report();
    assertThat(report.topics()).isEmpty();
    assertThat(report.components())
        .extracting(ComponentHealth::component, ComponentHealth::state)
        .containsExactly(tuple("store", State.OK), tuple("topics", State.FAILING));

    broken.topic = Optional.of(new TopicHealth("backbeat-replication", List.of(), 1));
    assertThat(
            new HealthReporter(
                    List.of(),
                    TopicsProbe.of(
                        broken, new QueueName(JobType.REPLICATION, LocationName.of("paris"))),
                    executor,
                    Duration.ofSeconds(10))
                .report()
                .topics())
        .extracting(TopicHealth::name)
        .containsExactly("backbeat-replication");
  }

  /** Tells its topic, or fails while it has none. */
  private static final class StubQueue implements JobQueue {
    private Optional<TopicHealth> topic = Optional.empty();

    @Override
    public Optional<TopicHealth> topic(QueueName queue) {
      if (topic.isEmpty()) {
        throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "Kafka does not answer");
      }
      return topic;
    }

    @Override
    public void publish(List<Job> jobs) {
      throw new AssertionError("not asked for");
    }

    @Override
    public JobConsumer consumer(QueueName queue) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<PartitionLag> lag(QueueName queue) {
      throw new AssertionError("not asked for");
    }

    @Override
    public int partitions(QueueName queue) {
      throw new AssertionError("not asked for");
    }

    @Override
    public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
      throw new AssertionError("not asked for");
    }
  }
}
