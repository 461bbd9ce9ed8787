package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.ClusterSite.PARIS;
import static io.backbeat.server.cluster.ClusterSite.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.job.Job;
import io.backbeat.populator.JournalJobs;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.testing.Metadata;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A running server understands what processes of the original write, each kind of message. */
@Timeout(120)
class ClusterNodeMessagesTest {
  private static final String STATUS = "backbeat-replication-status";
  private static final String REPLAY = "backbeat-replication-replay-0";
  private static final String REPLICATION =
      """
      "extensions": {"replication": {
        "destination": {"bootstrapList": [
          {"site": "paris", "type": "aws_s3"}, {"site": "tokyo", "type": "aws_s3"}]},
        "queueProcessor": {"retry": {"aws_s3": {
          "maxRetries": 5, "backoff": {"min": 50, "max": 100, "jitter": 0, "factor": 1.5}}}},
        "replayTopics": [{"topicName": "backbeat-replication-replay-0", "retries": 3}]}},
      """;

  @TempDir Path temp;
  private final TestServices services = new TestServices();
  private ClusterSite site;
  private NodeWriter node;
  private BackbeatClient backbeat;

  @BeforeEach
  void start() {
    site = new ClusterSite(temp, services, REPLICATION);
    node = new NodeWriter(services);
    backbeat = site.client(site.start());
  }

  @AfterEach
  void stop() {
    node.close();
    site.close();
  }

  @Test
  void queue_entries_with_and_without_our_headers_are_run() {
    Metadata plain = object("plain");
    Metadata ours = object("ours");
    node.queue(plain);
    Job job =
        new JournalJobs(site.stores().journal(), Clock.systemUTC())
            .jobFor(ours.object(), PARIS)
            .orElseThrow();
    site.stores().queue().publish(List.of(job));

    awaitStatus(plain, PARIS, "COMPLETED");
    awaitStatus(plain, TOKYO, "COMPLETED");
    awaitStatus(ours, PARIS, "COMPLETED");
    assertThat(node.status(ours, "tokyo")).isEqualTo("PENDING");
  }

  @Test
  void outcomes_of_processors_of_the_original_are_settled() {
    Metadata done = object("done");
    Metadata failed = object("failed");
    Metadata again = object("again");
    node.outcome(done, "COMPLETED", "v-7", OptionalInt.empty());
    node.outcome(failed, "FAILED", "", OptionalInt.of(0));
    node.outcome(again, "FAILED", "", OptionalInt.empty());

    awaitStatus(done, PARIS, "COMPLETEDv-7");
    awaitStatus(failed, PARIS, "FAILED");
    awaitStatus(again, PARIS, "COMPLETED"); // replays were left, and our processor took one
    assertThat(backbeat.failed().stream(PARIS).map(FailedOperation::object))
        .containsExactly(failed.object());
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(site.failedMembers(PARIS)).containsOnlyKeys(member(failed)));

    node.outcome(failed, "PENDING", "", OptionalInt.empty());
    awaitStatus(failed, PARIS, "PENDING");
    node.entry("backbeat-replication", failed, "paris", "PENDING", "", OptionalInt.empty(), true);
    awaitStatus(failed, PARIS, "COMPLETED");
    Awaitility.await().untilAsserted(() -> assertThat(backbeat.failed().stream(PARIS)).isEmpty());
  }

  @Test
  void entries_of_replay_topics_are_run() {
    Metadata replayed = object("replayed");
    node.entry(REPLAY, replayed, "paris", "PENDING", "", OptionalInt.of(2), false);

    awaitStatus(replayed, PARIS, "COMPLETED");
    assertThat(node.status(replayed, "tokyo")).isEqualTo("PENDING");
  }

  @Test
  void failures_told_on_the_failed_topic_or_in_redis_only_can_be_retried() {
    Metadata told = object("told");
    Metadata recorded = object("recorded:with:colons");
    long now = Instant.now().toEpochMilli();
    long hour = Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    String key = "bb:crr:failed:paris:" + hour;
    node.send(
        "backbeat-replication-failed",
        null,
        "{\"key\":\"%s\",\"member\":\"%s\",\"score\":%d}".formatted(key, member(told), now));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(site.failedMembers(PARIS)).containsOnlyKeys(member(told));
              assertThat(backbeat.failed().stream(PARIS).map(FailedOperation::object))
                  .containsExactly(told.object());
            });

    try (RedisClient redis = site.redis()) {
      redis.zadd(services.redisKey(key), now, member(recorded));
    }
    FailureIndex.Changes imported =
        site.failureIndex()
            .importFailures(new FailureIndex.Selection(List.of(PARIS, TOKYO), false));
    assertThat(imported.written()).isEqualTo(1);
    assertThat(imported.leftOut()).isEqualTo(1);

    assertThat(
            backbeat
                .failed()
                .retry(
                    List.of(
                        RetryRequest.of(told.object(), PARIS),
                        RetryRequest.of(recorded.object(), PARIS))))
        .hasSize(2);
    awaitStatus(told, PARIS, "COMPLETED");
    awaitStatus(recorded, PARIS, "COMPLETED");
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(site.failedMembers(PARIS)).isEmpty();
              assertThat(backbeat.failed().stream(PARIS)).isEmpty();
            });
  }

  @Test
  void metrics_of_processes_of_the_original_are_counted_once() {
    String common =
        "\"timestamp\":"
            + Instant.now().toEpochMilli()
            + ",\"ops\":%d,\"bytes\":%d,\"extension\":\"crr\",\"type\":\"%s\",\"site\":\"paris\"";
    node.send("backbeat-metrics", null, "{" + common.formatted(5, 195, "queued") + "}");
    node.send("backbeat-metrics", null, "{" + common.formatted(2, 95, "completed") + "}");
    node.send("backbeat-metrics", null, "{" + common.formatted(1, 50, "failed") + "}");
    node.send("backbeat-metrics", null, "{" + common.formatted(1, 10, "pendingOnly") + "}");
    node.send(
        "backbeat-metrics",
        null,
        "{"
            + common.formatted(1, 70, "completed")
            + ",\"bucketName\":\"b\",\"objectKey\":\"k\",\"versionId\":\"v\"}");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        Stream.of(
                                "ops",
                                "bytes",
                                "opsdone",
                                "bytesdone",
                                "opsfail",
                                "opspending",
                                "bytespending")
                            .map(name -> site.counter(PARIS, name)))
                    .containsExactly(5L, 195L, 2L, 95L, 1L, 3L, 60L));
    assertThat(site.counter("paris:b:k:v", "object:bytesdone")).isEqualTo(70);
    assertThat(backbeat.metrics().report(ServiceName.REPLICATION, PARIS).completions().count())
        .isEqualTo(2);
  }

  @Test
  void canaries_mean_nothing_and_garbage_is_set_aside_and_nothing_stops() {
    List<String> entries = List.of("backbeat-replication", STATUS, REPLAY);
    for (String topic : entries) {
      node.send(topic, "canary", "{\"canary\":true}");
      node.send(topic, null, "{\"bootstrapId\":\"1\"}");
    }
    Metadata first = object("first");
    node.queue(first);
    awaitStatus(first, TOKYO, "COMPLETED");
    awaitStatus(first, PARIS, "COMPLETED");

    IntStream.range(0, 3)
        .forEach(
            i ->
                Stream.concat(
                        entries.stream(),
                        Stream.of("backbeat-replication-failed", "backbeat-metrics"))
                    .forEach(topic -> node.send(topic, "k" + i, "\u0001 no JSON {")));
    Metadata last = object("last");
    node.queue(last);
    node.outcome(last, "COMPLETED", "", OptionalInt.empty());

    awaitStatus(last, TOKYO, "COMPLETED");
    awaitStatus(last, PARIS, "COMPLETED");
    // Jobs are read once for each location; a record is set aside once, whoever reads it.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(site.stores().quarantine().count()).isEqualTo(3 * 6));
    assertThat(backbeat.health().components())
        .contains(
            new ComponentHealth(
                "quarantine", ComponentHealth.State.DEGRADED, "18 records are set aside"));
  }

  /** A version in MongoDB, and its content at the source. */
  private Metadata object(String key) {
    site.put(key, "content");
    return node.object(key);
  }

  private void awaitStatus(Metadata object, LocationName location, String expected) {
    Awaitility.await(object.key() + " at " + location)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(node.status(object, location.value())).isEqualTo(expected));
  }

  private static String member(Metadata object) {
    return object.bucket() + ':' + object.key() + ':' + object.object().versionId();
  }
}
