package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.StatusChange;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMessageTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final ReplayBudget FIVE = new ReplayBudget(5);
  private static final Metadata WRITTEN =
      Metadata.pending("photos", "dir/a b", "paris", "tokyo").version(1);

  static List<TaskOutcome> outcomes() {
    return List.of(
        new TaskOutcome.Replicated("copy-1"),
        TaskOutcome.Replicated.WITHOUT_VERSION,
        new TaskOutcome.Retryable("Timeout", "slow: é", Optional.of(Duration.ofSeconds(3))),
        new TaskOutcome.Retryable("Timeout", "", Optional.empty()),
        new TaskOutcome.Rejected("AccessDenied", "no"),
        new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "gone"),
        new TaskOutcome.Skipped(SkipReason.SUPERSEDED, "newer"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void our_own_attempt_comes_back_whole(TaskOutcome outcome) {
    FinishedAttempt told = new FinishedAttempt(job(2), outcome, AT);

    FinishedAttempt read = ended(sent(told));

    assertThat(read.job().withoutPayload()).isEqualTo(told.job().withoutPayload());
    assertThat(read.outcome()).isEqualTo(outcome);
    assertThat(read.at()).isEqualTo(AT);
    assertThat(ObjectMetadata.parse(read.job().payload()).revision())
        .isEqualTo(ObjectMetadata.parse(WRITTEN.json()).revision());
  }

  @Test
  void success_is_written_as_a_processor_of_the_original_does() {
    ProducerRecord<byte[], byte[]> message =
        StatusMessage.of(
            "status", new FinishedAttempt(job(0), new TaskOutcome.Replicated("v-9"), AT), FIVE);

    assertThat(message.key()).asString(UTF_8).isEqualTo("photos%2Fdir%2Fa%20b");
    JsonNode body = Metadata.parse(message.value());
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly("bucket", "key", "value", "site", "ignore", "accountId");
    assertThat(body.get("bucket").asText()).isEqualTo("photos");
    assertThat(body.get("key").asText()).isEqualTo("dir/a b\0" + WRITTEN.versionId());
    assertThat(body.get("site").asText()).isEqualTo("paris");
    JsonNode metadata = Metadata.parse(body.get("value").asText());
    assertThat(metadata.get("originOp").asText())
        .isEqualTo("s3:Replication:OperationCompletedReplication");
    JsonNode info = metadata.get("replicationInfo");
    assertThat(info.get("status").asText()).isEqualTo("PROCESSING");
    assertThat(info.get("backends"))
        .hasToString(
            "[{\"site\":\"paris\",\"status\":\"COMPLETED\",\"dataStoreVersionId\":\"v-9\"},"
                + "{\"site\":\"tokyo\",\"status\":\"PENDING\",\"dataStoreVersionId\":\"\"}]");
  }

  @Test
  void failure_says_how_many_replays_are_left_and_a_final_one_that_none_is() {
    TaskOutcome slow = new TaskOutcome.Retryable("Timeout", "slow", Optional.empty());

    assertThat(body(job(0), slow).has("replayCount")).isFalse();
    assertThat(body(job(1), slow).get("replayCount").asInt()).isEqualTo(4);
    assertThat(body(job(9), slow).get("replayCount").asInt()).isZero();
    assertThat(body(job(0), new TaskOutcome.Rejected("AccessDenied", "")).get("replayCount"))
        .hasToString("0");
    JsonNode info = Metadata.parse(body(job(0), slow).get("value").asText());
    assertThat(info.at("/replicationInfo/status").asText()).isEqualTo("FAILED");
    assertThat(info.at("/originOp").asText())
        .isEqualTo("s3:Replication:OperationFailedReplication");
  }

  @Test
  void what_failed_comes_back_as_a_job_that_can_be_queued_again() {
    Job read =
        ended(sent(new FinishedAttempt(job(0), new TaskOutcome.Rejected("No", ""), AT))).job();

    var info = ObjectMetadata.parse(read.payload()).replicationInfo();
    assertThat(info.backends())
        .singleElement()
        .satisfies(b -> assertThat(b.status()).isEqualTo(SiteStatus.PENDING));
    assertThat(info.storageClass()).isEqualTo("paris");
  }

  @Test
  void completion_told_by_the_original_is_a_success() {
    FinishedAttempt read = ended(original("COMPLETED", "v-1", OptionalInt.empty()));

    assertThat(read.outcome()).isEqualTo(new TaskOutcome.Replicated("v-1"));
    assertThat(read.job().withoutPayload()).isEqualTo(job(0).withoutPayload());
    assertThat(read.at()).isEqualTo(AT);
  }

  @Test
  void failure_told_by_the_original_may_be_tried_again_until_no_replay_is_left() {
    FinishedAttempt first = ended(original("FAILED", "", OptionalInt.empty()));
    assertThat(first.job().attempt()).isZero();
    assertThat(first.outcome())
        .isInstanceOfSatisfying(
            TaskOutcome.Retryable.class,
            r -> assertThat(r.errorClass()).isEqualTo("ReplicationFailed"));

    FinishedAttempt third = ended(original("FAILED", "", OptionalInt.of(3)));
    assertThat(third.job().attempt()).isEqualTo(2);
    assertThat(third.outcome()).isInstanceOf(TaskOutcome.Retryable.class);

    FinishedAttempt last = ended(original("FAILED", "", OptionalInt.of(0)));
    assertThat(last.outcome()).isInstanceOf(TaskOutcome.Rejected.class);
  }

  @Test
  void retry_told_by_an_api_of_the_original_only_asks_for_pending() {
    assertThat(decode(original("PENDING", "", OptionalInt.empty())))
        .contains(
            new StatusNews.RetryQueued(
                new StatusChange(
                    WRITTEN.object(), PARIS, job(0).revision(), StatusEvent.RETRY_REQUESTED, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"canary\":true}", "{\"bootstrapId\":\"12\"}"})
  void test_messages_mean_nothing(String json) {
    assertThat(decode(message(json))).isEmpty();
  }

  @Test
  void what_is_no_news_of_a_status_is_refused() {
    List.of(
            message("no json"),
            message("{}"),
            message("{\"bucket\":\"users..bucket\",\"key\":\"k\",\"value\":\"{}\"}"),
            message("{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{}\",\"site\":\"paris\"}"),
            message("{\"bucket\":\"b\",\"key\":\"k\",\"value\":\"{\",\"site\":\"paris\"}"),
            original("REPLICA", "", OptionalInt.empty()),
            original("DONE", "", OptionalInt.empty()))
        .forEach(
            message ->
                assertThatThrownBy(() -> decode(message))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void headers_that_are_not_ours_to_the_letter_are_refused() {
    ConsumerRecord<byte[], byte[]> message = original("FAILED", "", OptionalInt.empty());
    message.headers().add("backbeat-outcome", "perhaps".getBytes(UTF_8));

    assertThatThrownBy(() -> decode(message)).hasMessageContaining("backbeat-*");
  }

  private static Job job(int attempt) {
    ObjectMetadata metadata = ObjectMetadata.parse(WRITTEN.json());
    return new Job(
        new JobKey(JobType.REPLICATION, WRITTEN.object(), PARIS),
        metadata.revision(),
        100,
        attempt,
        CREATED,
        WRITTEN.json());
  }

  private static JsonNode body(Job job, TaskOutcome outcome) {
    return Metadata.parse(
        StatusMessage.of("status", new FinishedAttempt(job, outcome, AT), FIVE).value());
  }

  private static ConsumerRecord<byte[], byte[]> sent(FinishedAttempt attempt) {
    ProducerRecord<byte[], byte[]> sent = StatusMessage.of("status", attempt, FIVE);
    return record(sent.value(), new RecordHeaders(sent.headers().toArray()));
  }

  private static ConsumerRecord<byte[], byte[]> original(
      String status, String versionId, OptionalInt replayCount) {
    return message(OriginalMessages.entry(WRITTEN, "paris", status, versionId, replayCount, true));
  }

  private static ConsumerRecord<byte[], byte[]> message(String json) {
    return record(json.getBytes(UTF_8), new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "status",
        0,
        7,
        AT.toEpochMilli(),
        TimestampType.CREATE_TIME,
        -1,
        value.length,
        null,
        value,
        headers,
        Optional.empty());
  }

  private static Optional<StatusNews> decode(ConsumerRecord<byte[], byte[]> message) {
    return new StatusDecoder(FIVE).decode(message);
  }

  private static FinishedAttempt ended(ConsumerRecord<byte[], byte[]> message) {
    return ((StatusNews.Ended) decode(message).orElseThrow()).attempt();
  }
}
