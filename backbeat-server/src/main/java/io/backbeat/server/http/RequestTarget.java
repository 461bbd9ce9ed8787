package io.backbeat.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Makes what a client sent a valid URI without changing what it means: encodes what must be
 * encoded, takes a stray {@code %} for itself, and, like the original, a backslash in a path for a
 * slash and everything behind {@code #} for a fragment. Raw bytes beyond ASCII are kept, so that
 * raw UTF-8 means the same as encoded UTF-8.
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

  /** Whether what is encoded is text; a name that is none would stand for other names as well. */
  static boolean isUtf8(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      boolean escape = encoded.charAt(i) == '%' && i + 2 < encoded.length();
      // What other containers leave unencoded is text already.
      int raw = Math.min(encoded.charAt(i), 0x7f);
      bytes.write(escape ? HexFormat.fromHexDigits(encoded, i + 1, i + 3) : raw);
      i += escape ? 2 : 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String withoutFragment(String raw) {
    int hash = raw.indexOf('#');
    return hash < 0 ? raw : raw.substring(0, hash);
  }

  /** Grizzly hands over the bytes of the request as one character each. */
  private static String encode(String raw) {
    StringBuilder encoded = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
        encoded.append(String.format(Locale.ROOT, "%%%02X", c & 0xff));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }
}
