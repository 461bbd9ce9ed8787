package io.backbeat.server.http;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request on the logger {@code backbeat.access}, at INFO. What comes from the client
 * is escaped, so that no request can make two lines or look like another.
 *
 * @param enabled whether lines are written at all
 */
record AccessLog(boolean enabled) {
  private static final Logger LOG = LoggerFactory.getLogger("backbeat.access");
  private static final int LONGEST_TARGET = 2048;

  /** A request that was answered. */
  void answered(
      String method,
      String target,
      int status,
      long bytes,
      long millis,
      String peer,
      String requestId) {
    if (enabled && LOG.isInfoEnabled()) {
      LOG.info(
          "method={} target=\"{}\" status={} bytes={} ms={} peer={} requestId={}",
          escape(method),
          escape(target),
          status,
          bytes,
          millis,
          peer,
          requestId);
    }
  }

  /** A request that could not be read. */
  void rejected(int status, long bytes, String peer, String requestId) {
    answered("-", "-", status, bytes, 0, peer, requestId);
  }

  /** Printable ASCII without quotes and backslashes; anything else as {@code \xNN}. */
  static String escape(String text) {
    int length = Math.min(text.length(), LONGEST_TARGET);
    StringBuilder escaped = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        escaped.append(String.format(Locale.ROOT, c > 0xff ? "\\u%04x" : "\\x%02x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return length < text.length() ? escaped.append("...").toString() : escaped.toString();
  }
}
