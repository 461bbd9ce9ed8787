package io.backbeat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The begin of a body, for messages. */
final class Excerpt {
  private static final int MAX_BYTES = 200;

  private Excerpt() {}

  /** In quotes and on one line. */
  static String of(byte[] body) {
    if (body.length == 0) {
      return "(empty body)";
    }
    String begin = new String(Arrays.copyOf(body, Math.min(body.length, MAX_BYTES)), UTF_8);
    String line = begin.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return '"' + line + '"' + (body.length > MAX_BYTES ? "… (" + body.length + " bytes)" : "");
  }
}
