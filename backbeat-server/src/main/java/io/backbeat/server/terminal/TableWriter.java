package io.backbeat.server.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a table in parts, so that one of any length needs no memory. Columns are as wide as the
 * widest cell so far; a later part with a wider one moves its own lines only. Not thread-safe.
 */
public final class TableWriter {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final boolean colours;
  private final Consumer<String> out;
  private final int[] widths;
  private boolean begun;

  /**
   * A table without rows.
   *
   * @param colours whether tones show
   * @param out takes the lines
   */
  public TableWriter(List<Column> columns, boolean colours, Consumer<String> out) {
    this.columns = List.copyOf(columns);
    this.colours = colours;
    this.out = out;
    this.widths = columns.stream().mapToInt(c -> Texts.width(c.heading())).toArray();
  }

  /** The lines of a whole table without colours. */
  public static List<String> lines(List<Column> columns, List<List<Cell>> rows) {
    List<String> lines = new ArrayList<>();
    new TableWriter(columns, false, lines::add).write(rows);
    return lines;
  }

  /** Writes rows, each with a cell for every column; the heading before the first ones. */
  public void write(List<List<Cell>> rows) {
    rows.forEach(this::widen);
    if (!begun) {
      out.accept(line(columns.stream().map(column -> Cell.of(column.heading())).toList()));
      begun = true;
    }
    rows.forEach(row -> out.accept(line(row)));
  }

  private void widen(List<Cell> row) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have " + columns.size() + " cells, was " + row.size());
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], Texts.width(row.get(i).text()));
    }
  }

  private String line(List<Cell> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = row.get(i);
      String blank = " ".repeat(widths[i] - Texts.width(cell.text()));
      boolean last = i == widths.length - 1;
      String text = colours ? cell.tone().on(cell.text()) : cell.text();
      line.append(i == 0 ? "" : GAP)
          .append(columns.get(i).right() ? blank + text : text + (last ? "" : blank));
    }
    boolean open = row.get(row.size() - 1).text().isEmpty();
    return open ? line.toString().stripTrailing() : line.toString();
  }
}
