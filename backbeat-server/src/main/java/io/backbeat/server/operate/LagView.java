package io.backbeat.server.operate;

import io.backbeat.api.AgeBucket;
import io.backbeat.api.LagReport;
import io.backbeat.api.OldestPending;
import io.backbeat.api.ReplicationTimes;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How far destinations are behind. */
public final class LagView {
  private static final String NONE = "-";

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("location"),
          Column.words("state"),
          Column.numbers("pending"),
          Column.numbers("bytes"),
          Column.numbers("oldest"),
          Column.numbers("failed"),
          Column.numbers("p50"),
          Column.numbers("p95"),
          Column.numbers("p99"),
          Column.numbers("in/s"),
          Column.numbers("done/s"),
          Column.numbers("time left"));

  private LagView() {}

  /** Prints a row for each location. */
  public static void print(List<LagReport> reports, Quantities quantities, Printer out) {
    out.table(COLUMNS, reports.stream().map(report -> row(report, quantities)).toList());
  }

  /** Prints what is pending by its age, a row for each location. */
  public static void printAges(List<LagReport> reports, Printer out) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("location")));
    reports.stream()
        .findFirst()
        .ifPresent(report -> report.ages().forEach(age -> columns.add(Column.numbers(label(age)))));
    out.table(
        columns,
        reports.stream()
            .map(
                report -> {
                  List<Cell> row = new ArrayList<>(List.of(Cell.of(report.location().value())));
                  report.ages().forEach(age -> row.add(Cell.of(age.pending().count())));
                  return row;
                })
            .toList());
  }

  private static List<Cell> row(LagReport report, Quantities quantities) {
    return List.of(
        Cell.of(report.location().value()),
        Tones.of(report.catchUp().state()),
        Cell.of(report.pending().count()),
        Cell.of(quantities.size(report.pending().size())),
        Cell.of(report.oldest().map(OldestPending::age).map(LagView::time).orElse(NONE)),
        Tones.bad(report.failed()),
        quantile(report, ReplicationTimes::p50),
        quantile(report, ReplicationTimes::p95),
        quantile(report, ReplicationTimes::p99),
        Cell.of(Texts.decimal(report.arrivals().objectsPerSecond())),
        Cell.of(Texts.decimal(report.completions().objectsPerSecond())),
        Cell.of(report.catchUp().eta().map(LagView::time).orElse(NONE)));
  }

  private static Cell quantile(LagReport report, Function<ReplicationTimes, Duration> which) {
    return Cell.of(report.times().map(which).map(LagView::time).orElse(NONE));
  }

  /** Under ten seconds milliseconds matter. */
  private static String time(Duration duration) {
    if (duration.isZero()) {
      return "0 s";
    }
    if (duration.toMillis() < 1000) {
      return duration.toMillis() + " ms";
    }
    return duration.toSeconds() < 10
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
        : Texts.duration(duration);
  }

  private static String label(AgeBucket bucket) {
    return bucket.to().map(to -> "< " + unit(to)).orElseGet(() -> ">= " + unit(bucket.from()));
  }

  private static String unit(Duration duration) {
    if (duration.toSeconds() % 3600 == 0) {
      return duration.toHours() + " h";
    }
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
