package io.backbeat.job;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Replaces, adds and removes top-level members of stored metadata; all else keeps its form to the
 * letter, because members that we do not know belong to someone. Pure.
 */
public final class MetadataMembers {
  private final byte[] json;
  private final ByteArrayOutputStream out;
  private boolean any;

  private MetadataMembers(byte[] json) {
    this.json = json;
    this.out = new ByteArrayOutputStream(json.length + 200);
  }

  /**
   * The same metadata with some members changed.
   *
   * @param values JSON values by the names of their members; those that are not there yet are put
   *     behind the others
   * @param removed names of members to leave out
   * @throws MalformedMetadataException if it is no readable metadata
   */
  public static String edit(String json, Map<String, String> values, Set<String> removed) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ObjectMetadata.parse(bytes);
    return new MetadataMembers(bytes).edited(values, removed);
  }

  /** A JSON string literal. */
  public static String text(String value) {
    return JsonMembers.quote(value);
  }

  private String edited(Map<String, String> values, Set<String> removed) {
    Map<String, String> missing = new LinkedHashMap<>(values);
    put("{");
    JsonMembers.visit(
        json,
        (nameStart, nameEnd, start, end) -> {
          String name = new String(json, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
          if (removed.contains(name)) {
            return;
          }
          separate();
          out.write(json, nameStart - 1, start - nameStart + 1);
          String value = values.get(name);
          missing.remove(name);
          if (value == null) {
            out.write(json, start, end - start);
          } else {
            put(value);
          }
        });
    missing.forEach(
        (name, value) -> {
          separate();
          put(JsonMembers.quote(name) + ':' + value);
        });
    put("}");
    return out.toString(StandardCharsets.UTF_8);
  }

  private void separate() {
    if (any) {
      put(",");
    }
    any = true;
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
