package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.ObjectBody;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The stream of a {@link SourcePayload}. Whoever has read it to the last byte has read what the
 * metadata speaks of: the last bytes are not handed out before the md5 is compared. For one thread.
 */
final class CheckedStream extends InputStream {
  private final SourcePayload payload;
  private final InputStream stream;
  private final Optional<MessageDigest> digest;
  private final String md5;
  private long position;

  /** Over a body, which is closed with it; {@code md5} is empty if there is none to compare. */
  CheckedStream(SourcePayload payload, ObjectBody body, String md5) {
    this.payload = payload;
    this.stream = body.stream();
    this.digest = md5.isEmpty() ? Optional.empty() : Optional.of(newDigest());
    this.md5 = md5;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
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
    digest.ifPresent(d -> d.update(target, offset, count));
    position += count;
    if (position == payload.length()) {
      checkAll();
    }
    return count;
  }

  private void checkAll() throws CloudServerException {
    if (digest.isPresent()) {
      String found = HexFormat.of().formatHex(digest.get().digest());
      if (!found.equals(md5)) {
        throw payload.mismatch(found);
      }
    }
    try {
      payload.passed(position);
    } catch (CloudServerException e) {
      throw payload.broken(e);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
