package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Throughput;
import org.junit.jupiter.api.Test;

class MetricsBodyTest extends RestTest {
  private static final String BACKLOG =
      "\"backlog\":{\"description\":\"Number of incomplete replication operations (count) and"
          + " number of incomplete bytes transferred (size)\",\"results\":{\"count\":2,"
          + "\"size\":1024}}";
  private static final String COMPLETIONS =
      "\"completions\":{\"description\":\"Number of completed replication operations (count) and"
          + " number of bytes transferred (size) in the last 86400 seconds\",\"results\":"
          + "{\"count\":450,\"size\":1027}}";
  private static final String FAILURES =
      "\"failures\":{\"description\":\"Number of failed replication operations (count) and bytes"
          + " (size) in the last 86400 seconds\",\"results\":{\"count\":242,\"size\":0}}";
  private static final String THROUGHPUT =
      "\"throughput\":{\"description\":\"Current throughput for replication operations in ops/sec"
          + " (count) and bytes/sec (size) in the last 900 seconds\",\"results\":"
          + "{\"count\":\"0.50\",\"size\":\"1.14\"}}";
  private static final String PENDING =
      "\"pending\":{\"description\":\"Number of pending replication operations (count) and bytes"
          + " (size)\",\"results\":{\"count\":-5,\"size\":1024}}";

  @Test
  void each_number_of_replication_has_its_body() {
    assertThat(get("/_/metrics/crr/paris/backlog").body()).isEqualTo("{" + BACKLOG + "}");
    assertThat(get("/_/metrics/crr/paris/completions").body()).isEqualTo("{" + COMPLETIONS + "}");
    assertThat(get("/_/metrics/crr/paris/failures").body()).isEqualTo("{" + FAILURES + "}");
    assertThat(get("/_/metrics/crr/paris/throughput").body()).isEqualTo("{" + THROUGHPUT + "}");
    assertThat(get("/_/metrics/crr/paris/pending").body()).isEqualTo("{" + PENDING + "}");
    assertThat(backbeat.calls).hasSize(5).containsOnly("report crr paris");
  }

  @Test
  void all_numbers_of_replication_come_in_order() {
    assertThat(get("/_/metrics/crr/all").body())
        .isEqualTo(
            "{" + String.join(",", BACKLOG, COMPLETIONS, FAILURES, THROUGHPUT, PENDING) + "}");
    assertThat(backbeat.calls).containsExactly("report crr all");
  }

  @Test
  void lag_is_a_list_of_locations_also_of_one_and_its_slash_does_not_matter() {
    String body = get("/_/metrics/crr/paris/lag").body();

    assertThat(body)
        .startsWith("{\"lag\":{\"description\":\"Pending replication operations by their age")
        .endsWith(
            "\"locations\":[{\"location\":\"paris\",\"at\":\"2018-03-30T22:22:34.384Z\","
                + "\"state\":\"CAUGHT_UP\",\"eta\":0,\"paused\":false,\"down\":false,"
                + "\"pending\":{\"count\":0,\"size\":0},\"failed\":0,"
                + "\"ages\":[{\"from\":0,\"count\":0,\"size\":0}],"
                + "\"arrivals\":{\"count\":0.0,\"size\":0.0},"
                + "\"completions\":{\"count\":0.0,\"size\":0.0}}]}}");
    assertThat(get("/_/backbeat/api/metrics/crr/paris/lag/").body()).isEqualTo(body);
    get("/_/metrics/crr/all/lag");
    get("/_/metrics/crr/paris/lagging");
    assertThat(backbeat.calls).containsExactly("lag crr paris", "lag crr paris", "lagAll crr");
  }

  @Test
  void ingestion_has_three_numbers_and_no_bytes() {
    assertThat(get("/_/metrics/ingestion/all").body())
        .isEqualTo(
            "{\"completions\":{\"description\":\"Number of completed ingestion operations (count)"
                + " in the last 86400 seconds\",\"results\":{\"count\":450}},"
                + "\"throughput\":{\"description\":\"Current throughput for ingestion operations"
                + " in ops/sec (count) in the last 900 seconds\",\"results\":"
                + "{\"count\":\"0.50\"}},"
                + "\"pending\":{\"description\":\"Number of pending ingestion operations"
                + " (count)\",\"results\":{\"count\":0}}}");
  }

  @Test
  void large_counters_keep_every_digit() {
    backbeat.numbers =
        new MetricsReport(
            ServiceName.REPLICATION,
            new Amount(Long.MAX_VALUE, 0),
            Amount.ZERO,
            Amount.ZERO,
            new Throughput(0, 0),
            Amount.ZERO);

    assertThat(get("/_/metrics/crr/all/backlog").body()).contains("\"count\":9223372036854775807");
    assertThat(get("/_/metrics/crr/all/throughput").body()).contains("\"count\":\"0.00\"");
  }

  @Test
  void progress_of_an_object_counts_bytes_and_percent() {
    backbeat.progress = new ObjectProgress(50, 50);

    assertThat(get("/_/metrics/crr/paris/progress/b/k?versionId=v").body())
        .isEqualTo(
            "{\"description\":\"Number of bytes to be replicated (pending), number of bytes"
                + " transferred to the destination (completed), and percentage of the object that"
                + " has completed replication (progress)\",\"pending\":50,\"completed\":50,"
                + "\"progress\":\"50%\"}");
  }

  @Test
  void progress_is_rounded_half_up_and_may_pass_a_hundred() {
    backbeat.progress = new ObjectProgress(199, 1);
    assertThat(progress()).contains("\"progress\":\"1%\"");
    backbeat.progress = new ObjectProgress(-200, 400);
    assertThat(progress()).contains("\"pending\":-200,\"completed\":400,\"progress\":\"200%\"");
    backbeat.progress = new ObjectProgress(-400, 400);
    assertThat(progress()).contains("\"pending\":-400,\"completed\":400,\"progress\":\"0%\"");
    backbeat.progress = new ObjectProgress(0, 0);
    assertThat(progress()).contains("\"pending\":0,\"completed\":0,\"progress\":\"0%\"");
  }

  @Test
  void throughput_of_an_object_is_a_text() {
    assertThat(get("/_/metrics/crr/paris/throughput/b/k?versionId=v").body())
        .isEqualTo(
            "{\"description\":\"Current throughput for object replication in bytes/sec"
                + " (throughput)\",\"throughput\":\"0.06\"}");
  }

  private String progress() {
    return get("/_/metrics/crr/paris/progress/b/k?versionId=v").body();
  }
}
