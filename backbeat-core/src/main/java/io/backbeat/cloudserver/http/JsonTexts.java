package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.cloudserver.BucketIndexes.Index;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.UploadedPart;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as requests carry it: in bodies, and in headers, where all but ASCII has to be escaped.
 * Pure.
 */
final class JsonTexts {
  /** A document holds the metadata of an object as one string. */
  private static final StreamReadConstraints LARGE =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(LARGE)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTexts() {}

  static String ofStrings(Map<String, String> map) {
    ObjectNode object = NODES.objectNode();
    new TreeMap<>(map).forEach(object::put);
    return ascii(object);
  }

  static String ofLocations(List<DataLocation> locations) {
    ArrayNode array = NODES.arrayNode();
    for (DataLocation location : locations) {
      ObjectNode each = array.addObject();
      each.put("key", location.key()).put("dataStoreName", location.dataStoreName());
      if (location.size() >= 0) {
        each.put("size", location.size());
      }
      if (!location.dataStoreVersionId().isEmpty()) {
        each.put("dataStoreVersionId", location.dataStoreVersionId());
      }
    }
    return ascii(NODES.objectNode().set("Locations", array));
  }

  /** Members are arrays of one, as a reader of XML would have made them. */
  static String ofParts(List<UploadedPart> parts, boolean withSizes) {
    ArrayNode array = NODES.arrayNode();
    for (UploadedPart part : parts) {
      ObjectNode each = array.addObject();
      each.putArray("PartNumber").add(part.number());
      each.putArray("ETag").add(part.etag());
      if (part.subParts() > 0) {
        each.putArray("NumberSubParts").add(part.subParts());
      }
      if (withSizes) {
        each.putArray("Size").add(part.size());
      }
    }
    return ascii(array);
  }

  static String ofIndexes(List<Index> indexes) {
    ArrayNode array = NODES.arrayNode();
    for (Index index : indexes) {
      ArrayNode keys = array.addObject().put("name", index.name()).putArray("keys");
      index
          .keys()
          .forEach(
              key -> keys.addObject().put("key", key.key()).put("order", key.ascending() ? 1 : -1));
    }
    return ascii(array);
  }

  /**
   * The same JSON in ASCII, on one line.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  static String ascii(String json) {
    try {
      return ascii(MAPPER.readTree(json));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static String ascii(JsonNode json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = MAPPER.getFactory().createGenerator(text)) {
      generator.setHighestNonEscapedChar(127);
      MAPPER.writeTree(generator, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
