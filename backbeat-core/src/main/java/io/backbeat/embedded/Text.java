package io.backbeat.embedded;

/**
 * Keeps apart what UTF-8 cannot: a lone surrogate would be stored as {@code ?}, and become another
 * key.
 */
final class Text {
  private Text() {}

  /**
   * Checks that a text survives UTF-8.
   *
   * @throws IllegalArgumentException if it has a lone surrogate
   */
  static String requireUnicode(String text) {
    int at = loneSurrogate(text);
    if (at >= 0) {
      throw new IllegalArgumentException(
          "text must be well-formed Unicode, has the lone surrogate U+"
              + Integer.toHexString(text.charAt(at)).toUpperCase(java.util.Locale.ROOT)
              + " at index "
              + at
              + ": \""
              + lenient(text.substring(0, Math.min(text.length(), 200)))
              + "\"");
    }
    return text;
  }

  /** The text with lone surrogates replaced, for what people read. */
  static String lenient(String text) {
    if (loneSurrogate(text) < 0) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The index of the first one, or -1. */
  private static int loneSurrogate(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) && !isHalfOfPair(text, i, c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isHalfOfPair(String text, int at, char c) {
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
