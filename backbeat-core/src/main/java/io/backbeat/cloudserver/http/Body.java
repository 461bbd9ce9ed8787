package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.Payload;
import java.nio.charset.StandardCharsets;

/** What a request carries. */
sealed interface Body {
  Body NONE = new Small(new byte[0]);

  /** Held in memory. */
  record Small(byte[] bytes) implements Body {
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
