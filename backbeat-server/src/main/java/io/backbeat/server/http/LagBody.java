package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.AgeBucket;
import io.backbeat.api.Amount;
import io.backbeat.api.LagReport;
import io.backbeat.api.OldestPending;
import io.backbeat.api.Rate;
import io.backbeat.api.ReplicationTimes;
import java.time.Duration;
import java.util.List;

/** The body of the lag route. Lengths of time are seconds, to the millisecond. */
final class LagBody {
  private LagBody() {}

  static ObjectNode of(List<LagReport> reports) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode lag = body.putObject("lag");
    lag.put(
        "description",
        "Pending replication operations by their age in seconds, replication times of the last 15"
            + " to 20 minutes in seconds, operations and bytes per second of the last 300 seconds,"
            + " and the seconds until all is replicated (eta)");
    ArrayNode locations = lag.putArray("locations");
    reports.forEach(report -> locations.add(of(report)));
    return body;
  }

  static ObjectNode of(LagReport report) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("location", report.location().value()).put("at", Dates.iso(report.at()));
    body.put("state", report.catchUp().state().name());
    report.catchUp().eta().ifPresent(eta -> seconds(body, "eta", eta));
    body.put("paused", report.paused()).put("down", report.down());
    amount(body.putObject("pending"), report.pending());
    body.put("failed", report.failed());
    report.oldest().ifPresent(oldest -> oldest(body.putObject("oldest"), oldest));
    ArrayNode ages = body.putArray("ages");
    report.ages().forEach(bucket -> bucket(ages.addObject(), bucket));
    report.times().ifPresent(times -> times(body.putObject("times"), times));
    rate(body.putObject("arrivals"), report.arrivals());
    rate(body.putObject("completions"), report.completions());
    return body;
  }

  private static void oldest(ObjectNode body, OldestPending oldest) {
    body.put("bucket", oldest.object().bucket()).put("key", oldest.object().key());
    if (!oldest.object().versionId().isEmpty()) {
      body.put("versionId", oldest.object().versionId());
    }
    body.put("since", Dates.iso(oldest.since()));
    seconds(body, "age", oldest.age());
  }

  private static void bucket(ObjectNode body, AgeBucket bucket) {
    seconds(body, "from", bucket.from());
    bucket.to().ifPresent(to -> seconds(body, "to", to));
    amount(body, bucket.pending());
  }

  private static void times(ObjectNode body, ReplicationTimes times) {
    body.put("since", Dates.iso(times.since())).put("samples", times.samples());
    seconds(body, "p50", times.p50());
    seconds(body, "p95", times.p95());
    seconds(body, "p99", times.p99());
  }

  private static void amount(ObjectNode body, Amount amount) {
    body.put("count", amount.count()).put("size", amount.size());
  }

  private static void rate(ObjectNode body, Rate rate) {
    body.put("count", rate.objectsPerSecond()).put("size", rate.bytesPerSecond());
  }

  private static void seconds(ObjectNode body, String name, Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 == 0) {
      body.put(name, millis / 1000);
    } else {
      body.put(name, millis / 1000.0);
    }
  }
}
