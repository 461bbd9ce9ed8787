package io.backbeat.server.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A member of a sorted set of failures: {@code <bucket>:<key>:<version>} of one hour.
 *
 * <p>The recorded CloudServer answered with one and the same version id whatever version was asked
 * for, so that the original answers a version that is neither recorded nor asked for. In a world
 * without contradictions the version that CloudServer knows is the version that was recorded and is
 * asked for. Therefore every version id that no server can have given, like {@code v1}, stands for
 * the id of the mock: in the members as in the requests.
 *
 * @param site where it failed
 * @param hour the start of the hour of its set
 * @param score when it failed, or a number that orders only
 * @param text the member
 */
record FailedMember(String site, Instant hour, long score, String text) {
  /** The version id that the recorded CloudServer gave to everything. */
  static final String VERSION_ID =
      HexFormat.of().formatHex("98500086134471999999RG001  0".getBytes(UTF_8));

  private static final String GONE = "gone";

  /** When it failed: never before its hour, as scores that order only would have it. */
  Instant failedAt() {
    return score < hour.toEpochMilli() ? hour.plusMillis(score) : Instant.ofEpochMilli(score);
  }

  /**
   * The version it names; empty when it lacks a bucket or a key. Neither bucket names nor version
   * ids have a colon, so what is between the first and the last one is the key.
   */
  Optional<ObjectVersion> object() {
    int first = text.indexOf(':');
    int last = text.indexOf(':', first + 1) < 0 ? text.length() : text.lastIndexOf(':');
    if (first < 1 || last <= first + 1) {
      return Optional.empty();
    }
    String version = last == text.length() ? "" : text.substring(last + 1);
    return Optional.of(
        new ObjectVersion(text.substring(0, first), text.substring(first + 1, last), version));
  }

  /** The version it stands for, which CloudServer knows. */
  Optional<ObjectVersion> knownObject() {
    return object().map(o -> new ObjectVersion(o.bucket(), o.key(), knownVersion(o.versionId())));
  }

  /** An object of its own for a member that is there to be counted and names none. */
  ObjectVersion anyObject() {
    return new ObjectVersion("counted-" + hour.toEpochMilli(), "member-" + text, "");
  }

  /** The version id that this one stands for. */
  static String knownVersion(String version) {
    return version.length() < VERSION_ID.length() ? VERSION_ID : version;
  }

  /** Whether the recorded CloudServer said that there is no such object. */
  static boolean isGone(ObjectVersion object) {
    return object.key().startsWith(GONE);
  }
}
