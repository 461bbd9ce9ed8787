package io.backbeat.replication;

import java.util.ArrayList;
import java.util.List;

/** Cuts an object into the parts of an upload. Pure. */
public final class MultipartPlan {
  private static final long MIB = 1L << 20;
  private static final long SMALLEST_PART = 16 * MIB;
  private static final long USUAL_PART_LIMIT = 512 * MIB;
  private static final int USUAL_PARTS = 1_000;
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_PARTS_GCP = 1_024;

  private MultipartPlan() {}

  /**
   * The parts for S3 and Azure: 16 MiB each, larger ones when there would be more than 1,000, and
   * more than 512 MiB only when there would be more than 10,000.
   *
   * @param length of the object, at least 0
   * @return at least one part; the only part of an empty object is empty
   */
  public static List<ByteRange> parts(long length) {
    return cut(length, partSize(length));
  }

  /** The parts for Google Cloud Storage, which takes at most 1,024. */
  public static List<ByteRange> partsForGcp(long length) {
    long size = partSize(length);
    if (length > size * MOST_PARTS_GCP) {
      size = ceilToPowerOfTwo(length) / MOST_PARTS_GCP;
    }
    return cut(length, size);
  }

  private static long partSize(long length) {
    if (length <= SMALLEST_PART) {
      return Math.max(length, 1);
    }
    long size = SMALLEST_PART;
    while (length > size * USUAL_PARTS && size < USUAL_PART_LIMIT) {
      size *= 2;
    }
    while (length > size * MOST_PARTS) {
      size *= 2;
    }
    return size;
  }

  private static long ceilToPowerOfTwo(long value) {
    long floor = Long.highestOneBit(value);
    return floor == value ? value : floor * 2;
  }

  private static List<ByteRange> cut(long length, long size) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be >= 0, was " + length);
    }
    if (length == 0) {
      return List.of(ByteRange.whole(0));
    }
    List<ByteRange> parts = new ArrayList<>(Math.toIntExact((length + size - 1) / size));
    for (long offset = 0; offset < length; offset += size) {
      parts.add(new ByteRange(offset, Math.min(size, length - offset)));
    }
    return List.copyOf(parts);
  }
}
