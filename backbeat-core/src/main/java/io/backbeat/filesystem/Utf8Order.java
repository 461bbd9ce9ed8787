package io.backbeat.filesystem;

/**
 * Compares texts as their UTF-8 bytes would be compared, which {@link String#compareTo} does not do
 * beyond U+FFFF.
 */
final class Utf8Order {
  private Utf8Order() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for characters beyond U+FFFF, and those come after all others.
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
