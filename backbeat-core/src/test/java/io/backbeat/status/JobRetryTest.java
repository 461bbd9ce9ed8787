package io.backbeat.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.JobConsumer;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Concurrently;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobRetryTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final QueueName QUEUE = new QueueName(JobType.REPLICATION, PARIS);

  private final MutableClock clock = MutableClock.create();
  private final FailedVersions versions = new FailedVersions(clock);
  private final FailedJobStore ledger = versions.stores().failedJobs();
  private final List<JobEvent> events = new CopyOnWriteArrayList<>();
  private final JobRetry retry = retryThrough(versions.stores().queue());

  private JobRetry retryThrough(JobQueue queue) {
    return new JobRetry(
        ledger, versions.stores().statuses(), queue, versions::jobFor, events::add, clock);
  }

  private static RetryRequest ask(ObjectVersion object) {
    return RetryRequest.of(object, PARIS);
  }

  private static RetryRequest force(ObjectVersion object) {
    return new RetryRequest(object, PARIS, true);
  }

  private List<Job> queued() {
    try (JobConsumer consumer = versions.stores().queue().consumer(QUEUE)) {
      consumer.listener(
          new JobConsumer.AssignmentListener() {
            @Override
            public void assigned(Set<Integer> partitions, int generation) {}

            @Override
            public void revoked(Set<Integer> partitions) {}
          });
      List<Job> jobs = new ArrayList<>();
      List<Delivery> polled;
      do {
        polled = consumer.poll(1000, Duration.ofMillis(20));
        polled.forEach(delivery -> jobs.add(((Delivery.OfJob) delivery).job()));
      } while (!polled.isEmpty());
      return jobs;
    }
  }

  @Test
  void recorded_failure_is_queued_again_with_a_new_budget() {
    ObjectVersion object = versions.failed("photo", "paris");
    assertThat(retry.retry(List.of(ask(object))))
        .containsExactly(
            new RetryResult(object, PARIS, 7, FailedVersions.CREATED, SiteStatus.PENDING));
    assertThat(queued()).containsExactly(versions.job(object, "paris"));
    assertThat(versions.status(object, "paris")).isEqualTo(SiteStatus.PENDING);
    assertThat(versions.ledger(object, "paris"))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.state()).isEqualTo(JobState.QUEUED);
              assertThat(entry.job().attempt()).isZero();
              assertThat(entry.failure()).contains(FailedVersions.failure());
            });
    assertThat(events)
        .containsExactly(new JobEvent.Requeued(versions.job(object, "paris"), clock.instant()));
  }

  @Test
  void other_locations_of_the_version_are_left_alone() {
    ObjectVersion object = versions.failed("photo", "paris", "tokyo");
    retry.retry(List.of(ask(object)));
    assertThat(versions.status(object, "tokyo")).isEqualTo(SiteStatus.FAILED);
    assertThat(versions.ledger(object, "tokyo"))
        .hasValueSatisfying(e -> assertThat(e.state()).isEqualTo(JobState.FAILED));
  }

  @Test
  void nothing_recorded_is_nothing_queued() {
    ObjectVersion written = versions.written("photo", "paris");
    assertThat(
            retry.retry(List.of(ask(written), ask(ObjectVersion.unversioned("bucket", "unknown")))))
        .isEmpty();
    assertThat(retry.retry(List.of())).isEmpty();
    assertThat(queued()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void fifty_failures_at_five_locations_are_all_queued() {
    String[] sites = {"paris", "tokyo", "lima", "oslo", "cairo"};
    List<RetryRequest> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ObjectVersion object = versions.failed("key-" + i, sites);
      for (String site : sites) {
        requests.add(RetryRequest.of(object, LocationName.of(site)));
      }
    }
    assertThat(retry.retry(requests))
        .extracting(result -> RetryRequest.of(result.object(), result.location()))
        .containsExactlyElementsOf(requests);
  }

  @Test
  void more_requests_than_one_batch_are_all_queued() {
    List<RetryRequest> requests =
        IntStream.range(0, 250).mapToObj(i -> ask(versions.failed("key-" + i, "paris"))).toList();
    assertThat(retry.retry(requests)).hasSize(250);
    assertThat(queued()).hasSize(250);
  }

  @Test
  void repeated_request_counts_once() {
    ObjectVersion object = versions.failed("photo", "paris");
    assertThat(retry.retry(List.of(ask(object), force(object), ask(object)))).hasSize(1);
    assertThat(retry.retry(List.of(ask(object)))).isEmpty();
    assertThat(queued()).hasSize(1);
  }

  @Test
  void one_failure_is_queued_once_by_eight_threads() throws Exception {
    for (int round = 0; round < 50; round++) {
      ObjectVersion object = versions.failed("photo-" + round, "paris");
      List<Integer> results = Concurrently.run(8, i -> retry.retry(List.of(ask(object))).size());
      assertThat(results.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    }
    assertThat(queued()).hasSize(50);
    assertThat(events).hasSize(50);
  }

  @Test
  void failure_of_an_older_revision_is_forgotten() {
    ObjectVersion object = versions.failed("photo", "paris");
    versions.written("photo", "paris");
    assertThat(retry.retry(List.of(ask(object)))).isEmpty();
    assertThat(versions.ledger(object, "paris")).isEmpty();
    assertThat(queued()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void failure_of_a_version_that_has_arrived_meanwhile_is_forgotten() {
    ObjectVersion object = versions.failed("photo", "paris");
    versions.move(object, "paris", StatusEvent.REPLICATED);
    assertThat(retry.retry(List.of(ask(object)))).isEmpty();
    assertThat(versions.status(object, "paris")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(versions.ledger(object, "paris")).isEmpty();
  }

  @Test
  void job_that_fails_again_before_the_retry_returns_stays_failed() {
    ObjectVersion object = versions.failed("photo", "paris");
    LedgerEntry again =
        LedgerEntry.failed(versions.job(object, "paris").withAttempt(1), FailedVersions.failure());
    retryThrough(publishing(jobs -> ledger.record(List.of(again)))).retry(List.of(ask(object)));
    assertThat(versions.ledger(object, "paris"))
        .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(JobState.FAILED));
  }

  @Test
  void job_that_is_done_before_the_retry_returns_leaves_nothing_behind() {
    ObjectVersion object = versions.failed("photo", "paris");
    Job job = versions.job(object, "paris");
    retryThrough(
            publishing(
                jobs ->
                    ledger.remove(List.of(new FailedJobStore.Finished(job.key(), job.revision())))))
        .retry(List.of(ask(object)));
    assertThat(versions.ledger(object, "paris")).isEmpty();
  }

  @Test
  void job_that_could_not_be_queued_comes_back_by_itself() {
    ObjectVersion object = versions.failed("photo", "paris");
    JobRetry cut =
        retryThrough(
            publishing(
                jobs -> {
                  throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "queue does not answer");
                }));
    assertThatThrownBy(() -> cut.retry(List.of(ask(object)))).isInstanceOf(BackbeatException.class);
    assertThat(events).isEmpty();
    assertThat(ledger.takeDue(clock.instant(), Duration.ofMinutes(1), 10)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(ledger.takeDue(clock.instant(), Duration.ofMinutes(1), 10))
        .extracting(entry -> entry.job().key())
        .containsExactly(versions.job(object, "paris").key());
  }

  @Test
  void listener_that_throws_harms_nobody() {
    ObjectVersion object = versions.failed("photo", "paris");
    JobRetry deaf =
        new JobRetry(
            ledger,
            versions.stores().statuses(),
            versions.stores().queue(),
            versions::jobFor,
            event -> {
              throw new IllegalStateException("a listener that a test broke on purpose");
            },
            clock);
    assertThat(deaf.retry(List.of(ask(object)))).hasSize(1);
  }

  @Test
  void force_queues_a_version_that_is_not_recorded() {
    ObjectVersion object = versions.written("photo", "paris");
    assertThat(retry.retry(List.of(force(object)))).hasSize(1);
    assertThat(queued()).containsExactly(versions.job(object, "paris"));
    assertThat(versions.ledger(object, "paris"))
        .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(JobState.QUEUED));
    assertThat(events).as("it was pending all the time").isEmpty();
  }

  @Test
  void force_of_a_failed_version_that_is_not_recorded_makes_it_pending() {
    ObjectVersion object = versions.written("photo", "paris");
    versions.move(object, "paris", StatusEvent.ATTEMPTS_EXHAUSTED);
    assertThat(retry.retry(List.of(force(object)))).hasSize(1);
    assertThat(versions.status(object, "paris")).isEqualTo(SiteStatus.PENDING);
    assertThat(events).hasSize(1);
  }

  @Test
  void force_leaves_out_what_is_done_unknown_or_not_to_go_there() {
    ObjectVersion done = versions.written("done", "paris");
    versions.move(done, "paris", StatusEvent.REPLICATED);
    ObjectVersion elsewhere = versions.written("elsewhere", "tokyo");
    assertThat(
            retry.retry(
                List.of(
                    force(done),
                    force(elsewhere),
                    force(ObjectVersion.unversioned("bucket", "unknown")))))
        .isEmpty();
    assertThat(queued()).isEmpty();
    assertThat(versions.ledger(done, "paris")).isEmpty();
  }

  @Test
  void force_does_not_queue_a_second_time_what_is_in_its_queue() {
    ObjectVersion object = versions.written("photo", "paris");
    versions.record(LedgerEntry.queued(versions.job(object, "paris")));
    assertThat(retry.retry(List.of(force(object)))).isEmpty();
    assertThat(queued()).isEmpty();
  }

  @Test
  void force_does_not_wait_for_the_next_attempt() {
    ObjectVersion object = versions.written("photo", "paris");
    Job job = versions.job(object, "paris").withAttempt(2);
    versions.record(
        LedgerEntry.waiting(
            job, FailedVersions.failure(), clock.instant().plus(Duration.ofHours(1))));
    assertThat(retry.retry(List.of(ask(object)))).as("without force").isEmpty();
    assertThat(retry.retry(List.of(force(object)))).hasSize(1);
    assertThat(queued()).containsExactly(job.withAttempt(0));
    assertThat(versions.ledger(object, "paris"))
        .hasValueSatisfying(
            entry -> assertThat(entry.failure()).contains(FailedVersions.failure()));
    assertThat(ledger.nextDue()).isEmpty();
    assertThat(events).as("it was pending all the time").isEmpty();
  }

  @Test
  void failure_that_is_recorded_without_payload_gets_its_job_from_the_metadata() {
    ObjectVersion object = versions.failed("photo", "paris");
    Job bare = versions.job(object, "paris").withAttempt(3).withoutPayload();
    versions.record(LedgerEntry.failed(bare, FailedVersions.failure()));

    assertThat(retry.retry(List.of(ask(object)))).hasSize(1);
    assertThat(queued()).containsExactly(versions.job(object, "paris"));
    assertThat(versions.ledger(object, "paris").orElseThrow().state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void failure_without_payload_that_tells_no_revision_is_retried_as_the_metadata_tells() {
    ObjectVersion object = versions.written("photo", "paris");
    versions.move(object, "paris", StatusEvent.ATTEMPTS_EXHAUSTED);
    Job known = versions.job(object, "paris");
    Job bare = new Job(known.key(), "", 7, 3, FailedVersions.CREATED, "");
    versions.record(LedgerEntry.failed(bare, FailedVersions.failure()));

    assertThat(retry.retry(List.of(ask(object)))).hasSize(1);
    assertThat(queued()).containsExactly(known);
    assertThat(versions.ledger(object, "paris"))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.state()).isEqualTo(JobState.QUEUED);
              assertThat(entry.job().revision()).isEqualTo(known.revision());
              assertThat(entry.failure()).contains(FailedVersions.failure());
            });
  }

  @Test
  void failure_for_which_no_job_can_be_made_stays_listed_while_its_version_exists() {
    ObjectVersion object = versions.failed("photo", "paris");
    Job bare = versions.job(object, "paris").withoutPayload();
    versions.record(LedgerEntry.failed(bare, FailedVersions.failure()));
    JobRetry blind =
        new JobRetry(
            ledger,
            versions.stores().statuses(),
            versions.stores().queue(),
            (o, location) -> Optional.empty(),
            events::add,
            clock);

    assertThat(blind.retry(List.of(ask(object)))).isEmpty();
    assertThat(versions.ledger(object, "paris").orElseThrow().state()).isEqualTo(JobState.FAILED);
    assertThat(queued()).isEmpty();
  }

  /** Publishes nothing, and does something instead. */
  private static JobQueue publishing(Consumer<List<Job>> instead) {
    return new JobQueue() {
      @Override
      public void publish(List<Job> jobs) {
        instead.accept(jobs);
      }

      @Override
      public JobConsumer consumer(QueueName queue) {
        throw new UnsupportedOperationException("nobody consumes here");
      }

      @Override
      public List<PartitionLag> lag(QueueName queue) {
        return List.of();
      }

      @Override
      public int partitions(QueueName queue) {
        return 1;
      }

      @Override
      public SortedMap<Integer, Boolean> roundTrip(QueueName queue, Duration atMost) {
        throw new UnsupportedOperationException("nobody asks for it here");
      }
    };
  }
}
