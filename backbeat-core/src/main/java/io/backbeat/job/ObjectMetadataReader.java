package io.backbeat.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the members of {@link ObjectMetadata} in one pass; filled by {@link #read}, not changed
 * afterwards.
 */
final class ObjectMetadataReader {
  String key = "";
  String versionId = "";
  boolean isNull;
  boolean isDeleteMarker;
  long contentLength;
  String contentMd5 = "";
  Optional<Instant> lastModified = Optional.empty();
  String dataStoreName = "";
  String dataStoreKey = "";
  String dataStoreETag = "";
  Map<String, String> tags = Map.of();
  String microVersionId = "";
  String originOp = "";
  ReplicationInfo replicationInfo = ReplicationInfo.NONE;

  private ObjectMetadataReader() {}

  static ObjectMetadataReader read(byte[] json) {
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Json.malformed(parser, "metadata must be a JSON object");
      }
      ObjectMetadataReader reader = new ObjectMetadataReader();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        reader.member(name, parser);
      }
      if (parser.nextToken() != null) {
        throw Json.malformed(parser, "nothing may follow the metadata object");
      }
      return reader;
    } catch (IOException e) {
      throw Json.malformed(e);
    }
  }

  private void member(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "key" -> key = Json.text(parser, name);
      case "versionId" -> versionId = Json.text(parser, name);
      case "isNull" -> isNull = Json.flag(parser, name);
      case "isDeleteMarker" -> isDeleteMarker = Json.flag(parser, name);
      case "content-length" -> contentLength = Json.size(parser, name);
      case "content-md5" -> contentMd5 = Json.text(parser, name);
      case "last-modified" -> lastModified = Timestamps.read(parser, name);
      case "dataStoreName" -> dataStoreName = Json.text(parser, name);
      case "location" -> location(parser);
      case "tags" -> tags = tags(parser);
      case "microVersionId" -> microVersionId = Json.text(parser, name);
      case "originOp" -> originOp = Json.text(parser, name);
      case "replicationInfo" -> replicationInfo = ReplicationInfoJson.read(parser);
      default -> parser.skipChildren();
    }
  }

  /**
   * Parts of the data; a text is the old form of one part by its key alone. Only the first part is
   * looked at.
   */
  private void location(JsonParser parser) throws IOException {
    dataStoreKey = "";
    dataStoreETag = "";
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      dataStoreKey = Json.text(parser, "location");
      return;
    }
    boolean first = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (first && parser.currentToken() == JsonToken.START_OBJECT) {
        part(parser);
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        parser.skipChildren();
      } else {
        throw Json.malformed(parser, "location[] must be objects");
      }
      first = false;
    }
  }

  private void part(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "key" -> dataStoreKey = Json.text(parser, "location[0].key");
        case "dataStoreETag" -> dataStoreETag = Json.text(parser, "location[0].dataStoreETag");
        default -> parser.skipChildren();
      }
    }
  }

  private static Map<String, String> tags(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Json.malformed(parser, "tags must be an object");
    }
    Map<String, String> tags = null;
    for (String tag = parser.nextFieldName(); tag != null; tag = parser.nextFieldName()) {
      parser.nextToken();
      tags = tags == null ? new LinkedHashMap<>() : tags;
      tags.put(tag, Json.text(parser, "tags." + tag));
    }
    return tags == null ? Map.of() : Collections.unmodifiableMap(tags);
  }
}
