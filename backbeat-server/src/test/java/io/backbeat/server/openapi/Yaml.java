package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The hand-written parts of the description, beside this class's resources. */
final class Yaml {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  /** What belongs to no resource. */
  static ObjectNode head() {
    return read("head.yaml");
  }

  /** Parameters, bodies, answers and schemas by name. */
  static ObjectNode components() {
    return read("components.yaml");
  }

  /** The documented routes by the operation id of the resource method. */
  static ObjectNode routes() {
    return read("routes.yaml");
  }

  /** Texts by the name of the error code. */
  static ObjectNode errors() {
    return read("errors.yaml");
  }

  /** The fields of an object, to go through. */
  static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    return new ArrayList<>(object.properties());
  }

  /** The elements of an array, to go through; none if it is missing. */
  static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    if (array instanceof ArrayNode) {
      array.forEach(elements::add);
    }
    return elements;
  }

  private static ObjectNode read(String file) {
    try (InputStream in = Yaml.class.getResourceAsStream("/openapi/" + file)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
