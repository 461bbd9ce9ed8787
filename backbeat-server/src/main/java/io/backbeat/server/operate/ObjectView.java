package io.backbeat.server.operate;

import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import java.util.List;

/** Where a version stands at its destinations. */
public final class ObjectView {
  private static final List<Column> COLUMNS =
      List.of(Column.words("location"), Column.words("status"), Column.words("version there"));

  private ObjectView() {}

  /** Prints a row for each destination, and the whole. */
  public static void print(ReplicationStatus status, Printer out) {
    out.line(status.object() + ": " + status.overall());
    out.table(COLUMNS, status.sites().stream().map(ObjectView::row).toList());
  }

  private static List<Cell> row(SiteReplication site) {
    return List.of(
        Cell.of(site.location().value()),
        Tones.of(site.status()),
        Cell.of(site.dataStoreVersionId().isEmpty() ? "-" : site.dataStoreVersionId()));
  }
}
