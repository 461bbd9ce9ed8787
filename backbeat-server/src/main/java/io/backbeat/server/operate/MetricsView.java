package io.backbeat.server.operate;

import io.backbeat.api.MetricsReport;
import io.backbeat.api.ServiceName;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbers of locations. Only replication counts bytes. */
public final class MetricsView {
  private MetricsView() {}

  /**
   * Prints a row for each.
   *
   * @param reports by what stands in the first column
   */
  public static void print(
      ServiceName service, Map<String, MetricsReport> reports, Quantities quantities, Printer out) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("location")));
    columns.addAll(columns(service));
    out.table(
        columns,
        reports.entrySet().stream()
            .map(
                entry -> {
                  List<Cell> row = new ArrayList<>(List.of(Cell.of(entry.getKey())));
                  row.addAll(cells(entry.getValue(), quantities));
                  return row;
                })
            .toList());
  }

  static List<Column> columns(ServiceName service) {
    return service == ServiceName.REPLICATION
        ? numbers("backlog", "bytes", "done 24 h", "bytes", "failed", "per second", "bytes/s")
        : numbers("pending", "done 24 h", "per second");
  }

  static List<Cell> cells(MetricsReport report, Quantities quantities) {
    return report.service() == ServiceName.REPLICATION
        ? List.of(
            Cell.of(report.backlog().count()),
            Cell.of(quantities.size(report.backlog().size())),
            Cell.of(report.completions().count()),
            Cell.of(quantities.size(report.completions().size())),
            Tones.bad(report.failures().count()),
            Cell.of(Texts.decimal(report.throughput().operationsPerSecond())),
            Cell.of(quantities.rate(report.throughput().bytesPerSecond())))
        : List.of(
            Cell.of(report.pending().count()),
            Cell.of(report.completions().count()),
            Cell.of(Texts.decimal(report.throughput().operationsPerSecond())));
  }

  private static List<Column> numbers(String... headings) {
    return List.of(headings).stream().map(Column::numbers).toList();
  }
}
