package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonParser;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The form of messages of the failed topic: {@code {"key":"bb:crr:failed:<location>:<hour>",
 * "member":"<bucket>:<object key>:<encoded version id>","score":<ms>}}, what a sorted set of Redis
 * is given. The hour is its start in milliseconds, in UTC.
 *
 * <p>Names of buckets and locations and version ids hold no colon, object keys may: so the bucket
 * ends at the first colon and the version id begins behind the last.
 */
final class FailedMessage {
  /** What the keys of failures begin with. */
  static final String PREFIX = "bb:crr:failed";

  /** The same in test environments of the original, those with {@code CI=true}. */
  static final String TEST_PREFIX = "test:" + PREFIX;

  private @Nullable String key;
  private @Nullable String member;
  private long score = -1;

  private FailedMessage() {}

  /** Writes a message. */
  static byte[] toJson(FailedNotice notice, String prefix) {
    long hour = notice.at().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    ObjectVersion object = notice.object();
    return MessageJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("key", prefix + ':' + notice.location() + ':' + hour);
          json.writeStringField(
              "member", object.bucket() + ':' + object.key() + ':' + object.versionId());
          json.writeNumberField("score", notice.at().toEpochMilli());
          json.writeEndObject();
        });
  }

  /**
   * Reads a message, with either prefix.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  static FailedNotice parse(byte[] json) {
    FailedMessage message = new FailedMessage();
    TopicJson.visit(json, message::read);
    if (message.score < 0) {
      throw new IllegalArgumentException(
          "score must be a time in milliseconds since 1970, was " + message.score);
    }
    return new FailedNotice(
        location(message.key), object(message.member), Instant.ofEpochMilli(message.score));
  }

  private void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "key" -> key = TopicJson.text(parser, name);
      case "member" -> member = TopicJson.text(parser, name);
      case "score" -> score = TopicJson.number(parser, name);
      default -> {
        // nothing we need
      }
    }
  }

  private static LocationName location(@Nullable String key) {
    String known = key == null ? "" : key;
    int start = known.startsWith(TEST_PREFIX) ? TEST_PREFIX.length() : PREFIX.length();
    int end = known.lastIndexOf(':');
    boolean readable =
        (known.startsWith(PREFIX) || known.startsWith(TEST_PREFIX))
            && end > start
            && known.charAt(start) == ':';
    if (!readable) {
      throw new IllegalArgumentException(
          "key must be " + PREFIX + ":<location>:<hour>, was \"" + key + '"');
    }
    return LocationName.of(known.substring(start + 1, end));
  }

  private static ObjectVersion object(@Nullable String member) {
    String known = member == null ? "" : member;
    int first = known.indexOf(':');
    int last = known.lastIndexOf(':');
    if (first < 0 || first == last) {
      throw new IllegalArgumentException(
          "member must be <bucket>:<key>:<version id>, was \"" + member + '"');
    }
    return new ObjectVersion(
        known.substring(0, first), known.substring(first + 1, last), known.substring(last + 1));
  }
}
