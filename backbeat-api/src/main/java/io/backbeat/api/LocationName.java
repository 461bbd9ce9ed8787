package io.backbeat.api;

/**
 * The name of a location: a place that holds copies of objects, called <em>site</em> or <em>storage
 * class</em> on the wire.
 *
 * @param value 1 to 255 characters of well-formed Unicode; no {@code / , :} and no control
 *     character, because names are joined with commas in stored metadata, with colons in counter
 *     keys, and are one segment of a path
 */
public record LocationName(String value) implements Comparable<LocationName> {
  private static final int MAX_LENGTH = 255;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name breaks the rules above; a retry does not help
   */
  public LocationName {
    Checks.unicode(Checks.notEmpty(value, "location name"), "location name");
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "location name must have at most " + MAX_LENGTH + " characters, was " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '/' || c == ',' || c == ':' || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "location name must not contain '/', ',', ':' or control characters, was \""
                + value
                + "\"");
      }
    }
  }

  /** Shorthand for the constructor. */
  public static LocationName of(String value) {
    return new LocationName(value);
  }

  @Override
  public int compareTo(LocationName other) {
    return value.compareTo(other.value);
  }

  /** The bare name. */
  @Override
  public String toString() {
    return value;
  }
}
