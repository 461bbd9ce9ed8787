package io.backbeat.server.operate;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.TableWriter;
import io.backbeat.server.terminal.Tone;
import java.util.List;
import java.util.Map;

/** How the parts of the system are. */
public final class HealthView {
  private static final List<Column> PARTS =
      List.of(Column.words("component"), Column.words("state"), Column.words("detail"));
  private static final List<Column> PARTITIONS =
      List.of(Column.numbers("partition"), Column.words("state"));

  private HealthView() {}

  /** Prints a row for each part, the whole last. */
  public static void print(HealthReport report, Printer out) {
    TableWriter table = out.table(PARTS);
    table.write(report.components().stream().map(HealthView::row).toList());
    table.write(List.of(List.of(Cell.of("all"), Tones.of(report.overall()), Cell.of(""))));
  }

  /** Prints a row for each partition, and how long the round trips took. */
  public static void print(DeepHealth health, Printer out) {
    out.table(
        PARTITIONS, health.partitions().entrySet().stream().map(HealthView::partition).toList());
    out.line("round trips took " + health.elapsed().toMillis() + " ms");
  }

  private static List<Cell> row(ComponentHealth health) {
    return List.of(Cell.of(health.component()), Tones.of(health.state()), Cell.of(health.detail()));
  }

  private static List<Cell> partition(Map.Entry<Integer, Boolean> entry) {
    return List.of(
        Cell.of(entry.getKey()),
        entry.getValue() ? new Cell("ok", Tone.GOOD) : new Cell("error", Tone.BAD));
  }
}
