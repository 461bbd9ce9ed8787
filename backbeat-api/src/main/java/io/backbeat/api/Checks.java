package io.backbeat.api;

import java.time.Duration;
import java.util.Locale;

/**
 * Argument checks of the records of this package; each message names the value and what would be
 * right.
 */
final class Checks {
  private Checks() {}

  static String notEmpty(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }

  /** No encoding has a half of a surrogate pair, so that a store would make another text of it. */
  static String unicode(String value, String name) {
    int codePoint;
    for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
      codePoint = value.codePointAt(i);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s must be well-formed Unicode, has the lone surrogate U+%04X at index %d",
                name,
                codePoint,
                i));
      }
    }
    return value;
  }

  static long notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be >= 0, was " + value);
    }
    return value;
  }

  static Duration notNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
    return value;
  }
}
