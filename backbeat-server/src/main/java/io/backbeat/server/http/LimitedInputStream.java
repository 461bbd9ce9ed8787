package io.backbeat.server.http;

import jakarta.ws.rs.HttpMethod;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails with {@link RequestError#tooLarge} as soon as more bytes than the limit were read. */
final class LimitedInputStream extends FilterInputStream {
  private final long limitBytes;
  private long read;

  LimitedInputStream(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count(Math.max(0, n));
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) {
    read += bytes;
    if (read > limitBytes) {
      throw RequestError.tooLarge(HttpMethod.POST, limitBytes);
    }
  }
}
