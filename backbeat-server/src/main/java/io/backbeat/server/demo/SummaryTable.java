package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.TableWriter;
import io.backbeat.server.terminal.Texts;
import java.util.List;
import java.util.Map;

/** Writes a {@link Tally} as a table. */
final class SummaryTable {
  private SummaryTable() {}

  /** The lines of the table: a heading, and one for each location. */
  static List<String> lines(Tally tally, ProgressMeter meter) {
    return TableWriter.lines(
        List.of(
            Column.words("location"),
            Column.numbers("objects"),
            Column.numbers("COMPLETED"),
            Column.numbers("PENDING"),
            Column.numbers("FAILED"),
            Column.numbers("bytes"),
            Column.numbers("copied this run")),
        tally.locations().entrySet().stream()
            .map(entry -> row(entry, meter.completed(entry.getKey())))
            .toList());
  }

  private static List<Cell> row(Map.Entry<LocationName, Tally.Location> entry, long completed) {
    Tally.Location location = entry.getValue();
    return List.of(
        Cell.of(entry.getKey().value()),
        Cell.of(location.objects()),
        Cell.of(location.count(SiteStatus.COMPLETED)),
        Cell.of(location.count(SiteStatus.PENDING)),
        Cell.of(location.count(SiteStatus.FAILED)),
        Cell.of(Texts.bytes(location.completedBytes())),
        Cell.of(completed));
  }
}
