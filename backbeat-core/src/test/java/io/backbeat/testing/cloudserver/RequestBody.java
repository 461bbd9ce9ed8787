package io.backbeat.testing.cloudserver;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/**
 * The body of a request: taken out of aws-chunked form, and compared with the checksum that the
 * signature covers when it has been read.
 */
final class RequestBody {
  private static final int DRAINED = 64 << 20;
  private static final String HASH = "x-amz-content-sha256";

  private final Request request;
  private final InputStream raw;
  private InputStream stream;
  private byte[] buffered = new byte[0];

  RequestBody(Request request, InputStream raw) {
    this.request = request;
    this.raw = raw;
    this.stream = raw;
    String hash = request.header(HASH);
    if (hash.startsWith("STREAMING-")) {
      this.stream = new AwsChunkedStream(raw);
    } else if (hash.length() == 64) {
      this.stream = new Hashed(raw, hash);
    }
  }

  InputStream stream() {
    return stream;
  }

  /** Lets something stand before the stream, such as a fault. */
  void through(UnaryOperator<InputStream> filter) {
    stream = filter.apply(stream);
  }

  /** What the signature covers of the body: what the header says, or its checksum. */
  String signedHash() {
    String said = request.header(HASH);
    return said.isEmpty() ? Digests.hex(Digests.sha256().digest(buffered)) : said;
  }

  /** Reads a small body into memory, to be read once more. */
  byte[] buffer() throws IOException {
    buffered = stream.readAllBytes();
    stream = new ByteArrayInputStream(buffered);
    return buffered;
  }

  /** How long the body without its chunk headers is; negative if not said. */
  long length() {
    String decoded = request.header("x-amz-decoded-content-length");
    String length = decoded.isEmpty() ? request.header("content-length") : decoded;
    return length.isEmpty() ? -1 : Long.parseLong(length);
  }

  /** Reads what nobody wanted, so that the sender gets to the answer. */
  void drain() throws IOException {
    byte[] buffer = new byte[64 << 10];
    long total = 0;
    for (int count = raw.read(buffer); count >= 0 && total < DRAINED; count = raw.read(buffer)) {
      total += count;
    }
  }

  /** Reads so many bytes, then gives up. */
  void readSome(long bytes) throws IOException {
    new LimitedStream(raw, bytes).readAllBytes();
  }

  private static final class Hashed extends FilterInputStream {
    private final MessageDigest digest = Digests.sha256();
    private final String expected;
    private boolean ended;

    Hashed(InputStream in, String expected) {
      super(in);
      this.expected = expected;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0) {
        digest.update(bytes, offset, count);
      } else if (count < 0 && !ended) {
        ended = true;
        check();
      }
      return count;
    }

    private void check() {
      if (!Digests.hex(digest.digest()).equals(expected)) {
        throw StandInException.of("XAmzContentSHA256Mismatch");
      }
    }
  }
}
