package io.backbeat.server.operate;

import io.backbeat.api.RetryRequest;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.TableWriter;
import java.util.List;

/** Prints the retries that would be asked for, batch by batch. */
public final class RequestList {
  private final TableWriter table;

  /** An empty list. */
  public RequestList(Printer out) {
    this.table =
        out.table(
            List.of(Column.words("location"), Column.words("version"), Column.words("object")));
  }

  /**
   * Prints a batch.
   *
   * @return how many
   */
  public int print(List<RetryRequest> batch) {
    table.write(batch.stream().map(RequestList::row).toList());
    return batch.size();
  }

  private static List<Cell> row(RetryRequest request) {
    String version = request.object().versionId();
    return List.of(
        Cell.of(request.location().value()),
        Cell.of(version.isEmpty() ? "-" : version),
        Cell.of(request.object().orderingKey()));
  }
}
