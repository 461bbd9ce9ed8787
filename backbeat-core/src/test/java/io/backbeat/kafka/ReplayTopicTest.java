package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplayTopics;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.task.RetryPolicy;
import io.backbeat.testing.Metadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayTopicTest {
  @RegisterExtension static final TopicBroker BROKER = new TopicBroker();

  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final RetryPolicy POLICY =
      new RetryPolicy(6, Duration.ofSeconds(10), Duration.ofMinutes(5), 2, 0);

  private final InMemoryStores stores = new InMemoryStores();

  @Test
  void a_job_to_be_replayed_waits_in_the_ledger_as_long_as_the_policy_says() {
    Metadata object = write("cat");
    start("paris");

    send(object, OptionalInt.of(3));

    LedgerEntry entry = awaitEntry(object);
    assertThat(entry.state()).isEqualTo(JobState.WAITING);
    assertThat(entry.job().attempt()).isEqualTo(2);
    assertThat(entry.nextAttempt()).contains(AT.plusSeconds(20));
    assertThat(entry.job().withoutPayload().withAttempt(0)).isEqualTo(job(object).withoutPayload());
    assertThat(
            ObjectMetadata.parse(entry.job().payload())
                .replicationInfo()
                .at(PARIS)
                .orElseThrow()
                .status())
        .isEqualTo(SiteStatus.PENDING);
  }

  @Test
  void a_message_that_comes_again_changes_nothing() {
    Metadata object = write("cat");
    Job job = job(object);
    LedgerEntry.Failure failure = new LedgerEntry.Failure(AT, AT, "Timeout", "");
    LedgerEntry known = LedgerEntry.waiting(job.withAttempt(2), failure, AT.plusSeconds(999));
    stores.failedJobs().record(List.of(known));
    TopicReader<?> reader = start("paris");

    send(object, OptionalInt.of(3));

    await().until(() -> reader.progress().handled() == 1);
    assertThat(stores.failedJobs().find(job.key()).orElseThrow().nextAttempt())
        .isEqualTo(known.nextAttempt());
  }

  @Test
  void a_job_in_its_queue_that_failed_elsewhere_waits_from_now_on() {
    Metadata object = write("cat");
    stores.failedJobs().record(List.of(LedgerEntry.queued(job(object))));
    start("paris");

    send(object, OptionalInt.of(4));

    await()
        .until(() -> stores.failedJobs().find(object.object()).get(0).state() == JobState.WAITING);
  }

  @Test
  void a_job_of_an_older_write_is_forgotten_and_one_of_the_newest_replaces_it() {
    Metadata object = write("cat");
    String older =
        OriginalMessages.entry(
            object, stored(object), "paris", "PENDING", "", OptionalInt.of(4), false);
    stores.journal().append(List.of(object.bytes(7).put()));
    LedgerEntry.Failure failure = new LedgerEntry.Failure(AT, AT, "Timeout", "");
    Job stale = new Job(job(object).key(), "older", 1, 1, AT, "{}");
    stores.failedJobs().record(List.of(LedgerEntry.waiting(stale, failure, AT)));
    TopicReader<?> reader = start("paris");

    send(older);
    await().until(() -> reader.progress().handled() == 1);
    assertThat(stores.failedJobs().find(stale.key()).orElseThrow().job().revision())
        .isEqualTo("older");
    send(object, OptionalInt.of(4));

    await().until(() -> reader.progress().handled() == 2);
    assertThat(stores.failedJobs().find(stale.key()).orElseThrow().job().revision())
        .isEqualTo(job(object).revision());
  }

  @Test
  void each_location_takes_its_own_jobs_and_poison_stops_none() {
    Metadata object = Metadata.pending("photos", "cat", "paris", "tokyo").version(1);
    stores.journal().append(List.of(object.put()));
    TopicReader<?> paris = start("paris");
    TopicReader<?> tokyo = start("tokyo");

    send("poison");
    send("{\"canary\":true}");
    send(object, OptionalInt.of(4));

    await().until(() -> paris.progress().handled() == 1 && tokyo.progress().skipped() == 2);
    assertThat(paris.progress().quarantined()).isEqualTo(1);
    assertThat(stores.failedJobs().find(object.object()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.job().location()).isEqualTo(PARIS));
    assertThat(stores.quarantine().count()).isEqualTo(1);
  }

  @Test
  void without_replay_topics_there_is_nothing_to_read() {
    ReplicationTopics with = ReplicationTopics.DEFAULT;
    ReplicationTopics without =
        new ReplicationTopics(
            with.replication(),
            with.status(),
            with.failed(),
            new ReplayTopics(List.of()),
            with.dataMover(),
            with.gc(),
            with.metrics(),
            with.processorGroup(),
            with.statusGroup(),
            with.gcGroup());

    assertThatThrownBy(() -> create(without, "paris"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has none");
  }

  private TopicReader<?> start(String location) {
    return BROKER.started(create(BROKER.topics(), location));
  }

  private TopicReader<?> create(ReplicationTopics topics, String location) {
    return ReplayReader.create(
        BROKER.connection(),
        topics,
        LocationName.of(location),
        ReplayBudget.of(topics.replay(), POLICY),
        stores.failedJobs(),
        stores.statuses(),
        POLICY,
        RandomGenerator.getDefault(),
        stores.quarantine(),
        Clock.systemUTC());
  }

  private LedgerEntry awaitEntry(Metadata object) {
    return await()
        .until(
            () -> stores.failedJobs().find(object.object()).stream().findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private Metadata write(String key) {
    Metadata object = Metadata.pending("photos", key, "paris").version(1);
    stores.journal().append(List.of(object.put()));
    return object;
  }

  private String stored(Metadata object) {
    return stores.journal().find(object.object()).orElseThrow();
  }

  private Job job(Metadata object) {
    return new JournalJobs(stores.journal(), Clock.systemUTC())
        .jobFor(object.object(), PARIS)
        .orElseThrow();
  }

  private void send(Metadata object, OptionalInt replayCount) {
    send(
        OriginalMessages.entry(object, stored(object), "paris", "PENDING", "", replayCount, false));
  }

  private void send(String message) {
    String topic = BROKER.connection().topic("backbeat-replication-replay-0");
    BROKER
        .connection()
        .send(
            List.of(
                new ProducerRecord<>(topic, 0, AT.toEpochMilli(), null, message.getBytes(UTF_8))));
  }
}
