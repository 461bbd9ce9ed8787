package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.transfer.PassingParts;
import io.backbeat.cloudserver.transfer.SourcePart;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The stream of a {@link SourcePayload}. Whoever has read it to the last byte has read what the
 * metadata speaks of: the last bytes are not handed out before the md5 is compared. For one thread.
 */
final class CheckedStream extends InputStream {
  private final SourcePayload payload;
  private final InputStream stream;
  private final MessageDigest digest = PassingParts.newMd5();
  private final PassingParts parts;
  private long position;

  /**
   * Over a body, which is closed with it.
   *
   * @param parts that are compared one by one besides
   */
  CheckedStream(SourcePayload payload, ObjectBody body, List<SourcePart> parts) {
    this.payload = payload;
    this.parts = new PassingParts(parts, payload.offset(), payload::read);
    this.stream = body.stream();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == payload.length()) {
      return -1;
    }
    int wanted = (int) Math.min(length, payload.length() - position);
    int count;
    try {
      payload.passed(position);
      count = stream.read(target, offset, wanted);
    } catch (IOException e) {
      throw payload.broken(e);
    }
    if (count < 0) {
      throw payload.endedAfter(position);
    }
    digest.update(target, offset, count);
    parts.pass(target, offset, count);
    position += count;
    if (position == payload.length()) {
      payload.read(HexFormat.of().formatHex(digest.digest()));
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
