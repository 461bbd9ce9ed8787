package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.CopyResults;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyLocationHandlerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocationName AWS = LocationName.of("aws");
  private static final int PART = 16 << 20;

  private final Clouds clouds = new Clouds();
  private final UploadStore uploads = new InMemoryUploadStore();
  private final Attempts attempts = new Attempts();
  private final List<String> roles = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final CopyResults results = (topic, result) -> told.add(topic + ' ' + result);

  private Source put(byte[] bytes) {
    Source source = Source.of(bytes);
    clouds.data.put(Source.OBJECT, bytes);
    clouds.metadata.put(Source.OBJECT, source.json());
    return source;
  }

  private static Job job(String md5) {
    String message =
        """
        {"actionId":"id","action":"copyLocation","auth":{"roleArn":"arn:role"},
         "target":{"bucket":"bucket","key":"dir/photo","eTag":"\\"%s\\"","attempt":1},
         "toLocation":"aws","metrics":{"contentLength":5},"resultsTopic":"transitions"}"""
            .formatted(md5);
    return new Job(
        new JobKey(JobType.COPY_LOCATION, Source.OBJECT, AWS),
        "id",
        5,
        0,
        java.time.Instant.parse("2026-11-22T10:00:00Z"),
        message);
  }

  private CopyLocationHandler handler(CloudServer server, UploadStore store, CopyResults tell) {
    TransferOptions options = TransferOptions.DEFAULT.withMultipartThreshold(4 << 20);
    return new CopyLocationHandler(
        role -> {
          roles.add(role);
          return server;
        },
        Map.of(AWS, new Backend(AWS, "aws_s3")),
        new CloudTransfers(store, options, Runnable::run, attempts.clock()),
        tell);
  }

  private TaskOutcome run(Job job) throws InterruptedException {
    return handler(clouds, uploads, results).handle(job, attempts);
  }

  private JsonNode result() throws Exception {
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("transitions {");
    return JSON.readTree(told.get(0).substring(told.get(0).indexOf('{')));
  }

  @Test
  void copy_is_made_under_the_role_of_the_request_and_told_with_where_it_is() throws Exception {
    byte[] bytes = Clouds.bytes("hello");
    put(bytes);
    assertThat(run(job(Clouds.md5(bytes)))).isEqualTo(new TaskOutcome.Replicated("v1"));

    JsonNode result = result();
    assertThat(roles).containsExactly("arn:role");
    assertThat(result.path("status").asText()).isEqualTo("success");
    assertThat(result.path("results").path("location").path(0).path("dataStoreName").asText())
        .isEqualTo("aws");
    assertThat(result.path("actionId").asText()).isEqualTo("id");
    assertThat(result.path("target").path("attempt").asInt()).isEqualTo(1);
    assertThat(result.path("startTime").asLong()).isPositive();
    assertThat(result.path("endTime").asLong()).isPositive();
    assertThat(result.has("error")).isFalse();
  }

  @Test
  void large_and_empty_objects_of_parts_are_copied() throws Exception {
    for (int size : List.of(2 * PART + 1, 0)) {
      told.clear();
      byte[] bytes = Clouds.bytes(size);
      String md5 = "d41d8cd98f00b204e9800998ecf8427e-3";
      clouds.metadata.put(Source.OBJECT, put(bytes).md5(md5).json());
      assertThat(run(job(md5))).isInstanceOf(TaskOutcome.Replicated.class);
      assertThat(Arrays.equals(clouds.last("aws", Source.OBJECT).bytes(), bytes)).isTrue();
      assertThat(result().path("status").asText()).isEqualTo("success");
      assertThat(uploads.count()).isZero();
    }
  }

  @Test
  void other_content_is_not_copied_and_the_failure_is_told() throws Exception {
    put(Clouds.bytes("hello"));
    isInTransition();
    Job job = job("other");
    TaskOutcome.Rejected outcome = (TaskOutcome.Rejected) run(job);
    assertThat(outcome.errorClass()).isEqualTo("InvalidObjectState");
    assertThat(clouds.copies).isEmpty();
    assertThat(told).isEmpty();

    failed(job, outcome.errorClass(), outcome.message());
    assertThat(result().path("status").asText()).isEqualTo("error");
    assertThat(result().path("error").path("code").asText()).isEqualTo("InvalidObjectState");
  }

  @Test
  void request_that_nobody_waits_for_any_more_is_done_without_a_word() throws Exception {
    put(Clouds.bytes("hello"));

    assertThat(run(job("other"))).isEqualTo(TaskOutcome.Replicated.WITHOUT_VERSION);

    assertThat(clouds.copies).isEmpty();
    assertThat(told).isEmpty();
  }

  private void isInTransition() {
    clouds.metadata.computeIfPresent(
        Source.OBJECT,
        (object, json) ->
            json.replaceFirst("[}]$", ",\"x-amz-scal-transition-in-progress\":true}"));
  }

  private void failed(Job job, String errorClass, String message) {
    new CopyFailureNotices(results)
        .failed(List.of(new JobEvent.Failed(job, errorClass, message, attempts.clock().instant())));
  }

  @Test
  void source_that_is_gone_is_told_by_the_name_the_receiver_knows() throws Exception {
    Job job = job("x");
    assertThat(((TaskOutcome.Skipped) run(job)).reason()).isEqualTo(SkipReason.SOURCE_GONE);
    failed(job, "SourceGone", "no such thing");
    assertThat(result().path("error").path("code").asText()).isEqualTo("ObjNotFound");
    assertThat(result().path("error").path("description").asText()).isEqualTo("no such thing");
  }

  @Test
  void failures_of_other_jobs_and_of_requests_without_a_topic_are_not_told() {
    Job other = Source.of(new byte[0], "aws").job("aws");
    failed(other, "AccessDenied", "no");
    Job asked = job("x");
    failed(
        new Job(asked.key(), "id", 0, 0, asked.createdAt(), "{\"toLocation\":\"aws\"}"),
        "AccessDenied",
        "no");
    failed(new Job(asked.key(), "id", 0, 0, asked.createdAt(), "not JSON"), "AccessDenied", "no");
    assertThat(told).isEmpty();
  }

  @Test
  void data_that_is_there_already_is_not_copied_and_frees_the_object_from_its_transition()
      throws Exception {
    byte[] bytes = Clouds.bytes("hello");
    put(bytes);
    clouds.metadata.put(
        Source.OBJECT, Source.of(bytes).with(d -> d.put("dataStoreName", "aws")).json());
    assertThat(run(job(Clouds.md5(bytes)))).isEqualTo(new TaskOutcome.Replicated(""));
    assertThat(told).as("the transition has ended").isEmpty();

    isInTransition();
    assertThat(run(job(Clouds.md5(bytes)))).isEqualTo(new TaskOutcome.Replicated(""));
    assertThat(result().path("status").asText()).isEqualTo("error");
    assertThat(clouds.copies).isEmpty();
  }

  @Test
  void process_killed_between_any_two_steps_is_finished_by_the_next() throws Exception {
    byte[] bytes = Clouds.bytes("hello");
    put(bytes);
    int step = 0;
    boolean killed = true;
    while (killed) {
      told.clear();
      KillSwitch kill = new KillSwitch(step++);
      try {
        handler(
                kill.on(CloudServer.class, clouds),
                kill.on(UploadStore.class, uploads),
                kill.on(CopyResults.class, results))
            .handle(job(Clouds.md5(bytes)), attempts);
      } catch (KillSwitch.Killed e) {
        // as a kill would
      }
      killed = kill.killed();
      int before = told.size();
      run(job(Clouds.md5(bytes)));
      assertThat(told).hasSizeBetween(1, 2).hasSize(before + 1);
      assertThat(told.get(told.size() - 1)).contains("\"success\"");
      assertThat(clouds.last("aws", Source.OBJECT).bytes()).isEqualTo(bytes);
    }
    assertThat(step).isGreaterThan(5);
  }
}
