package io.backbeat.redis;

import io.backbeat.api.ObjectVersion;
import java.util.Optional;

/**
 * An object version in one text: {@code <bucket>:<key>:<encoded version id>}, the last part empty
 * without a version. Pure.
 *
 * <p>The bucket ends at the first colon and the version begins behind the last one, so that keys
 * may hold any. Buckets and version ids of object servers hold none; should one, it is written as
 * {@code %3A}, and a percent sign as {@code %25}.
 */
final class FailedMember {
  private FailedMember() {}

  static String encode(ObjectVersion object) {
    return escape(object.bucket()) + ':' + object.key() + ':' + escape(object.versionId());
  }

  /** The object version; empty if the text names none. */
  static Optional<ObjectVersion> decode(String member) {
    int first = member.indexOf(':');
    int last = member.lastIndexOf(':');
    // Without a second colon there is no version part.
    int keyEnd = last == first ? member.length() : last;
    if (first < 1 || keyEnd <= first + 1) {
      return Optional.empty();
    }
    String version = keyEnd == member.length() ? "" : member.substring(keyEnd + 1);
    try {
      return Optional.of(
          new ObjectVersion(
              unescape(member.substring(0, first)),
              member.substring(first + 1, keyEnd),
              unescape(version)));
    } catch (IllegalArgumentException malformedUnicode) {
      return Optional.empty();
    }
  }

  private static String escape(String part) {
    return part.indexOf(':') < 0 && part.indexOf('%') < 0
        ? part
        : part.replace("%", "%25").replace(":", "%3A");
  }

  private static String unescape(String part) {
    return part.indexOf('%') < 0 ? part : part.replace("%3A", ":").replace("%25", "%");
  }
}
