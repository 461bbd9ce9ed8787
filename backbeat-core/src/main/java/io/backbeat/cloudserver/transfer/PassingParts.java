package io.backbeat.cloudserver.transfer;

import io.backbeat.cloudserver.CloudServerException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Takes the md5 of each part of an object as its bytes pass by. For one thread. */
public final class PassingParts {
  /** Hears the md5 of a part when its last byte has passed. */
  @FunctionalInterface
  public interface Listener {
    /** The last byte of a part has passed; what is thrown comes out of {@link #pass}. */
    void passed(SourcePart part, String md5) throws CloudServerException;
  }

  private final List<SourcePart> parts;
  private final Listener listener;
  private final MessageDigest digest = newMd5();
  private long position;
  private int next;

  /**
   * For bytes from a position on.
   *
   * @param parts in their order, all of them behind the position
   */
  public PassingParts(List<SourcePart> parts, long position, Listener listener) {
    this.parts = parts;
    this.position = position;
    this.listener = listener;
  }

  /** An md5 of nothing yet. */
  public static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The next bytes pass. */
  public void pass(byte[] bytes, int offset, int count) throws CloudServerException {
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
