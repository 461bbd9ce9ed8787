package io.backbeat.server.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row of the table of recorded answers that differ, in {@code docs/reference/differences.md}.
 *
 * @param id its short name
 * @param answer what we answer: a status, and for an error its name
 * @param where on which stores it is so
 * @param records ids of the records it explains
 */
record ListedDifference(String id, String answer, Where where, List<String> records) {
  /** What the records are replayed on. */
  enum Where {
    BOTH,
    EMBEDDED,
    SERVICES
  }

  private static final Path PAGE = Path.of("docs", "reference", "differences.md");
  private static final String SECTION = "## Recorded answers that differ";

  /** The rows that apply to one kind of stores. */
  static List<ListedDifference> on(Where where) {
    return all().stream().filter(row -> row.where == where || row.where == Where.BOTH).toList();
  }

  private static List<ListedDifference> all() {
    try {
      String page = Files.readString(page());
      int start = page.indexOf(SECTION);
      if (start < 0) {
        throw new AssertionError(PAGE + " has no section \"" + SECTION + '"');
      }
      int end = page.indexOf("\n## ", start + 1);
      String section = page.substring(start, end < 0 ? page.length() : end);
      return section
          .lines()
          .filter(line -> line.startsWith("| `"))
          .map(ListedDifference::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ListedDifference row(String line) {
    String[] cells = line.substring(1).split("\\|");
    if (cells.length != 6) {
      throw new AssertionError("6 columns expected, " + cells.length + " found: " + line);
    }
    return new ListedDifference(
        cells[0].trim().replace("`", ""),
        cells[3].trim().replace("`", ""),
        Where.valueOf(cells[4].trim().toUpperCase(Locale.ROOT)),
        ids(cells[5].trim()));
  }

  /** {@code prod 3 4, down1 5} is short for prod-3, prod-4 and down1-5. */
  private static List<String> ids(String cell) {
    List<String> ids = new ArrayList<>();
    for (String part : cell.split(",")) {
      String[] words = part.trim().split(" ");
      for (int i = 1; i < words.length; i++) {
        ids.add(words[0] + '-' + words[i]);
      }
    }
    return ids;
  }

  /** Tests run in the directory of their module. */
  private static Path page() {
    return Files.exists(PAGE) ? PAGE : Path.of("..").resolve(PAGE);
  }
}
