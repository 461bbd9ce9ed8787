package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.transfer.SourcePart;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Takes the md5 of each part of an object as its bytes pass by. For one thread. */
final class PassingParts {
  /** Hears the md5 of a part when its last byte has passed. */
  @FunctionalInterface
  interface Listener {
    void passed(SourcePart part, String md5) throws CloudServerException;
  }

  private final List<SourcePart> parts;
  private final Listener listener;
  private final MessageDigest digest;
  private long position;
  private int next;

  /**
   * For bytes from a position on.
   *
   * @param parts in their order, all of them behind the position
   */
  PassingParts(List<SourcePart> parts, long position, MessageDigest digest, Listener listener) {
    this.parts = parts;
    this.position = position;
    this.digest = digest;
    this.listener = listener;
  }

  void pass(byte[] bytes, int offset, int count) throws CloudServerException {
    int at = offset;
    int end = offset + count;
    while (at < end && next < parts.size()) {
      SourcePart part = parts.get(next);
      if (position < part.start()) {
        int skipped = (int) Math.min(end - at, part.start() - position);
        at += skipped;
        position += skipped;
      } else {
        int taken = (int) Math.min(end - at, part.start() + part.size() - position);
        digest.update(bytes, at, taken);
        at += taken;
        position += taken;
        endOf(part);
      }
    }
    position += end - at;
  }

  private void endOf(SourcePart part) throws CloudServerException {
    if (position == part.start() + part.size()) {
      next++;
      listener.passed(part, HexFormat.of().formatHex(digest.digest()));
    }
  }
}
