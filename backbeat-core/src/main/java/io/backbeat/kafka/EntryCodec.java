package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the topics of replication, to the byte as the original writes them: metadata as
 * JSON text within JSON. Pure.
 */
public final class EntryCodec {
  private static final String BUCKET_LIST = "users..bucket";
  private static final String BUCKET_VERSION = "mdBucketModelVersion";
  private static final String BUCKET_ATTRIBUTES = "attributes";

  private EntryCodec() {}

  /** The members of a message that are looked at. */
  private static final class Members {
    String type = "";
    @Nullable String bucket;
    @Nullable String key;
    @Nullable String value;
    @Nullable String site;
    @Nullable String accountId;
    OptionalInt replayCount = OptionalInt.empty();
    boolean canary;
    boolean bootstrap;
    boolean ignore;
    @Nullable String action;
  }

  /** Reads a message; never throws. Metadata is taken as text and not looked into. */
  public static Entry read(byte @Nullable [] message) {
    if (message == null || message.length == 0) {
      return new Entry.Malformed("a message must be a JSON object, was empty");
    }
    try (JsonParser parser = MessageJson.FACTORY.createParser(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Entry.Malformed("a message must be a JSON object");
      }
      Members members = new Members();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        member(members, name, parser);
      }
      if (parser.nextToken() != null) {
        return new Entry.Malformed("nothing may follow the JSON object of a message");
      }
      return entry(members);
    } catch (JsonProcessingException e) {
      return new Entry.Malformed("a message must be a JSON object: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException e) {
      return new Entry.Malformed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes a message as processors and the API of the original do, for the topics of statuses and
   * replays and for retries.
   */
  public static byte[] write(Entry.ObjectEntry entry) {
    return MessageJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("bucket", entry.bucket());
          json.writeStringField("key", entry.storedKey());
          json.writeStringField("value", entry.metadata());
          if (entry.site().isPresent()) {
            json.writeStringField("site", entry.site().get());
          }
          json.writeBooleanField("ignore", false);
          if (entry.replayCount().isPresent()) {
            json.writeNumberField("replayCount", entry.replayCount().getAsInt());
          }
          if (entry.accountId().isPresent()) {
            json.writeStringField("accountId", entry.accountId().get());
          } else {
            json.writeNullField("accountId");
          }
          json.writeEndObject();
        });
  }

  /**
   * Writes a message as the populator of the original does.
   *
   * @param at when the metadata was written
   */
  public static byte[] writeLogEntry(Entry.ObjectEntry entry, Instant at) {
    return MessageJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "put");
          json.writeStringField("bucket", entry.bucket());
          json.writeStringField("key", entry.storedKey());
          json.writeStringField("value", entry.metadata());
          overhead(json, MessageJson.timestamp(at.truncatedTo(ChronoUnit.MILLIS)));
          json.writeEndObject();
        });
  }

  private static void overhead(JsonGenerator json, String at) throws IOException {
    json.writeObjectFieldStart("overheadFields");
    json.writeStringField("commitTimestamp", at);
    json.writeStringField("opTimestamp", at);
    json.writeEndObject();
  }

  /** The key of messages about an object, which keeps their order. */
  public static String messageKey(String bucket, String objectKey) {
    return UriComponent.encode(bucket + '/' + objectKey);
  }

  /**
   * The key of a version in the metadata log: {@code key\0versionId}, or {@code key} where there is
   * no version id, for a null version, and for an id that cannot be decoded.
   */
  public static String storedKey(ObjectVersion object) {
    String encoded = object.versionId();
    if (encoded.isEmpty() || encoded.equals(ObjectMetadata.NULL_VERSION)) {
      return object.key();
    }
    try {
      return object.key() + '\0' + VersionId.decode(encoded);
    } catch (IllegalArgumentException notOfAServer) {
      return object.key();
    }
  }

  private static void member(Members members, String name, JsonParser parser) throws IOException {
    switch (name) {
      case "type" -> members.type = String.valueOf(text(parser, name));
      case "bucket" -> members.bucket = text(parser, name);
      case "key" -> members.key = text(parser, name);
      case "value" -> members.value = text(parser, name);
      case "site" -> members.site = text(parser, name);
      case "accountId" -> members.accountId = text(parser, name);
      case "action" -> members.action = text(parser, name);
      case "replayCount" -> members.replayCount = count(parser);
      case "canary" -> members.canary = isSet(parser);
      case "bootstrapId" -> members.bootstrap = isSet(parser);
      case "ignore" -> members.ignore = isSet(parser);
      default -> parser.skipChildren();
    }
  }

  private static Entry entry(Members members) {
    if (members.bootstrap) {
      return new Entry.Bootstrap();
    }
    if (members.canary) {
      return new Entry.Canary();
    }
    if (members.type.equals("del") || members.type.equals("delete")) {
      return new Entry.DeleteEntry();
    }
    if (BUCKET_LIST.equals(members.bucket)) {
      return new Entry.BucketEntry();
    }
    if (members.action != null) {
      return new Entry.Other("action " + members.action);
    }
    if (members.ignore) {
      return new Entry.Other("entry to be ignored");
    }
    String metadata = members.value;
    if (metadata == null) {
      return new Entry.Malformed("an entry must have a value");
    }
    if (isBucket(metadata)) {
      return new Entry.BucketEntry();
    }
    if (members.bucket == null || members.key == null) {
      return new Entry.Malformed("an entry must have a bucket and a key");
    }
    return new Entry.ObjectEntry(
        members.bucket,
        members.key,
        metadata,
        Optional.ofNullable(members.site),
        members.replayCount,
        Optional.ofNullable(members.accountId));
  }

  /** The members are looked for only where the text has their names at all. */
  private static boolean isBucket(String metadata) {
    return (metadata.contains('"' + BUCKET_VERSION + '"')
            || metadata.contains('"' + BUCKET_ATTRIBUTES + '"'))
        && (MessageJson.hasMember(metadata, BUCKET_VERSION)
            || MessageJson.hasMember(metadata, BUCKET_ATTRIBUTES));
  }

  private static @Nullable String text(JsonParser parser, String member) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(member + " must be a text");
    }
    return parser.getText();
  }

  private static OptionalInt count(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return OptionalInt.empty();
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("replayCount must be a whole number");
    }
    return OptionalInt.of(parser.getIntValue());
  }

  /** Whether a member is there and true in the sense of JavaScript. */
  private static boolean isSet(JsonParser parser) throws IOException {
    boolean unset =
        switch (parser.currentToken()) {
          case VALUE_FALSE, VALUE_NULL -> true;
          case VALUE_STRING -> parser.getText().isEmpty();
          case VALUE_NUMBER_INT -> parser.getText().equals("0");
          default -> false;
        };
    parser.skipChildren();
    return !unset;
  }
}
