package io.backbeat.cloudserver.http;

/** Libraries that only some of this package needs. */
final class Needed {
  private Needed() {}

  /**
   * Checks for a class.
   *
   * @throws IllegalStateException if it is not there; names the artifact to add
   */
  static void require(String className, String artifact) {
    try {
      Class.forName(className, false, Needed.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "CloudServer locations need software.amazon.awssdk:"
              + artifact
              + "; add that artifact to the class path",
          e);
    }
  }
}
