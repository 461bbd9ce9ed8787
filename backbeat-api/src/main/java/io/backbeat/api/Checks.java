package io.backbeat.api;

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

  static long notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be >= 0, was " + value);
    }
    return value;
  }
}
