package io.backbeat.cloudserver.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
public record SourcePart(int number, String md5, long start, long size) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ETAG = Pattern.compile("([0-9]{1,9}):(.+)");
  private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

  /** Where CloudServer takes the md5 itself; elements of old versions tell no type. */
  private static final Set<String> OWN_TYPES = Set.of("", "file", "mem", "scality");

  /**
   * The parts that metadata tells.
   *
   * @param metadata JSON text
   * @return in their order; empty for an object without data
   * @throws IllegalArgumentException if a part does not tell its {@code dataStoreETag}: then nobody
   *     could say whether what arrives is what was read
   */
  public static List<SourcePart> of(String metadata) {
    return of(locations(metadata));
  }

  private static List<SourcePart> of(JsonNode locations) {
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

  /**
   * The parts by whose md5s a reader can tell whether it was given their bytes. None where the data
   * is in a cloud, whose ETags may be something else, and where the parts are not the whole object.
   *
   * @param metadata JSON text
   * @param length of the object in bytes
   */
  public static List<SourcePart> checkable(String metadata, long length) {
    List<SourcePart> parts;
    try {
      JsonNode data = locations(metadata);
      for (JsonNode location : data) {
        if (!OWN_TYPES.contains(location.path("dataStoreType").asText(""))) {
          return List.of();
        }
      }
      parts = of(data);
    } catch (IllegalArgumentException tellsNone) {
      return List.of();
    }
    long end = 0;
    for (SourcePart part : parts) {
      if (part.start() != end || part.size() <= 0) {
        return List.of();
      }
      end += part.size();
    }
    return end == length
        ? parts.stream().filter(part -> MD5.matcher(part.md5()).matches()).toList()
        : List.of();
  }

  /**
   * The keys of all data that metadata refers to, whatever else it tells of it.
   *
   * @param metadata JSON text
   */
  public static List<String> keys(String metadata) {
    List<String> keys = new ArrayList<>();
    locations(metadata).forEach(location -> keys.add(location.path("key").asText("")));
    return keys;
  }

  private static JsonNode locations(String metadata) {
    try {
      return JSON.readTree(metadata).path("location");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata must be JSON: " + e.getOriginalMessage(), e);
    }
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
