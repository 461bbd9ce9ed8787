package io.backbeat.server.openapi;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A description as a judge of requests and answers. */
final class Described {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  Described(JsonNode document) {
    this.document = document;
    for (Map.Entry<String, JsonNode> path : Yaml.fields(document.path("paths"))) {
      for (Map.Entry<String, JsonNode> verb : Yaml.fields(path.getValue())) {
        operations.add(
            new Operation(verb.getKey().toUpperCase(Locale.ROOT), path.getKey(), verb.getValue()));
      }
    }
  }

  /** The committed description. */
  static Described committed() {
    try {
      return new Described(JSON.readTree(GeneratedFile.OPENAPI.read()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One verb of one path. */
  final class Operation {
    final String verb;
    final String path;
    final JsonNode node;
    private final Pattern pattern;

    private Operation(String verb, String path, JsonNode node) {
      this.verb = verb;
      this.path = path;
      this.node = node;
      this.pattern = pattern();
    }

    /** What of an answer the description does not allow. */
    List<String> violations(int status, String body) {
      JsonNode answer = resolve(node.path("responses").path(Integer.toString(status)));
      if (answer.isMissingNode()) {
        return List.of("status " + status + " is not described");
      }
      JsonNode content = answer.path("content").path("application/json");
      if (content.isMissingNode()) {
        return List.of();
      }
      try {
        return schema(content.path("schema")).validate(JSON.readTree(body)).stream()
            .map(Object::toString)
            .toList();
      } catch (IOException e) {
        return List.of("no JSON: " + body);
      }
    }

    /** What of a request body the description does not allow. */
    List<String> bodyViolations(JsonNode body) {
      JsonNode schema =
          node.path("requestBody").path("content").path("application/json").path("schema");
      return schema(schema).validate(body).stream().map(Object::toString).toList();
    }

    /** Its parameters, references resolved. */
    List<JsonNode> parameters() {
      return Yaml.elements(node.path("parameters")).stream().map(Described.this::resolve).toList();
    }

    private Pattern pattern() {
      Map<String, JsonNode> byName = new HashMap<>();
      parameters().stream()
          .filter(p -> p.path("in").asText().equals("path"))
          .forEach(p -> byName.put(p.path("name").asText(), p));
      return Pattern.compile(
          NAME.matcher(path)
              .replaceAll(name -> Matcher.quoteReplacement(expression(byName.get(name.group(1))))));
    }

    @Override
    public String toString() {
      return verb + ' ' + path;
    }
  }

  List<Operation> operations() {
    return operations;
  }

  /** The operation of a path without prefix and query; an empty location stands for all. */
  Optional<Operation> operation(String verb, String path) {
    String target = '/' + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    return operations.stream()
        .filter(o -> o.verb.equals(verb) && o.pattern.matcher(target).matches())
        .findFirst();
  }

  private static String expression(JsonNode parameter) {
    List<JsonNode> values = Yaml.elements(parameter.path("schema").path("enum"));
    if (!values.isEmpty()) {
      return values.stream().map(JsonNode::asText).collect(joining("|", "(?:", ")"));
    }
    return parameter.has("x-slashes") ? ".+" : "[^/]*";
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private Schema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        key -> {
          ObjectNode whole = JSON.createObjectNode();
          whole.putArray("allOf").add(key);
          whole.set("components", document.path("components"));
          return registry.getSchema(whole);
        });
  }
}
