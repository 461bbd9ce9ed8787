package io.backbeat.server.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/**
 * Writes results, with control characters spelt out so that no name can steer the terminal. Not
 * thread-safe.
 */
public final class Printer {
  private final PrintWriter out;
  private final boolean colours;

  /**
   * A printer.
   *
   * @param colours whether tones show
   */
  public Printer(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** Writes one line. */
  public void line(String text) {
    out.println(Texts.printable(text));
  }

  /** Writes a table. */
  public void table(List<Column> columns, List<List<Cell>> rows) {
    table(columns).write(rows);
  }

  /** Begins a table that comes in parts. */
  public TableWriter table(List<Column> columns) {
    return new TableWriter(columns, colours, out::println);
  }

  /** Writes a document on one line. Outside of texts it has no character that is spelt out. */
  public void json(JsonNode document) {
    out.println(Texts.printable(document.toString()));
  }

  /** Writes what steers the terminal, as it is. */
  public void control(String sequence) {
    out.print(sequence);
  }

  /** Sends on what was written; whether somebody still reads. */
  public boolean flush() {
    return !out.checkError();
  }
}
