package io.backbeat.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A fingerprint of what a client wrote, for metadata without {@code microVersionId}: equal for the
 * same write before and after Backbeat stored statuses in it, different after another write.
 *
 * <p>CloudServer writes the members of a document back in another order, with empty defaults filled
 * in and with the creation time added. So members are added up without order, and empty ones do not
 * count. 128 bits, not cryptographic: whoever could forge a collision can only keep a change of an
 * object of their own from being replicated.
 */
final class Revision {
  private static final byte[][] NOT_WRITTEN_BY_CLIENTS =
      bytes("replicationInfo", "originOp", "creation-time", "microVersionId");

  private static final byte[][] EMPTY = bytes("\"\"", "null", "false", "{}", "[]");

  private static final long LEFT = 0x9E3779B97F4A7C15L;
  private static final long RIGHT = 0xC2B2AE3D27D4EB4FL;

  private final byte[] json;
  private long left;
  private long right;
  private long memberLeft;
  private long memberRight;

  private Revision(byte[] json) {
    this.json = json;
  }

  static String of(byte[] json) {
    Revision revision = new Revision(json);
    JsonMembers.visit(json, revision::add);
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(revision.left) + hex.toHexDigits(revision.right);
  }

  private void add(int nameStart, int nameEnd, int start, int end) {
    if (isOneOf(NOT_WRITTEN_BY_CLIENTS, nameStart, nameEnd) || isOneOf(EMPTY, start, end)) {
      return;
    }
    memberLeft = LEFT;
    memberRight = RIGHT;
    absorb(nameStart, nameEnd);
    absorb(start, end);
    left += mix(memberLeft, RIGHT);
    right += mix(memberRight, LEFT);
  }

  private boolean isOneOf(byte[][] texts, int start, int end) {
    int length = end - start;
    for (byte[] text : texts) {
      if (text.length == length && Arrays.equals(json, start, end, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  /** Eight bytes at a time, the two halves side by side. */
  private void absorb(int start, int end) {
    long a = memberLeft ^ (end - start);
    long b = memberRight ^ (end - start);
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = (long) JsonMembers.LONGS.get(json, at);
      a = mix(a ^ eight, LEFT);
      b = mix(b ^ eight, RIGHT);
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (json[at] & 0xff);
    }
    memberLeft = mix(a ^ rest, LEFT);
    memberRight = mix(b ^ rest, RIGHT);
  }

  private static long mix(long value, long prime) {
    long product = value * prime;
    return product ^ (product >>> 32);
  }

  private static byte[][] bytes(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
