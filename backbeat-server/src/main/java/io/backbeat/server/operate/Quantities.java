package io.backbeat.server.operate;

import io.backbeat.server.terminal.Texts;

/** How sizes are written: in units, or to the byte. */
public enum Quantities {
  /** {@code 1.5 MB}. */
  UNITS,
  /** {@code 1500000}. */
  BYTES;

  String size(long bytes) {
    return this == BYTES ? Long.toString(bytes) : Texts.bytes(bytes);
  }

  String rate(double bytesPerSecond) {
    return this == BYTES
        ? Texts.decimal(bytesPerSecond)
        : Texts.bytes(Math.round(bytesPerSecond)) + "/s";
  }
}
