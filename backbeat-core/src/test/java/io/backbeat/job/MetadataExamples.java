package io.backbeat.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents that a real CloudServer wrote. */
public final class MetadataExamples {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VALUE = ",\"value\":";
  private static final List<Example> ALL = load();

  /**
   * One document.
   *
   * @param kind what was done
   * @param bucket where
   * @param key the stored key
   * @param encodedVersionId the version id that the client was given; empty if none
   * @param json the metadata, to the letter
   */
  public record Example(
      String kind, String bucket, String key, String encodedVersionId, String json) {
    /** The metadata as a tree. */
    public JsonNode tree() {
      return MetadataExamples.tree(json);
    }

    /** Whether the document stands under the key of a version. */
    public boolean isVersion() {
      return key.indexOf('\0') >= 0;
    }

    @Override
    public String toString() {
      return kind + " " + key.replace('\0', '|').replace('\u007f', '^');
    }
  }

  private MetadataExamples() {}

  /** All documents, also parts of multipart uploads. */
  public static List<Example> all() {
    return ALL;
  }

  /** The first document of a kind, under the key of a version or of a master. */
  public static Example of(String kind, boolean version) {
    return ALL.stream()
        .filter(example -> example.kind().equals(kind) && example.isVersion() == version)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no example \"" + kind + "\""));
  }

  /** JSON as a tree. */
  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  private static List<Example> load() {
    try (InputStream in =
        MetadataExamples.class.getResourceAsStream("cloudserver-metadata.jsonl")) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().map(MetadataExamples::example).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example example(String line) {
    JsonNode tree = tree(line);
    return new Example(
        tree.get("kind").textValue(),
        tree.get("bucket").textValue(),
        tree.get("key").textValue(),
        tree.get("encodedVersionId").textValue(),
        line.substring(line.indexOf(VALUE) + VALUE.length(), line.length() - 1));
  }
}
