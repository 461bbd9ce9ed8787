package io.backbeat.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The two forms of a version id. <em>Decoded</em>, in metadata and keys: 14 digits of reversed
 * time, 6 digits of reversed sequence, 7 characters of replication group, then perhaps more; newer
 * ids sort first. <em>Encoded</em>, as clients see it: 32 characters of base 62 for an id of
 * exactly 27 characters, lower-case hex of its UTF-8 bytes for any other.
 */
public final class VersionId {
  private static final int SHORT_DECODED = 27;
  private static final int SHORT_ENCODED = 32;
  private static final int DIGITS = 20;
  private static final int HALF = 10;
  private static final int HALF_ENCODED = 6;
  private static final long HALF_LIMIT = 10_000_000_000L;
  private static final int GROUP = SHORT_DECODED - DIGITS;
  private static final String BASE_62 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final HexFormat HEX = HexFormat.of();

  private VersionId() {}

  /**
   * The encoded form. A decoded id of 16 bytes or fewer, which no server makes, gives a text that
   * cannot be decoded.
   */
  public static String encode(String decoded) {
    if (!isShort(decoded)) {
      return HEX.formatHex(decoded.getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder encoded = new StringBuilder(SHORT_ENCODED);
    appendBase62(encoded, Long.parseLong(decoded, 0, HALF, 10), HALF_ENCODED);
    appendBase62(encoded, Long.parseLong(decoded, HALF, DIGITS, 10), HALF_ENCODED);
    long group = 0;
    for (int i = DIGITS; i < SHORT_DECODED; i++) {
      group = group << 8 | decoded.charAt(i);
    }
    appendBase62(encoded, group, SHORT_ENCODED - 2 * HALF_ENCODED);
    return encoded.toString();
  }

  /**
   * The decoded form.
   *
   * @throws IllegalArgumentException if the text is no encoded version id; says why. A retry does
   *     not help
   */
  public static String decode(String encoded) {
    if (encoded.length() < SHORT_ENCODED) {
      throw malformed(encoded, "it has " + encoded.length() + " characters");
    }
    return encoded.length() == SHORT_ENCODED ? decodeBase62(encoded) : decodeHex(encoded);
  }

  /**
   * Whether base 62 can hold the id: anything else of 27 characters goes into hex as well, so that
   * it comes back.
   */
  private static boolean isShort(String decoded) {
    if (decoded.length() != SHORT_DECODED) {
      return false;
    }
    for (int i = 0; i < SHORT_DECODED; i++) {
      char c = decoded.charAt(i);
      if (i < DIGITS ? c < '0' || c > '9' : c > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static void appendBase62(StringBuilder encoded, long value, int width) {
    int start = encoded.length();
    long rest = value;
    for (int i = 0; i < width; i++) {
      encoded.insert(start, BASE_62.charAt((int) (rest % 62)));
      rest /= 62;
    }
  }

  private static String decodeBase62(String encoded) {
    long first = number(encoded, 0, HALF_ENCODED, HALF_LIMIT);
    long second = number(encoded, HALF_ENCODED, 2 * HALF_ENCODED, HALF_LIMIT);
    long group = number(encoded, 2 * HALF_ENCODED, SHORT_ENCODED, 1L << (8 * GROUP));
    StringBuilder decoded = new StringBuilder(SHORT_DECODED);
    decoded.append(String.format("%010d%010d", first, second));
    for (int shift = 8 * (GROUP - 1); shift >= 0; shift -= 8) {
      int c = (int) (group >> shift & 0xff);
      if (c > 0x7f) {
        throw malformed(encoded, "its replication group is not ASCII");
      }
      decoded.append((char) c);
    }
    return decoded.toString();
  }

  private static long number(String encoded, int from, int to, long limit) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = BASE_62.indexOf(encoded.charAt(i));
      if (digit < 0) {
        throw malformed(encoded, "'" + encoded.charAt(i) + "' is no digit of base 62");
      }
      number = number * 62 + digit;
      if (number >= limit) {
        throw malformed(encoded, "characters " + (from + 1) + " to " + to + " are out of range");
      }
    }
    return number;
  }

  private static String decodeHex(String encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(encoded));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw malformed(encoded, "its bytes are not UTF-8");
    } catch (IllegalArgumentException e) {
      throw malformed(encoded, "more than 32 characters must be hex digits in pairs");
    }
  }

  private static IllegalArgumentException malformed(String encoded, String why) {
    return new IllegalArgumentException(
        "an encoded version id must be 32 characters of base 62 or more of hex, was \""
            + encoded
            + "\": "
            + why);
  }
}
