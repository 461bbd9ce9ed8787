package io.backbeat.replication;

/**
 * A run of bytes of an object.
 *
 * @param offset the first byte, counted from 0
 * @param length how many bytes, 0 for none
 */
public record ByteRange(long offset, long length) {
  /** Checks that nothing is negative. */
  public ByteRange {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(
          "offset and length must be >= 0, were " + offset + " and " + length);
    }
  }

  /** All bytes of an object of that size. */
  public static ByteRange whole(long size) {
    return new ByteRange(0, size);
  }

  /** The offset behind the last byte. */
  public long end() {
    return offset + length;
  }
}
