package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.status.CompletionPlanner;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusProcessor;
import io.backbeat.task.RetryPolicy;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatusTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0);
  private static final ReplayBudget BUDGET =
      ReplayBudget.of(ReplicationTopics.DEFAULT.replay(), THREE);
  private static final TaskOutcome DONE = new TaskOutcome.Replicated("copy-1");
  private static final TaskOutcome SLOW =
      new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());

  private final InMemoryStores stores = new InMemoryStores();
  private final ConcurrentLinkedQueue<JobEvent> told = new ConcurrentLinkedQueue<>();
  private StatusProcessor processor;
  private StatusPublisher publisher;
  private TopicReader<?> reader;

  @BeforeEach
  void connect() {
    processor =
        new StatusProcessor(
            stores.statuses(),
            stores.failedJobs(),
            stores.queue(),
            CompletionPlanner.NONE,
            location -> THREE,
            RandomGenerator.getDefault(),
            new FailedPublisher(BROKER.connection(), BROKER.topics(), false));
    publisher = new StatusPublisher(BROKER.connection(), BROKER.topics(), BUDGET, processor);
    reader =
        BROKER.started(
            StatusReader.create(
                BROKER.connection(),
                BROKER.topics(),
                BUDGET,
                processor,
                stores.statuses(),
                stores.failedJobs(),
                told::addAll,
                stores.quarantine(),
                Clock.systemUTC()));
  }

  @Test
  void outcomes_of_another_process_are_settled_and_told_here() {
    Metadata object = write("cat", "paris", "tokyo");
    Job paris = job(object, "paris");
    Job tokyo = job(object, "tokyo");

    List<JobEvent> here =
        publisher.settle(
            List.of(new FinishedAttempt(paris, DONE, AT), new FinishedAttempt(tokyo, SLOW, AT)));

    assertThat(here).isEmpty();
    await().until(() -> told.size() == 2);
    assertThat(told)
        .anySatisfy(
            e -> {
              assertThat(e).isInstanceOf(JobEvent.Completed.class);
              assertThat(e.job().withoutPayload()).isEqualTo(paris.withoutPayload());
              assertThat(e.at()).isEqualTo(AT);
            });
    assertThat(statusAt(object, "paris")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(
            stores
                .statuses()
                .find(List.of(object.object()))
                .get(object.object())
                .at(LocationName.of("paris"))
                .orElseThrow()
                .dataStoreVersionId())
        .isEqualTo("copy-1");
    LedgerEntry waiting = stores.failedJobs().find(tokyo.key()).orElseThrow();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.nextAttempt()).contains(AT.plusSeconds(10));
    assertThat(waiting.failure().orElseThrow().errorClass()).isEqualTo("Timeout");
  }

  @Test
  void attempts_of_one_object_are_settled_in_their_order() {
    Metadata object = write("cat", "paris");
    Job job = job(object, "paris");

    for (int i = 0; i < 3; i++) {
      publisher.settle(List.of(new FinishedAttempt(job.withAttempt(i), SLOW, AT.plusSeconds(i))));
    }

    await().until(() -> told.size() == 3);
    assertThat(told).extracting(e -> e.job().attempt()).containsExactly(0, 1, 2);
    assertThat(statusAt(object, "paris")).isEqualTo(SiteStatus.FAILED);
    assertThat(stores.failedJobs().find(job.key()).orElseThrow().state())
        .isEqualTo(JobState.FAILED);
    assertThat(told).last().isInstanceOf(JobEvent.Failed.class);
  }

  @Test
  void a_failure_for_good_is_on_the_failed_topic_when_its_offset_is_committed() {
    Metadata object = write("a:b", "paris");
    ConcurrentLinkedQueue<FailedNotice> notices = new ConcurrentLinkedQueue<>();
    BROKER.started(
        FailedReader.create(
            BROKER.connection(),
            BROKER.topics(),
            BROKER.group("retry"),
            notices::addAll,
            stores.quarantine(),
            Clock.systemUTC()));

    publisher.settle(
        List.of(
            new FinishedAttempt(
                job(object, "paris"), new TaskOutcome.Rejected("AccessDenied", "no"), AT)));

    await().until(() -> !notices.isEmpty());
    assertThat(notices)
        .containsExactly(new FailedNotice(LocationName.of("paris"), object.object(), AT));
  }

  @Test
  void an_outcome_of_an_older_write_changes_nothing() {
    Metadata object = write("cat", "paris");
    Job older = job(object, "paris");
    stores.journal().append(List.of(object.bytes(7).put()));

    publisher.settle(List.of(new FinishedAttempt(older, DONE, AT)));

    await().until(() -> told.size() == 1);
    assertThat(told).singleElement().isInstanceOf(JobEvent.Dropped.class);
    assertThat(statusAt(object, "paris")).isEqualTo(SiteStatus.PENDING);
  }

  @Test
  void messages_of_the_original_are_settled_too() {
    Metadata done = write("done", "paris", "tokyo");
    Metadata failed = write("failed", "paris");
    Metadata last = write("last", "paris");

    sendOriginal(done, "COMPLETED", "v-1", OptionalInt.empty());
    sendOriginal(failed, "FAILED", "", OptionalInt.empty());
    sendOriginal(last, "FAILED", "", OptionalInt.of(0));

    await().until(() -> told.size() == 3);
    assertThat(statusAt(done, "paris")).isEqualTo(SiteStatus.COMPLETED);
    assertThat(statusAt(done, "tokyo")).isEqualTo(SiteStatus.PENDING);
    assertThat(entry(failed).state()).isEqualTo(JobState.WAITING);
    assertThat(entry(failed).job().attempt()).isEqualTo(1);
    assertThat(statusAt(failed, "paris")).isEqualTo(SiteStatus.PENDING);
    assertThat(entry(last).state()).isEqualTo(JobState.FAILED);
    assertThat(statusAt(last, "paris")).isEqualTo(SiteStatus.FAILED);
    assertThat(entry(last).failure().orElseThrow().errorClass()).isEqualTo("ReplicationFailed");
  }

  @Test
  void a_failure_without_count_goes_on_counting_where_the_ledger_stands() {
    Metadata object = write("cat", "paris");
    Job job = job(object, "paris");
    LedgerEntry.Failure before = new LedgerEntry.Failure(AT, AT, "Timeout", "");
    stores.failedJobs().record(List.of(LedgerEntry.waiting(job.withAttempt(2), before, AT)));

    sendOriginal(object, "FAILED", "", OptionalInt.empty());

    await().until(() -> told.size() == 1);
    assertThat(entry(object).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void a_retry_announced_by_the_original_makes_a_failed_status_pending_and_nothing_else() {
    Metadata object = write("cat", "paris");
    Job job = job(object, "paris");
    var unused =
        stores
            .statuses()
            .apply(
                List.of(
                    new StatusChange(
                        job.object(),
                        job.location(),
                        job.revision(),
                        StatusEvent.ATTEMPTS_EXHAUSTED,
                        "")));
    assertThat(statusAt(object, "paris")).isEqualTo(SiteStatus.FAILED);

    sendOriginal(object, "PENDING", "", OptionalInt.empty());

    await().until(() -> statusAt(object, "paris") == SiteStatus.PENDING);
    assertThat(stores.failedJobs().find(job.key())).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void poison_is_set_aside_and_the_next_message_is_settled() {
    Metadata object = write("cat", "paris");
    send("not JSON");
    send("{\"canary\":true}");
    sendOriginal(object, "REPLICA", "", OptionalInt.empty());
    sendOriginal(object, "COMPLETED", "v", OptionalInt.empty());

    await().until(() -> statusAt(object, "paris") == SiteStatus.COMPLETED);
    await().until(() -> reader.progress().quarantined() == 2);
    assertThat(stores.quarantine().list(9))
        .extracting(bad -> bad.position().value())
        .allMatch(place -> place.startsWith(BROKER.connection().topic("backbeat-replication-s")));
  }

  @Test
  void what_the_topic_has_no_messages_for_is_settled_at_once() {
    Job collect = Jobs.aJob().type(JobType.GARBAGE_COLLECTION).build();

    assertThat(publisher.settle(List.of(new FinishedAttempt(collect, DONE, AT))))
        .containsExactly(new JobEvent.Completed(collect, AT));
    Job foreign = Jobs.aJob().payload("{}").build();
    assertThat(publisher.settle(List.of(new FinishedAttempt(foreign, DONE, AT))))
        .singleElement()
        .isInstanceOf(JobEvent.Dropped.class);
    assertThat(publisher.drop(List.of(new NeedlessJob(collect, "gone")), AT))
        .containsExactly(new JobEvent.Dropped(collect, "gone", AT));
  }

  @Test
  void an_outcome_too_large_for_the_topic_is_settled_here_and_the_others_there() {
    Job small = job(write("small", "paris"), "paris");
    Metadata large = write("large", "paris");
    Job found = job(large, "paris");
    String padding = "{\"pad\":\"" + "x".repeat(6 * 1024 * 1024) + "\",";
    Job job =
        new Job(
            found.key(),
            found.revision(),
            found.bytes(),
            0,
            found.createdAt(),
            padding + found.payload().substring(1));

    List<JobEvent> here =
        publisher.settle(
            List.of(new FinishedAttempt(job, DONE, AT), new FinishedAttempt(small, DONE, AT)));

    assertThat(here).extracting(JobEvent::job).extracting(Job::key).containsExactly(job.key());
    assertThat(statusAt(large, "paris")).isEqualTo(SiteStatus.COMPLETED);
    await().until(() -> told.stream().anyMatch(e -> e.job().key().equals(small.key())));
  }

  private Metadata write(String key, String... locations) {
    Metadata object = Metadata.pending("photos", key, locations).version(1);
    stores.journal().append(List.of(object.put()));
    return object;
  }

  private Job job(Metadata object, String location) {
    return new JournalJobs(stores.journal(), Clock.systemUTC())
        .jobFor(object.object(), LocationName.of(location))
        .orElseThrow();
  }

  private LedgerEntry entry(Metadata object) {
    return stores.failedJobs().find(object.object()).get(0);
  }

  private SiteStatus statusAt(Metadata object, String location) {
    return stores
        .statuses()
        .find(List.of(object.object()))
        .get(object.object())
        .at(LocationName.of(location))
        .orElseThrow()
        .status();
  }

  private void sendOriginal(
      Metadata object, String status, String versionId, OptionalInt replayCount) {
    String stored = stores.journal().find(object.object()).orElseThrow();
    send(OriginalMessages.entry(object, stored, "paris", status, versionId, replayCount, true));
  }

  private void send(String message) {
    String topic = BROKER.connection().topic(BROKER.topics().status());
    BROKER
        .connection()
        .send(
            List.of(new ProducerRecord<>(topic, 0, "k".getBytes(UTF_8), message.getBytes(UTF_8))));
  }
}
