package io.backbeat.cloudserver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Percent-encoded UTF-8 with upper-case digits, the form that signatures are made over. Only
 * letters, digits and {@code - . _ ~} stay as they are: CloudServer reads a bare {@code +} as a
 * space, in paths too.
 */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** A bucket, or a name or value of a query. */
  static String encode(String text) {
    return encode(text, false);
  }

  /** The key of an object: its slashes stay, all of them, as do segments of dots. */
  static String encodeKey(String key) {
    return encode(key, true);
  }

  private static String encode(String text, boolean slashes) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte each : text.getBytes(UTF_8)) {
      int b = each & 0xff;
      if (isUnreserved(b) || (slashes && b == '/')) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
      }
    }
    return encoded.toString();
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
