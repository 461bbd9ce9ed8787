package io.backbeat.server.terminal;

/**
 * A column of a table.
 *
 * @param heading its first line
 * @param right whether its cells end at the same place, as numbers do
 */
public record Column(String heading, boolean right) {
  /** A column of words. */
  public static Column words(String heading) {
    return new Column(heading, false);
  }

  /** A column of numbers. */
  public static Column numbers(String heading) {
    return new Column(heading, true);
  }
}
