package io.backbeat.server.operate;

import io.backbeat.api.FailedOperation;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.TableWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Prints failed operations while they are read, and holds no more of them than a chunk.
 *
 * @param json one document for each on a line of its own, instead of a table
 * @param messages whether each is followed by what went wrong; with {@code json} it always is
 */
public record FailedView(boolean json, boolean messages, Quantities quantities) {
  private static final int CHUNK = 100;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("location"),
          Column.words("last failure"),
          Column.numbers("attempts"),
          Column.numbers("size"),
          Column.words("error"),
          Column.words("version"),
          Column.words("object"));

  /**
   * Prints.
   *
   * @param limit how many at most
   * @return how many were printed; ends early, too, when nobody reads any more
   */
  public long print(Iterator<FailedOperation> operations, long limit, Printer out) {
    TableWriter table = out.table(columns());
    long printed = 0;
    boolean read = true;
    while (read && printed < limit && operations.hasNext()) {
      List<FailedOperation> chunk = new ArrayList<>();
      while (chunk.size() < Math.min(CHUNK, limit - printed) && operations.hasNext()) {
        chunk.add(operations.next());
      }
      print(chunk, table, out);
      printed += chunk.size();
      read = out.flush();
    }
    return printed;
  }

  private void print(List<FailedOperation> chunk, TableWriter table, Printer out) {
    if (json) {
      chunk.forEach(operation -> out.json(WireJson.failed(operation)));
    } else {
      table.write(chunk.stream().map(this::row).toList());
    }
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (messages) {
      columns.add(Column.words("message"));
    }
    return columns;
  }

  private List<Cell> row(FailedOperation operation) {
    String version = operation.object().versionId();
    List<Cell> row =
        new ArrayList<>(
            List.of(
                Cell.of(operation.location().value()),
                Cell.of(Moments.recorded(operation.lastFailure())),
                Cell.of(operation.attempts()),
                Cell.of(quantities.size(operation.size())),
                Cell.of(operation.errorClass().isEmpty() ? "-" : operation.errorClass()),
                Cell.of(version.isEmpty() ? "-" : version),
                Cell.of(operation.object().orderingKey())));
    if (messages) {
      row.add(Cell.of(operation.message()));
    }
    return row;
  }
}
