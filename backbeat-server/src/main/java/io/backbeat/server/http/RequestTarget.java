package io.backbeat.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes what a client sent a valid URI without changing what it means: encodes what must be
 * encoded, takes a stray {@code %} for itself, and, like the original, a backslash in a path for a
 * slash and everything behind {@code #} for a fragment.
 */
final class RequestTarget {
  private static final String UNSAFE = "\"<>\\^`{|}[]";

  private RequestTarget() {}

  static String path(String raw) {
    return encode(withoutFragment(raw).replace('\\', '/'));
  }

  static String query(String raw) {
    return encode(withoutFragment(raw));
  }

  private static String withoutFragment(String raw) {
    int hash = raw.indexOf('#');
    return hash < 0 ? raw : raw.substring(0, hash);
  }

  private static String encode(String raw) {
    StringBuilder encoded = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(
            c -> {
              if (c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
                percent(encoded, c);
              } else {
                encoded.appendCodePoint(c);
              }
            });
    return encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static void percent(StringBuilder encoded, int codePoint) {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
    }
  }
}
