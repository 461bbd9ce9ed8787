package io.backbeat.server.terminal;

import java.time.Duration;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** Numbers and names as people read them. */
public final class Texts {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Texts() {}

  /** Decimal units, as disks and networks use them. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** {@code 1 object}, {@code 2 objects}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The two largest units. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600 ? seconds / 60 + " min " + seconds % 60 + " s" : hours(seconds);
  }

  private static String hours(long seconds) {
    long hours = seconds / 3600;
    return hours < 48
        ? hours + " h " + seconds % 3600 / 60 + " min"
        : hours / 24 + " d " + hours % 24 + " h";
  }

  /** The number with two decimals. */
  public static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** How many columns of a terminal the text takes: two for wide characters, none for accents. */
  public static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /**
   * The text with control characters spelt out as {@code \\uXXXX}, and with them what turns the
   * direction of writing, separates lines or is half a character.
   */
  public static String printable(String text) {
    if (text.codePoints().noneMatch(Texts::unprintable)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (unprintable(c)) {
                printable.append(String.format("\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }

  private static boolean unprintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT ->
          c == 0x061c
              || c == 0x200e
              || c == 0x200f
              || (c >= 0x202a && c <= 0x202e)
              || (c >= 0x2066 && c <= 0x2069);
      default -> false;
    };
  }
}
