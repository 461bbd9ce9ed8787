package io.backbeat.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What is in a node.
 *
 * @param text its bytes as UTF-8
 * @param version how often it was written since it was made; 0 for never
 * @param modifiedAt when it was written last, by the server's clock
 * @param session the session it ends with; 0 for a node that stays
 */
record Node(String text, int version, Instant modifiedAt, long session) {
  /** The number of writes, with the first. */
  long revision() {
    return version + 1L;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
