package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.AgeBucket;
import io.backbeat.api.Amount;
import io.backbeat.api.CatchUp;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.LagReport;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OldestPending;
import io.backbeat.api.Rate;
import io.backbeat.api.ReplicationTimes;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the body of the lag route. */
final class LagAnswer {
  private LagAnswer() {}

  static List<LagReport> reports(JsonNode body) {
    List<LagReport> reports = new ArrayList<>();
    for (JsonNode location : Json.child(Json.child(body, "lag"), "locations")) {
      reports.add(report(location));
    }
    return reports;
  }

  /** The report of the one location that was asked for. */
  static LagReport only(JsonNode body) {
    List<LagReport> reports = reports(body);
    if (reports.size() != 1) {
      throw new UnexpectedAnswer("it has " + reports.size() + " locations, not the one asked for");
    }
    return reports.get(0);
  }

  private static LagReport report(JsonNode body) {
    List<AgeBucket> ages = new ArrayList<>();
    for (JsonNode bucket : Json.child(body, "ages")) {
      ages.add(
          new AgeBucket(
              seconds(bucket, "from"),
              optional(bucket, "to", b -> seconds(b, "to")),
              amount(bucket)));
    }
    return new LagReport(
        LocationName.of(Json.text(body, "location")),
        Json.instant(body, "at"),
        optional(body, "oldest", b -> oldest(b.path("oldest"))),
        ages,
        Json.integer(body, "failed"),
        optional(body, "times", b -> times(b.path("times"))),
        rate(Json.child(body, "arrivals")),
        rate(Json.child(body, "completions")),
        new CatchUp(
            Json.constant(CatchUpState.class, body, "state"),
            optional(body, "eta", b -> seconds(b, "eta"))),
        Json.child(body, "paused").asBoolean(),
        Json.child(body, "down").asBoolean());
  }

  private static <T> Optional<T> optional(JsonNode body, String name, Function<JsonNode, T> value) {
    return body.hasNonNull(name) ? Optional.of(value.apply(body)) : Optional.empty();
  }

  private static OldestPending oldest(JsonNode body) {
    return new OldestPending(
        new ObjectVersion(
            Json.text(body, "bucket"), Json.text(body, "key"), Json.textOrEmpty(body, "versionId")),
        Json.instant(body, "since"),
        seconds(body, "age"));
  }

  private static ReplicationTimes times(JsonNode body) {
    return new ReplicationTimes(
        Json.instant(body, "since"),
        Json.integer(body, "samples"),
        seconds(body, "p50"),
        seconds(body, "p95"),
        seconds(body, "p99"));
  }

  private static Amount amount(JsonNode body) {
    return new Amount(Json.integer(body, "count"), Json.integer(body, "size"));
  }

  private static Rate rate(JsonNode body) {
    return new Rate(
        Json.decimal(body, "count").doubleValue(), Json.decimal(body, "size").doubleValue());
  }

  private static Duration seconds(JsonNode body, String name) {
    return Duration.ofMillis(
        Json.decimal(body, name).movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValue());
  }
}
