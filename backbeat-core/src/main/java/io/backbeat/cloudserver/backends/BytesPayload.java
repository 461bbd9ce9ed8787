package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory; nobody changes them. */
final class BytesPayload implements Payload {
  private final byte[] bytes;

  BytesPayload(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
