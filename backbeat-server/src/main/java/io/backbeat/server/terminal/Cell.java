package io.backbeat.server.terminal;

/**
 * What stands at one place of a table.
 *
 * @param text any text; control characters are spelt out
 * @param tone its colour, where there are colours
 */
public record Cell(String text, Tone tone) {
  /** Spells out control characters. */
  public Cell {
    text = Texts.printable(text);
  }

  /** A text without colour. */
  public static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  /** A number without colour. */
  public static Cell of(long number) {
    return of(Long.toString(number));
  }
}
