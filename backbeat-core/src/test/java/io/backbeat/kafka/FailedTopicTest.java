package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.StatusEvent;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailedTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final LocationName PARIS = LocationName.of("paris");

  private final InMemoryStores stores = new InMemoryStores();

  @Test
  void published_failures_are_read_and_poison_between_them_is_set_aside() {
    ConcurrentLinkedQueue<FailedNotice> read = new ConcurrentLinkedQueue<>();
    BROKER.started(
        FailedReader.create(
            BROKER.connection(),
            BROKER.topics(),
            BROKER.group(FailedReader.GROUP),
            read::addAll,
            stores.quarantine(),
            Clock.systemUTC()));
    FailedPublisher publisher = new FailedPublisher(BROKER.connection(), BROKER.topics(), true);
    Job first = Jobs.aJob().key("a:b:").build();
    Job second = Jobs.aJob().object(new ObjectVersion("b", "k", "null")).build();

    publisher.failed(List.of(failed(first)));
    BROKER
        .connection()
        .send(
            List.of(
                new ProducerRecord<>(
                    BROKER.connection().topic("backbeat-replication-failed"),
                    "{\"key\":1".getBytes(UTF_8))));
    publisher.failed(
        List.of(failed(second), failed(Jobs.aJob().type(JobType.GARBAGE_COLLECTION).build())));

    await().until(() -> read.size() == 2 && stores.quarantine().count() == 1);
    assertThat(read)
        .containsExactlyInAnyOrder(
            new FailedNotice(PARIS, first.object(), AT),
            new FailedNotice(PARIS, second.object(), AT));
  }

  @Test
  void a_failure_that_only_others_know_of_is_recorded_once() {
    Metadata object = write("cat");
    FailedNotice notice = new FailedNotice(PARIS, object.object(), AT);

    notices().accept(List.of(notice, notice));
    notices().accept(List.of(new FailedNotice(PARIS, object.object(), AT.plusSeconds(9))));

    assertThat(stores.failedJobs().find(object.object()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.state()).isEqualTo(JobState.FAILED);
              assertThat(entry.failure().orElseThrow().last()).isEqualTo(AT);
              assertThat(entry.job().bytes()).isEqualTo(100);
            });
    assertThat(
            stores
                .failedJobs()
                .takeFailed(
                    new JobKey(JobType.REPLICATION, object.object(), PARIS),
                    AT,
                    java.time.Duration.ofMinutes(1)))
        .isPresent();
  }

  @Test
  void a_job_that_the_ledger_knows_is_left_as_it_is() {
    Metadata object = write("cat");
    Job job = job(object).orElseThrow();
    stores.failedJobs().record(List.of(LedgerEntry.queued(job)));

    notices().accept(List.of(new FailedNotice(PARIS, object.object(), AT)));

    assertThat(stores.failedJobs().find(job.key()).orElseThrow().state())
        .isEqualTo(JobState.QUEUED);
  }

  @Test
  void an_old_notice_of_a_version_that_is_done_or_gone_says_nothing() {
    Metadata done = write("done");
    Job job = job(done).orElseThrow();
    var unused =
        stores
            .statuses()
            .apply(
                List.of(
                    new StatusChange(
                        job.object(), PARIS, job.revision(), StatusEvent.REPLICATED, "")));
    ObjectVersion gone = ObjectVersion.unversioned("photos", "gone");

    notices()
        .accept(
            List.of(
                new FailedNotice(PARIS, done.object(), AT),
                new FailedNotice(PARIS, gone, AT),
                new FailedNotice(LocationName.of("oslo"), write("cat").object(), AT)));

    assertThat(stores.failedJobs().counts(JobType.REPLICATION)).isEmpty();
  }

  private FailedNotices notices() {
    return new FailedNotices(
        stores.failedJobs(),
        stores.statuses(),
        new JournalJobs(stores.journal(), Clock.systemUTC()));
  }

  private Metadata write(String key) {
    Metadata object = Metadata.pending("photos", key, "paris").version(1);
    stores.journal().append(List.of(object.put()));
    return object;
  }

  private Optional<Job> job(Metadata object) {
    return new JournalJobs(stores.journal(), Clock.systemUTC()).jobFor(object.object(), PARIS);
  }

  private static JobEvent.Failed failed(Job job) {
    return new JobEvent.Failed(job, "Timeout", "slow", AT);
  }
}
