package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names, the types and the order of a JSON text, without its values. */
final class Shape {
  private Shape() {}

  /** {@code {"IsTruncated":boolean,"Versions":[{"Bucket":string}]}}. */
  static String of(JsonNode node) {
    if (node.isObject()) {
      StringBuilder text = new StringBuilder("{");
      node.properties()
          .forEach(
              field ->
                  text.append(text.length() == 1 ? "" : ",")
                      .append('"')
                      .append(field.getKey())
                      .append("\":")
                      .append(of(field.getValue())));
      return text.append('}').toString();
    }
    if (node.isArray()) {
      Set<String> shapes = new LinkedHashSet<>();
      node.forEach(element -> shapes.add(of(element)));
      return shapes.toString();
    }
    return switch (node.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      default -> "null";
    };
  }
}
