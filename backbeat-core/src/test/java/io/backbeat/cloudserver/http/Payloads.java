package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bodies for tests. */
final class Payloads {
  /** Opens a stream. */
  interface Opening {
    InputStream open() throws IOException;
  }

  private Payloads() {}

  static Payload of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  static Payload of(long length, Opening opening) {
    return new Payload() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return opening.open();
      }
    };
  }
}
