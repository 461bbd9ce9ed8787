package io.backbeat.api;

/**
 * Work per second, averaged over the last 5 minutes.
 *
 * @param objectsPerSecond object versions per second; not negative
 * @param bytesPerSecond their bytes per second; not negative
 */
public record Rate(double objectsPerSecond, double bytesPerSecond) {
  /** Nothing. */
  public static final Rate ZERO = new Rate(0, 0);

  /** Checks that both are numbers and not negative. */
  public Rate {
    notNegative(objectsPerSecond, "objectsPerSecond");
    notNegative(bytesPerSecond, "bytesPerSecond");
  }

  private static void notNegative(double value, String name) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be a number >= 0, was " + value);
    }
  }
}
