package io.backbeat.kafka;

import java.nio.charset.StandardCharsets;

/** Percent-encoding exactly as JavaScript's {@code encodeURIComponent} does it. */
public final class UriComponent {
  private static final String UNRESERVED = "-_.!~*'()";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UriComponent() {}

  /**
   * Encodes all but {@code A-Z a-z 0-9 - _ . ! ~ * ' ( )}, as the upper-case hex of its UTF-8.
   *
   * @throws IllegalArgumentException if the text holds half of a surrogate pair, which JavaScript
   *     refuses too; a retry does not help
   */
  public static String encode(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, plain);
    for (int i = plain; i < text.length(); ) {
      int character = text.codePointAt(i);
      int length = Character.charCount(character);
      if (length == 1 && isPlain((char) character)) {
        encoded.append((char) character);
      } else {
        append(encoded, text, i, character);
      }
      i += length;
    }
    return encoded.toString();
  }

  private static void append(StringBuilder encoded, String text, int at, int character) {
    if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException(
          "half of a surrogate pair at index " + at + " cannot be encoded");
    }
    String whole = text.substring(at, at + Character.charCount(character));
    for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
    }
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }
}
