package io.backbeat.server.operate;

import io.backbeat.api.LocationStatus;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ServiceName;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The table of a live view: states and numbers side by side. */
final class LookTable {
  private static final long LONGEST_SECONDS = Duration.ofDays(999).toSeconds();

  private LookTable() {}

  static List<Column> columns(ServiceName service) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("location"));
    columns.add(Column.words("wanted"));
    columns.add(Column.words("observed"));
    if (service != ServiceName.LIFECYCLE) {
      columns.addAll(MetricsView.columns(service));
      columns.add(Column.numbers("time left"));
    }
    columns.add(Column.words("resumes"));
    return columns;
  }

  static List<List<Cell>> rows(Look look, Quantities quantities) {
    return look.statuses().stream().map(status -> row(look, status, quantities)).toList();
  }

  private static List<Cell> row(Look look, LocationStatus status, Quantities quantities) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(status.location().value()));
    row.add(Tones.of(status.target()));
    row.add(Tones.of(status.observed()));
    MetricsReport report = look.reports().get(status.location());
    if (report != null) {
      row.addAll(MetricsView.cells(report, quantities));
      row.add(Cell.of(left(report)));
    }
    row.add(Cell.of(status.resumeAt().map(when -> Moments.ahead(when, look.at())).orElse("-")));
    return row;
  }

  /** At the pace of the last 15 minutes. */
  private static String left(MetricsReport report) {
    long waiting = report.backlog().count();
    double pace = report.throughput().operationsPerSecond();
    if (waiting <= 0) {
      return "0 s";
    }
    double seconds = waiting / pace;
    return pace > 0 && seconds < LONGEST_SECONDS
        ? Texts.duration(Duration.ofSeconds((long) Math.ceil(seconds)))
        : "-";
  }
}
