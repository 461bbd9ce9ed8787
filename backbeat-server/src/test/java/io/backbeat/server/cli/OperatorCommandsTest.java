package io.backbeat.server.cli;

import static io.backbeat.server.cli.OperatorSite.TOKYO;
import static io.backbeat.server.cli.OperatorSite.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.testing.Metadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of operators against a server with something to see. */
class OperatorCommandsTest {
  private static final Metadata VERSIONED = object("cat.jpg").version(3);
  private static final Metadata NASTY = object("evil\u001b[31m\nkey").version(1);
  private static final Metadata WIDE = object("日本語/😀").version(1);

  private OperatorSite site;

  @BeforeEach
  void start() {
    site = new OperatorSite(List.of(VERSIONED, NASTY, WIDE));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void status_is_a_table_of_all_locations() {
    Outcome outcome = site.run("status");

    assertThat(outcome.out())
        .isEqualTo(
            """
            location  wanted   observed  resumes
            paris     RUNNING  RUNNING   -
            tokyo     RUNNING  RUNNING   -
            oslo      PAUSED   PAUSED    -
            """);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status ingestion", "status --service ingestion", "status ingestion all"})
  void service_may_come_first_or_as_option(String line) {
    assertThat(site.run(line.split(" ")).out()).contains("ring").doesNotContain("paris");
  }

  @Test
  void status_in_json_has_the_names_of_the_api() throws IOException {
    JsonNode json = json(site.run("status", "--json", "oslo", "paris"));

    assertThat(json.fieldNames()).toIterable().containsExactly("oslo", "paris");
    assertThat(json.at("/oslo/target").asText()).isEqualTo("PAUSED");
    assertThat(json.at("/oslo/revision").asLong()).isPositive();
  }

  @Test
  void pause_and_resume_change_the_named_locations_only() {
    assertThat(site.run("pause", "paris").out())
        .contains("paris     PAUSED")
        .doesNotContain("tokyo");
    assertThat(target("paris")).isEqualTo(TargetState.PAUSED);
    assertThat(target("tokyo")).isEqualTo(TargetState.RUNNING);

    assertThat(site.run("resume", "all").out()).contains("paris     RUNNING", "oslo      RUNNING");
    assertThat(target("oslo")).isEqualTo(TargetState.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "pause ingestion", "schedule --cancel"})
  void nothing_is_changed_without_a_location(String line) {
    Outcome outcome = site.run(line.split(" "));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("name the locations", "\"all\"");
  }

  @Test
  void one_unknown_location_keeps_the_others_from_being_changed() {
    Outcome outcome = site.run("pause", "paris", "rome");

    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.err())
        .isEqualTo("backbeat: crr has no location rome; it has paris, tokyo, oslo\n");
    assertThat(target("paris")).isEqualTo(TargetState.RUNNING);
  }

  @Test
  void a_pause_can_be_scheduled_to_end() throws IOException {
    assertThat(site.run("schedule", "oslo", "--in", "1h30m").out())
        .contains("PAUSED", "2026-11-22T13:32:03Z (in 1 h 30 min)");
    assertThat(
            json(site.run("schedule", "oslo", "--at", "2030-01-01T07:00:00+01:00", "--json"))
                .at("/oslo/resumeAt")
                .asText())
        .isEqualTo("2030-01-01T06:00:00.000Z");
    assertThat(json(site.run("schedule", "oslo", "--cancel", "--json")).at("/oslo").has("resumeAt"))
        .isFalse();
    assertThat(target("oslo")).isEqualTo(TargetState.PAUSED);
  }

  @Test
  void a_schedule_without_a_pause_is_told() {
    Outcome outcome = site.run("schedule", "paris", "--in", "3h");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("paris is not paused");
  }

  @ParameterizedTest
  @CsvSource({
    "schedule oslo, --in",
    "schedule oslo --in 3h --cancel, mutually exclusive",
    "schedule oslo --in 3, 1h30m",
    "schedule oslo --at tomorrow, 2030-01-01T06:00:00Z",
    "schedule oslo --at 2030-01-01T06:00:00, 2030-01-01T06:00:00Z",
    "status --service cold, ingestion",
    "status --timeout 0s, 1ms",
    "status --url ftp://there, --url",
    "metrics lifecycle, lifecycle has no numbers",
    "failed --limit 0, at least 1",
    "failed --limit 2 --all, contradict",
    "failed --version-id 6e, --object",
    "object photos, BUCKET/KEY",
    "retry, --all",
    "retry photos/cat.jpg --all, --all",
    "retry photos, BUCKET/KEY",
    "retry --all --force, --force",
    "watch --every 1ms, 100ms",
    "watch --count 0, at least 1",
    "completion fish, bash"
  })
  void what_is_wrong_with_a_command_line_is_said(String line, String said) {
    Outcome outcome = site.run(line.split(" "));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(said);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void failures_are_a_table_that_no_key_can_disturb() {
    Outcome outcome = site.run("failed", "tokyo", "--messages");

    String id = NASTY.object().versionId();
    assertThat(outcome.out().lines()).hasSize(4);
    assertThat(outcome.out())
        .startsWith(
            "location  last failure          attempts    size  error  version"
                + " ".repeat(id.length() - "version".length())
                + "  object                          message\n")
        .contains(
            "tokyo     2026-11-22T12:02:03Z         1  1.2 kB  Full   "
                + id
                + "  photos/evil\\u001b[31m\\u000akey  no space left at tokyo\n",
            "photos/日本語/😀" + " ".repeat(14) + "  no space");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void failures_can_be_those_of_one_version_and_to_the_byte() {
    Outcome outcome =
        site.run(
            "failed",
            "--bytes",
            "--object",
            "photos/cat.jpg",
            "--version-id",
            VERSIONED.object().versionId());

    assertThat(outcome.out().lines()).hasSize(2);
    assertThat(outcome.out()).contains("  1234  ", "photos/cat.jpg\n");
    assertThat(site.run("failed", "--object", "photos/cat.jpg").err()).contains("nothing");
  }

  @Test
  void no_failures_are_told_apart_from_an_unknown_location() {
    assertThat(site.run("failed", "paris").err()).contains("nothing is recorded as failed");
    assertThat(site.run("failed", "paris").status()).isZero();
    assertThat(site.run("failed", "rome").status()).isEqualTo(4);
    assertThat(site.run("retry", "--all", "--location", "rome").status()).isEqualTo(4);
  }

  @Test
  void what_failed_prints_retry_reads() throws IOException {
    site.freeze(TOKYO);
    Outcome failed = site.run("failed", "--json");
    assertThat(failed.out().lines()).hasSize(3);
    assertThat(failed.out()).contains("\"StorageClass\":\"tokyo\"", "\"ErrorClass\":\"Full\"");

    site.input = failed.out();
    Outcome dry = site.run("retry", "-", "--dry-run");
    assertThat(dry.out()).contains("photos/cat.jpg", "3 operations would be queued");
    assertThat(site.pending("tokyo")).isZero();

    JsonNode counts = json(site.run("retry", "-", "--json"));
    assertThat(counts.at("/requested").asInt()).isEqualTo(3);
    assertThat(counts.at("/queued").asInt()).isEqualTo(3);
    await().until(() -> site.pending("tokyo") == 3);

    Outcome again = site.run("retry", "-");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out()).contains("0 of 3 queued, 3 left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "{\"Bucket\":\"b\",\"Key\":\"k\"}",
        "{\"Bucket\":\"\",\"Key\":\"k\",\"StorageClass\":\"s\"}",
        "7"
      })
  void input_that_cannot_be_read_is_named_by_its_number(String second) {
    site.freeze(TOKYO);
    site.input = site.run("failed", "--json", "--limit", "1").out() + second;

    Outcome outcome = site.run("retry", "-");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.err()).contains("standard input, failure 2");
  }

  @Test
  void objects_are_retried_where_they_failed_or_by_force_everywhere() {
    site.freeze(TOKYO);
    String id = VERSIONED.object().versionId();

    assertThat(site.run("retry", "photos/cat.jpg", "--version-id", id).out())
        .isEqualTo("1 of 1 queued\n");
    Outcome again = site.run("retry", "--object", "photos/cat.jpg", "--version-id", id);
    assertThat(again.out()).isEqualTo("0 of 0 queued\n");
    assertThat(again.status()).isEqualTo(1);
    assertThat(
            site.run("retry", "--force", "--dry-run", "photos/cat.jpg", "--version-id", id).out())
        .contains("3 operations would be queued");
  }

  @Test
  void lag_says_who_is_behind_by_how_much_and_why_there_is_no_end() throws IOException {
    Outcome lag = site.run("lag");

    assertThat(lag.status()).isZero();
    assertThat(lag.out().lines().map(line -> line.split(" {2,}")[0]))
        .containsExactly("location", "paris", "tokyo", "oslo");
    assertThat(lag.out().lines().map(line -> line.split(" {2,}")[1]))
        .containsExactly("state", "CAUGHT_UP", "CAUGHT_UP", "PAUSED");
    assertThat(site.run("lag", "oslo", "--ages").out()).startsWith("location  < 1 s  < 10 s");
    JsonNode json = json(site.run("lag", "--json", "oslo"));
    assertThat(json.properties()).hasSize(1);
    assertThat(json.at("/oslo/pending/count").asInt()).isEqualTo(3);
    assertThat(json.at("/oslo/paused").asBoolean()).isTrue();
    assertThat(json.at("/oslo/oldest/age").isNumber()).isTrue();
    assertThat(json.at("/oslo").has("eta")).isFalse();
  }

  @Test
  void other_services_have_no_lag() {
    Outcome outcome = site.run("lag", "ingestion");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("only crr has a lag, ingestion has none");
  }

  @Test
  void metrics_are_numbers_at_the_right_and_added_up() throws IOException {
    assertThat(site.run("metrics").out())
        .isEqualTo(
            """
            location  backlog   bytes  done 24 h   bytes  failed  per second  bytes/s
            paris           0     0 B          3  3.7 kB       0        0.00    4 B/s
            tokyo           0     0 B          0     0 B       3        0.00    0 B/s
            oslo            3  3.7 kB          0     0 B       0        0.00    0 B/s
            all             3  3.7 kB          3  3.7 kB       3        0.00    4 B/s
            """);
    assertThat(site.run("metrics", "--bytes", "oslo").out()).contains("3702").doesNotContain("all");
    assertThat(site.run("metrics", "ingestion").out()).startsWith("location  pending  done 24 h");
    JsonNode json = json(site.run("metrics", "--json"));
    assertThat(json.at("/all/backlog/results/size").asInt()).isEqualTo(3702);
    assertThat(json.at("/tokyo/failures/results/count").asInt()).isEqualTo(3);
  }

  @Test
  void health_tells_every_part_and_the_whole() throws IOException {
    Outcome outcome = site.run("health");

    assertThat(outcome.out()).startsWith("component").contains("store");
    assertThat(outcome.out().lines().reduce((a, b) -> b))
        .hasValueSatisfying(last -> assertThat(last).startsWith("all").contains(health()));
    assertThat(json(site.run("health", "--json")).at("/status").asText()).isEqualTo(health());
  }

  @Test
  void explain_tells_at_one_look_why_an_object_is_not_everywhere() throws IOException {
    String id = VERSIONED.object().versionId();
    await()
        .until(
            () ->
                site.run("explain", "photos/cat.jpg", "--version-id", id).out().contains("time "));
    Outcome outcome = site.run("explain", "photos/cat.jpg", "--version-id", id);

    assertThat(outcome.out())
        .startsWith("photos/cat.jpg?versionId=" + id + ": FAILED (")
        .contains("location  status     blocked by")
        .containsPattern("paris +COMPLETED +- +- +- +-")
        .containsPattern("tokyo +FAILED +no attempt is left, backbeat retry +FAILED +1 +Full: ")
        .containsPattern("oslo +PENDING +the location is paused.* +QUEUED +0 +-")
        .containsPattern("time +location +event +attempts +what")
        .containsPattern("tokyo +FAILED +1 +Full: ");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(
            json(site.run("explain", "--json", "photos/cat.jpg", "--version-id", id))
                .at("/Sites/1/BlockedBy/0/Reason")
                .asText())
        .isEqualTo("FAILED");
    Outcome unknown = site.run("explain", "photos/dog.jpg");
    assertThat(unknown.status()).isEqualTo(4);
    assertThat(unknown.err()).contains("photos/dog.jpg", "--version-id");
  }

  @Test
  void object_tells_where_it_stands() throws IOException {
    String id = VERSIONED.object().versionId();
    Outcome outcome = site.run("object", "photos/cat.jpg", "--version-id", id);

    assertThat(outcome.out())
        .isEqualTo(
            """
            photos/cat.jpg?versionId=%s: FAILED
            location  status     version there
            paris     COMPLETED  copy of cat.jpg
            tokyo     FAILED     -
            oslo      PENDING    -
            """
                .formatted(id));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(
            json(site.run("object", "--json", "photos/cat.jpg", "--version-id", id))
                .at("/Sites/0/Status")
                .asText())
        .isEqualTo("COMPLETED");
    Outcome unknown = site.run("object", "photos/dog.jpg");
    assertThat(unknown.status()).isEqualTo(4);
    assertThat(unknown.err()).contains("photos/dog.jpg", "--version-id");
  }

  @Test
  void watch_appends_lines_where_no_terminal_is() {
    site.pause = time -> site.clock.advance(time).isBefore(OperatorSite.NOW);

    Outcome outcome = site.run("watch", "paris", "oslo", "--count", "2", "--every", "5s");

    assertThat(site.pauses).containsExactly(Duration.ofSeconds(5));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines()).hasSize(5);
    assertThat(outcome.out())
        .startsWith("time                  health")
        .contains("2026-11-22T12:02:03Z", "2026-11-22T12:02:08Z")
        .doesNotContain("\u001b");
  }

  @Test
  void watch_redraws_a_terminal_in_colours_until_it_is_ended() {
    site.terminal = true;
    site.pause = time -> site.pauses.size() == 3;

    Outcome outcome = site.run("watch");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).startsWith("\u001b[2J\u001b[H\u001b[J" + "crr at http://127.0.0.1:");
    assertThat(outcome.out().split("\u001b\\[H", -1)).hasSize(4);
    assertThat(outcome.out()).contains("\u001b[32mRUNNING\u001b[0m", "time left");
  }

  @Test
  void watch_in_json_is_a_document_for_each_look() throws IOException {
    Outcome outcome = site.run("watch", "--json", "--count", "2", "tokyo");

    assertThat(outcome.out().lines()).hasSize(2);
    JsonNode first = new JsonMapper().readTree(outcome.out().lines().findFirst().orElseThrow());
    assertThat(first.at("/time").asText()).isEqualTo("2026-11-22T12:02:03Z");
    assertThat(first.at("/status/tokyo/target").asText()).isEqualTo("RUNNING");
    assertThat(first.at("/metrics/tokyo/failures/results/count").asInt()).isEqualTo(3);
  }

  @Test
  void watch_outlives_a_server_that_is_gone_and_tells_at_the_end() {
    site.pause =
        time -> {
          site.stopServer();
          return false;
        };

    Outcome outcome = site.run("watch", "--count", "3");

    assertThat(outcome.out().lines()).hasSize(4);
    assertThat(outcome.err().lines()).hasSize(2).allMatch(line -> line.contains("cannot connect"));
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(site.run("watch").status()).as("a first look without answer").isEqualTo(3);
  }

  @Test
  void colours_are_for_terminals_that_want_them() {
    AtomicInteger coloured = new AtomicInteger();
    for (boolean terminal : new boolean[] {false, true}) {
      for (String no : List.of("", "1")) {
        site.terminal = terminal;
        site.environment.put("NO_COLOR", no);
        if (site.run("status").out().contains("\u001b[")) {
          coloured.incrementAndGet();
          assertThat(terminal && no.isEmpty()).isTrue();
        }
      }
    }
    assertThat(coloured).hasValue(1);
  }

  private String health() {
    return site.backbeat().health().overall().name();
  }

  private TargetState target(String location) {
    return site.backbeat()
        .locations()
        .get(ServiceName.REPLICATION, LocationName.of(location))
        .target();
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines()).hasSize(1);
    return new JsonMapper().readTree(outcome.out());
  }
}
