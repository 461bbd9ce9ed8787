package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a body in {@code aws-chunked} form; signatures of chunks are not looked at. */
final class AwsChunkedStream extends FilterInputStream {
  private long left;
  private boolean ended;
  private boolean started;

  AwsChunkedStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(left, length));
    if (count < 0) {
      throw new EOFException("a chunk breaks off");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (started) {
      line();
    }
    started = true;
    String head = line();
    int semicolon = head.indexOf(';');
    left = Long.parseLong(semicolon < 0 ? head : head.substring(0, semicolon), 16);
    if (left == 0) {
      ended = true;
      in.transferTo(java.io.OutputStream.nullOutputStream()); // trailers
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the head of a chunk breaks off");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(US_ASCII);
  }
}
