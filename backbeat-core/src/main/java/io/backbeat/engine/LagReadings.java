package io.backbeat.engine;

import io.backbeat.api.AgeBucket;
import io.backbeat.api.CatchUpState;
import io.backbeat.api.LagReport;
import io.backbeat.api.OldestPending;
import io.backbeat.api.ReplicationTimes;
import io.backbeat.monitoring.EngineMeters;
import io.backbeat.monitoring.Reading;
import io.backbeat.monitoring.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reports of lag as values of meters. What is not known has no value. Pure. */
final class LagReadings {
  private LagReadings() {}

  static List<Reading> of(List<LagReport> reports) {
    List<Reading> readings = new ArrayList<>();
    reports.forEach(report -> add(readings, report));
    return readings;
  }

  private static void add(List<Reading> readings, LagReport report) {
    String location = report.location().value();
    Duration oldest = report.oldest().map(OldestPending::age).orElse(Duration.ZERO);
    readings.add(Reading.of(EngineMeters.OLDEST_PENDING, Seconds.of(oldest), location));
    for (AgeBucket bucket : report.ages()) {
      String age = label(bucket);
      readings.add(
          Reading.of(
              EngineMeters.PENDING_VERSIONS, (double) bucket.pending().count(), location, age));
      readings.add(
          Reading.of(EngineMeters.PENDING_BYTES, (double) bucket.pending().size(), location, age));
    }
    report.times().ifPresent(times -> quantiles(readings, location, times));
    report
        .catchUp()
        .eta()
        .ifPresent(
            eta -> readings.add(Reading.of(EngineMeters.CATCH_UP, Seconds.of(eta), location)));
    for (CatchUpState state : CatchUpState.values()) {
      readings.add(
          Reading.of(
              EngineMeters.CATCH_UP_STATE,
              state == report.catchUp().state() ? 1 : 0,
              location,
              state.name()));
    }
  }

  private static void quantiles(List<Reading> readings, String location, ReplicationTimes times) {
    readings.add(quantile(location, "0.5", times.p50()));
    readings.add(quantile(location, "0.95", times.p95()));
    readings.add(quantile(location, "0.99", times.p99()));
  }

  private static Reading quantile(String location, String quantile, Duration time) {
    return Reading.of(EngineMeters.TIME_QUANTILE, Seconds.of(time), location, quantile);
  }

  /** {@code <1s}, {@code 1s..10s} and so on to {@code >24h}; an end belongs to the next one. */
  private static String label(AgeBucket bucket) {
    return bucket
        .to()
        .map(to -> bucket.from().isZero() ? '<' + text(to) : text(bucket.from()) + ".." + text(to))
        .orElseGet(() -> '>' + text(bucket.from()));
  }

  private static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
