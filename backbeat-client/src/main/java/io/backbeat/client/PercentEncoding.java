package io.backbeat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Percent-encoded UTF-8. Only the characters that no URI gives a meaning to stay as they are, so
 * that whatever stands between client and server has nothing to interpret.
 */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /**
   * One segment of a path, or a name or value of a query.
   *
   * @throws IllegalArgumentException if the text holds half a surrogate pair, which UTF-8 cannot
   *     tell
   */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    // Segments of dots mean directories to many, so their dots are hidden.
    boolean dots = text.equals(".") || text.equals("..");
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xff;
      if (isUnreserved(b) && !dots) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
      }
    }
    return encoded.toString();
  }

  /**
   * The text itself, for bodies.
   *
   * @throws IllegalArgumentException as {@link #encode} does
   */
  static String checked(String text) {
    utf8(text);
    return text;
  }

  private static ByteBuffer utf8(String text) {
    try {
      return UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a name must be valid Unicode, and \"" + text + "\" holds half a surrogate pair", e);
    }
  }

  private static boolean isUnreserved(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
