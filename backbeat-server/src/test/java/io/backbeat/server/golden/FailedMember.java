package io.backbeat.server.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern SET = Pattern.compile("(?:bb|test:bb):crr:failed:(.+):(\\d+)");
  private static final String GONE = "gone";

  /** Whether a key is that of a set of failures. */
  static boolean isSet(String key) {
    return SET.matcher(key).matches();
  }

  /** The members that a {@code ZADD} with resolved times adds. */
  static List<FailedMember> of(List<String> command) {
    Matcher key = SET.matcher(command.get(1));
    if (!key.matches()) {
      throw new AssertionError("not a set of failures: " + command.get(1));
    }
    Instant hour = Instant.ofEpochMilli(Long.parseLong(key.group(2)));
    List<FailedMember> members = new ArrayList<>();
    for (int i = 2; i < command.size(); i += 2) {
      long score = Long.parseLong(command.get(i));
      members.add(new FailedMember(key.group(1), hour, score, command.get(i + 1)));
    }
    return members;
  }

  /** A command with other versions in its members. */
  static List<String> consistent(List<String> command, UnaryOperator<String> version) {
    if (!command.get(0).equals("ZADD")) {
      return command;
    }
    List<String> consistent = new ArrayList<>(command.subList(0, 2));
    for (FailedMember member : of(command)) {
      consistent.add(Long.toString(member.score()));
      consistent.add(member.with(version).text());
    }
    return consistent;
  }

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

  /** The same with another version, if it names an object. */
  FailedMember with(UnaryOperator<String> version) {
    return object()
        .map(o -> o.bucket() + ':' + o.key() + ':' + version.apply(o.versionId()))
        .map(other -> new FailedMember(site, hour, score, other))
        .orElse(this);
  }

  /** The versions that members name, with the sites where they failed. */
  static Map<ObjectVersion, List<String>> sites(List<FailedMember> members) {
    Map<ObjectVersion, List<String>> sites = new HashMap<>();
    for (FailedMember member : members) {
      member
          .object()
          .ifPresent(o -> sites.computeIfAbsent(o, any -> new ArrayList<>()).add(member.site()));
    }
    return sites;
  }

  /** An object of its own for a member that is there to be counted and names none. */
  ObjectVersion anyObject() {
    return new ObjectVersion("counted-" + hour.toEpochMilli(), "member-" + text, "");
  }

  /** The version id that this one stands for. */
  static String knownVersion(String version) {
    return isGiven(version) ? version : VERSION_ID;
  }

  /** A version id that a server can give, one for each that none can. */
  static String ownVersion(String version) {
    return isGiven(version)
        ? version
        : VERSION_ID + HexFormat.of().formatHex((' ' + version).getBytes(UTF_8));
  }

  private static boolean isGiven(String version) {
    return version.length() >= VERSION_ID.length();
  }

  /** Whether the recorded CloudServer said that there is no such object. */
  static boolean isGone(ObjectVersion object) {
    return object.key().startsWith(GONE);
  }
}
