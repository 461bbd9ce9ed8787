package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.Payload;
import java.nio.charset.StandardCharsets;

/** What a request carries. */
sealed interface Body {
  Body NONE = new Small(new byte[0]);

  /** Held in memory. */
  final class Small implements Body {
    private final byte[] bytes;

    Small(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }

  /** Read while it is sent. */
  record Streamed(Payload payload) implements Body {
    @Override
    public long length() {
      return payload.length();
    }
  }

  long length();

  static Body text(String text) {
    return new Small(text.getBytes(StandardCharsets.UTF_8));
  }
}
