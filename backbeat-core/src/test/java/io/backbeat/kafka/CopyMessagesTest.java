package io.backbeat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyMessagesTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-22T12:00:00Z");

  /** As lifecycle's bucket processor writes it. */
  static final String COPY =
      "{\"actionId\":\"0f7f9ffb-2e7c-4b36-ab03-7ff5f6ec4a9d\",\"action\":\"copyLocation\","
          + "\"contextInfo\":{\"origin\":\"lifecycle\",\"ruleType\":\"transition\",\"reqId\":\"r1\","
          + "\"triggerTime\":1732200000000},"
          + "\"target\":{\"accountId\":\"123456789012\",\"owner\":\"79a59df9\",\"bucket\":\"b1\","
          + "\"key\":\"dir/k \\u00e9\",\"version\":\"aJdO148N3LjN00000000001I4j3QKItW\","
          + "\"eTag\":\"\\\"d41d8cd98f00b204e9800998ecf8427e\\\"\",\"attempt\":1,"
          + "\"lastModified\":\"2026-11-20T10:00:00.000Z\"},"
          + "\"toLocation\":\"cold-site\","
          + "\"source\":{\"bucket\":\"b1\",\"objectKey\":\"dir/k \\u00e9\","
          + "\"storageClass\":\"us-east-1\",\"lastModified\":\"2026-11-20T10:00:00.000Z\"},"
          + "\"metrics\":{\"origin\":\"lifecycle\",\"fromLocation\":\"us-east-1\","
          + "\"contentLength\":1234,\"transitionTime\":\"2026-11-22T10:00:00.000Z\"},"
          + "\"resultsTopic\":\"backbeat-lifecycle-transition-tasks\"}";

  private static ConsumerRecord<byte[], byte[]> record(String value, Iterable<Header> headers) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "t",
            0,
            0,
            WRITTEN.toEpochMilli(),
            TimestampType.CREATE_TIME,
            -1,
            -1,
            null,
            value.getBytes(UTF_8),
            new org.apache.kafka.common.header.internals.RecordHeaders(headers),
            Optional.empty());
    return record;
  }

  private static Decoded decoded(String value) {
    return RecordCodec.decode(JobType.COPY_LOCATION, record(value, List.of()));
  }

  private static Job job(String value) {
    return ((Decoded.Jobs) decoded(value)).jobs().get(0);
  }

  private static ProducerRecord<byte[], byte[]> written(Job job) {
    return RecordCodec.records("p.", ReplicationTopics.DEFAULT, List.of(job)).get(0);
  }

  @Test
  void action_of_lifecycle_is_a_job_of_the_location_it_names() {
    assertThat(job(COPY))
        .isEqualTo(
            new Job(
                new JobKey(
                    JobType.COPY_LOCATION,
                    new ObjectVersion("b1", "dir/k é", "aJdO148N3LjN00000000001I4j3QKItW"),
                    LocationName.of("cold-site")),
                "0f7f9ffb-2e7c-4b36-ab03-7ff5f6ec4a9d",
                1234,
                0,
                WRITTEN,
                COPY));
  }

  @Test
  void repeated_job_is_the_action_to_the_letter_with_its_attempts_in_headers() {
    Job repeated = job(COPY).withAttempt(3);

    ProducerRecord<byte[], byte[]> record = written(repeated);

    assertThat(record.topic()).isEqualTo("p.backbeat-data-mover");
    assertThat(new String(record.key(), UTF_8)).isEqualTo("b1/dir/k é");
    assertThat(new String(record.value(), UTF_8)).isEqualTo(COPY);
    Decoded back = RecordCodec.decode(JobType.COPY_LOCATION, record(COPY, record.headers()));
    assertThat(((Decoded.Jobs) back).jobs()).containsExactly(repeated);
  }

  @Test
  void job_that_no_action_describes_goes_into_a_message_of_our_own() {
    Job own = Jobs.aJob().type(JobType.COPY_LOCATION).payload("not JSON").build();

    ProducerRecord<byte[], byte[]> record = written(own);

    assertThat(new String(record.key(), UTF_8)).isEqualTo("bucket/key");
    assertThat(decoded(new String(record.value(), UTF_8)))
        .isEqualTo(new Decoded.Jobs(List.of(own)));
  }

  @Test
  void same_key_in_another_bucket_and_another_action_are_other_work() {
    Job one = job(COPY);
    Job other = job(COPY.replace("\"bucket\":\"b1\"", "\"bucket\":\"b2\""));
    Job again = job(COPY.replace("0f7f9ffb", "1f7f9ffb"));

    assertThat(other.key()).isNotEqualTo(one.key());
    assertThat(again.key()).isEqualTo(one.key());
    assertThat(again.revision()).isNotEqualTo(one.revision());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"gc\",\"target\":{}}",
        "{\"action\":\"requeueTransition\"}",
        "{\"target\":{\"bucket\":\"b\",\"key\":\"k\"},\"toLocation\":\"a\"}",
        "{\"canary\":true}",
        "{\"bootstrapId\":\"1\"}"
      })
  void other_actions_and_markers_are_nobodys(String message) {
    assertThat(decoded(message)).isEqualTo(Decoded.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|must be a JSON object",
        "{\"action\":\"copyLocation\"}|must name bucket",
        "{\"action\":\"copyLocation\",\"target\":{\"bucket\":\"b\"}}|must name key",
        "{\"action\":\"copyLocation\",\"target\":{\"bucket\":\"b\",\"key\":\"k\"}}|must name toLocation",
        "{\"action\":\"copyLocation\",\"target\":{\"bucket\":\"b\",\"key\":7},\"toLocation\":\"a\"}|must name key",
      })
  void action_that_does_not_say_what_to_copy_where_cannot_be_read(String message, String reason) {
    assertThat(decoded(message))
        .isInstanceOfSatisfying(
            Decoded.Unreadable.class, bad -> assertThat(bad.reason()).contains(reason));
  }

  @Test
  void copies_share_the_group_of_the_replication_of_their_location() {
    assertThat(
            ReplicationTopics.DEFAULT.group(
                new QueueName(JobType.COPY_LOCATION, LocationName.of("cold-site"))))
        .isEqualTo("backbeat-replication-group-cold-site");
  }
}
