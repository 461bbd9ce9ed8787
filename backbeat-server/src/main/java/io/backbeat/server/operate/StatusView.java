package io.backbeat.server.operate;

import io.backbeat.api.LocationStatus;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import java.time.Instant;
import java.util.List;

/** What is wanted of locations, and what they do. */
public final class StatusView {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("location"),
          Column.words("wanted"),
          Column.words("observed"),
          Column.words("resumes"));

  private StatusView() {}

  /** Prints the table. */
  public static void print(List<LocationStatus> statuses, Instant now, Printer out) {
    out.table(COLUMNS, statuses.stream().map(status -> row(status, now)).toList());
  }

  private static List<Cell> row(LocationStatus status, Instant now) {
    return List.of(
        Cell.of(status.location().value()),
        Tones.of(status.target()),
        Tones.of(status.observed()),
        Cell.of(status.resumeAt().map(when -> Moments.ahead(when, now)).orElse("-")));
  }
}
