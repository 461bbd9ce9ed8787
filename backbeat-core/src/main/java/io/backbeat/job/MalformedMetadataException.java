package io.backbeat.job;

import org.jspecify.annotations.Nullable;

/**
 * Object metadata that cannot be understood. The message says what is wrong, where, and what would
 * be right. A retry does not help: the same bytes are as malformed the next time.
 */
public final class MalformedMetadataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final long byteOffset;

  MalformedMetadataException(
      String problem, int line, int column, long byteOffset, @Nullable Throwable cause) {
    super(problem + " (line " + line + ", column " + column + ", byte " + byteOffset + ")", cause);
    this.line = line;
    this.column = column;
    this.byteOffset = byteOffset;
  }

  /** The line of the problem, from 1. */
  public int line() {
    return line;
  }

  /** The column of the problem in bytes, from 1. */
  public int column() {
    return column;
  }

  /** How many bytes stand before the problem. */
  public long byteOffset() {
    return byteOffset;
  }
}
