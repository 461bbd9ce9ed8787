package io.backbeat.cloudserver.replicas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.cloudserver.DataReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object's data, as the object was uploaded. Consecutive elements of {@code location}
 * of one part number are one part.
 *
 * @param number from 1
 * @param md5 hexadecimal, of the part
 * @param start where it begins in the object
 * @param size in bytes
 */
record SourcePart(int number, String md5, long start, long size) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ETAG = Pattern.compile("([0-9]{1,9}):(.+)");

  /**
   * The parts that metadata tells.
   *
   * @param metadata JSON text
   * @return in their order; empty for an object without data
   * @throws IllegalArgumentException if a part does not tell its {@code dataStoreETag}: then nobody
   *     could say whether what arrives is what was read
   */
  static List<SourcePart> of(String metadata) {
    JsonNode locations = locations(metadata);
    if (locations.isTextual()) {
      throw new IllegalArgumentException(
          "the data is under the key \"" + locations.asText() + "\" without a dataStoreETag");
    }
    List<SourcePart> parts = new ArrayList<>();
    for (JsonNode location : locations) {
      SourcePart part = part(location);
      int last = parts.size() - 1;
      if (last >= 0 && parts.get(last).number() == part.number()) {
        SourcePart first = parts.get(last);
        parts.set(
            last,
            new SourcePart(part.number(), part.md5(), first.start(), first.size() + part.size()));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  /** What {@code location} says, whatever it is. */
  static JsonNode locations(String metadata) {
    try {
      return JSON.readTree(metadata).path("location");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The element of {@code location} for the part as it was written somewhere else. */
  ObjectNode at(DataReceipt written) {
    ObjectNode location = JSON.createObjectNode();
    location.put("key", written.key());
    location.put("size", size);
    location.put("start", start);
    location.put("dataStoreName", written.dataStoreName());
    location.put("dataStoreETag", number + ":" + md5);
    if (written.cryptoScheme().matches("[0-9]{1,9}")) { // how CloudServer has it
      location.put("cryptoScheme", Integer.parseInt(written.cryptoScheme()));
    } else if (!written.cryptoScheme().isEmpty()) {
      location.put("cryptoScheme", written.cryptoScheme());
    }
    if (!written.cipheredDataKey().isEmpty()) {
      location.put("cipheredDataKey", written.cipheredDataKey());
    }
    return location;
  }

  private static SourcePart part(JsonNode location) {
    String etag = location.path("dataStoreETag").asText("");
    Matcher matcher = ETAG.matcher(etag);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "dataStoreETag of the data at "
              + location.path("dataStoreName").asText("")
              + "/"
              + location.path("key").asText("")
              + " must be <part number>:<md5>, was \""
              + etag
              + '"');
    }
    return new SourcePart(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2),
        location.path("start").asLong(0),
        location.path("size").asLong(0));
  }
}
