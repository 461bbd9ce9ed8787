package io.backbeat.server.operate;

import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.TableWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Appends a line for each location, or a document, to what was there. */
public final class LookLines implements LookDisplay {
  private final boolean json;
  private final Quantities quantities;
  private final Printer out;
  private final Consumer<String> err;
  private Optional<TableWriter> table = Optional.empty();

  /**
   * Nothing is written yet.
   *
   * @param err takes what is no result
   */
  public LookLines(boolean json, Quantities quantities, Printer out, Consumer<String> err) {
    this.json = json;
    this.quantities = quantities;
    this.out = out;
    this.err = err;
  }

  @Override
  public boolean show(Look look) {
    if (json) {
      out.json(look.json());
    } else {
      TableWriter writer = table.orElseGet(() -> out.table(columns(look)));
      table = Optional.of(writer);
      writer.write(LookTable.rows(look, quantities).stream().map(row -> timed(look, row)).toList());
    }
    return out.flush();
  }

  @Override
  public void missed(String reason) {
    err.accept(reason);
  }

  private static List<Column> columns(Look look) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("time"));
    columns.add(Column.words("health"));
    columns.addAll(LookTable.columns(look.service()));
    return columns;
  }

  private static List<Cell> timed(Look look, List<Cell> row) {
    List<Cell> timed = new ArrayList<>();
    timed.add(Cell.of(Moments.at(look.at())));
    timed.add(Tones.of(look.health().overall()));
    timed.addAll(row);
    return timed;
  }
}
