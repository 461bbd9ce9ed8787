package io.backbeat.zookeeper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Any text as the name of a node. Pure. Plain names stay as they are. What ZooKeeper does not allow
 * in a name (slashes, control characters, surrogates, private use; a name of one or two dots) is
 * written as percent-encoded UTF-8, and so is a percent sign that would read as such an encoding.
 */
final class NodeName {
  private static final Pattern ENCODED = Pattern.compile("%\\p{XDigit}{2}");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private NodeName() {}

  static String encode(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the name of a node must not be empty");
    }
    if (text.equals(".") || text.equals("..")) {
      return text.replace(".", "%2E");
    }
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean looksEncoded = c == '%' && ENCODED.matcher(text).region(i, text.length()).lookingAt();
      if (looksEncoded || !isAllowed(c)) {
        for (byte b : text.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
          name.append('%').append(HEX.toHexDigits(b));
        }
      } else {
        name.appendCodePoint(c);
      }
      i = next;
    }
    return name.toString();
  }

  private static boolean isAllowed(int c) {
    return c != '/' && !Character.isISOControl(c) && !(c >= 0xd800 && c <= 0xf8ff) && c < 0xfff0;
  }

  static String decode(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean encoded =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[i + 1])
              && HexFormat.isHexDigit(bytes[i + 2]);
      if (encoded) {
        text.write(
            HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        text.write(bytes[i]);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
