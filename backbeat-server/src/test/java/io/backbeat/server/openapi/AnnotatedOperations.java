package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the annotations of the resources say, read by swagger-core.
 *
 * <p>Of what it makes of a method, only what the annotations state is kept: it guesses bodies from
 * Java types, which are trees here, and paths from expressions that OpenAPI does not have.
 *
 * @param verb the HTTP method, in capitals
 * @param operation the operation
 */
record AnnotatedOperations(String verb, ObjectNode operation) {
  private static final List<String> VERBS = List.of("get", "post", "delete");

  /** The operations of these classes by their operation ids. */
  static Map<String, AnnotatedOperations> read(List<Class<?>> classes) {
    OpenAPI model =
        new Reader(new SwaggerConfiguration().openAPI31(true)).read(new LinkedHashSet<>(classes));
    Map<String, AnnotatedOperations> operations = new LinkedHashMap<>();
    JsonNode paths = Json31.mapper().valueToTree(model.getPaths());
    for (JsonNode path : paths) {
      for (String verb : VERBS) {
        if (path.get(verb) instanceof ObjectNode operation) {
          operations.put(
              operation.path("operationId").asText(),
              new AnnotatedOperations(verb.toUpperCase(Locale.ROOT), operation));
        }
      }
    }
    return operations;
  }

  String summary() {
    return operation.path("summary").asText();
  }

  JsonNode tags() {
    return operation.path("tags");
  }

  /** The references to the parameters of the query. */
  List<JsonNode> queryParameters() {
    return Yaml.elements(operation.path("parameters")).stream().filter(p -> p.has("$ref")).toList();
  }

  /** The reference to the body; empty text if there is none. */
  String requestBody() {
    return operation.path("requestBody").path("$ref").asText();
  }

  /** The reference to the good answer. */
  String answer() {
    return operation.path("responses").path("200").path("$ref").asText();
  }
}
