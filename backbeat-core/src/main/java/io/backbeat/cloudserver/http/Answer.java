package io.backbeat.cloudserver.http;

import java.net.http.HttpHeaders;

/**
 * What a server said.
 *
 * @param content a {@link Running} one has to be closed
 */
record Answer(int status, HttpHeaders headers, Content content) {
  /** The body of an answer. */
  sealed interface Content {}

  /** All of it. */
  static final class Whole implements Content {
    private final byte[] bytes;

    Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** That which is still arriving. */
  record Running(ByteStream stream) implements Content {}

  boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The body, if it has been read. */
  byte[] bytes() {
    return content instanceof Whole whole ? whole.bytes() : new byte[0];
  }

  /** A header; empty if there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
