package io.backbeat.server.openapi;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The routes, parameters and bodies of the description as a page for people. */
final class RestPage {
  private static final Set<String> EVERYWHERE =
      Set.of("AccessDenied", "InternalError", "ServiceUnavailable");

  private final JsonNode document;
  private final Described described;
  private final StringBuilder page = new StringBuilder();

  private RestPage(JsonNode document) {
    this.document = document;
    this.described = new Described(document);
  }

  static String print(JsonNode document) {
    return new RestPage(document).print();
  }

  private String print() {
    line("## Routes\n\n| Route | |\n|---|---|");
    tags().forEach(tag -> operations(tag).forEach(this::row));
    line("\nThese are kept because clients of the original may use them; new ones should not:");
    line("\n| Route | |\n|---|---|");
    described.operations().stream().filter(o -> flag(o, "deprecated")).forEach(this::oldRow);
    line("\nBeside the errors that are listed, every route can answer `AccessDenied`,");
    line("`InternalError` and `ServiceUnavailable`.");
    for (JsonNode tag : document.path("tags")) {
      line("\n## " + tag.path("name").asText());
      line("\n" + tag.path("description").asText());
      operations(tag.path("name").asText()).forEach(this::operation);
    }
    line("\n## Fields of bodies");
    for (Map.Entry<String, JsonNode> schema : bodies()) {
      schema(schema.getKey(), schema.getValue());
    }
    return page.toString();
  }

  private void row(Described.Operation operation) {
    line(
        "| [`%s %s`](#%s) | %s%s |"
            .formatted(
                operation.verb,
                shortPath(operation),
                anchor(operation),
                summary(operation),
                flag(operation, "x-addition") ? " (new)" : ""));
  }

  private void oldRow(Described.Operation operation) {
    line("| `%s %s` | %s |".formatted(operation.verb, shortPath(operation), summary(operation)));
  }

  private void operation(Described.Operation operation) {
    line("\n### " + operation.verb + ' ' + shortPath(operation));
    line("\n" + summary(operation) + '.');
    text(operation, "description").forEach(this::line);
    if (flag(operation, "x-addition")) {
      line("\nThe original does not have this route.");
    }
    text(operation, "x-original").forEach(t -> line("\nThe original: " + t.strip()));
    parameters(operation);
    body(operation);
    for (Example example : Example.of(operation.node)) {
      line("\n" + Markdown.console(example).stripTrailing());
    }
    String errors = errors(operation);
    if (!errors.isEmpty()) {
      line("\nErrors: " + errors + '.');
    }
  }

  private void parameters(Described.Operation operation) {
    if (operation.parameters().isEmpty()) {
      return;
    }
    line("\n| Parameter | Value | Meaning |\n|---|---|---|");
    for (JsonNode parameter : operation.parameters()) {
      boolean inPath = parameter.path("in").asText().equals("path");
      JsonNode schema = parameter.path("schema");
      line(
          "| `%s`%s | %s%s | %s%s |"
              .formatted(
                  parameter.path("name").asText(),
                  inPath ? " (path)" : "",
                  Markdown.type(schema),
                  Markdown.limits(schema),
                  Markdown.cell(parameter.path("description").asText()),
                  parameter.path("x-addition").asBoolean() ? " Not in the original." : ""));
    }
  }

  private void body(Described.Operation operation) {
    JsonNode body = operation.node.path("requestBody");
    if (!body.isMissingNode()) {
      JsonNode schema = body.path("content").path("application/json").path("schema");
      line("\nBody: " + Markdown.type(schema) + ". " + body.path("description").asText());
    }
  }

  private void schema(String name, JsonNode schema) {
    line("\n### " + name);
    if (schema.has("description")) {
      line("\n" + schema.path("description").asText().strip());
    }
    JsonNode object = object(schema);
    if (schema.has("allOf")) {
      line("\nAll fields of " + Markdown.type(schema.path("allOf").path(0)) + '.');
    } else if (schema.path("type").asText().equals("array")) {
      line("\nAn " + Markdown.type(schema) + '.');
    } else if (schema.has("enum")) {
      line("\nOne of " + Markdown.type(schema) + '.');
    } else if (object.has("properties")) {
      line("\n| Field | Value | Meaning |\n|---|---|---|");
      fields("", object);
    }
  }

  private void fields(String prefix, JsonNode object) {
    Set<String> required = required(object);
    for (Map.Entry<String, JsonNode> property : Yaml.fields(object.path("properties"))) {
      JsonNode schema = property.getValue();
      String name = prefix + property.getKey();
      line(
          "| `%s`%s | %s%s | %s%s |"
              .formatted(
                  name,
                  required.contains(property.getKey()) ? "" : " (optional)",
                  Markdown.type(schema),
                  Markdown.limits(schema),
                  Markdown.cell(schema.path("description").asText()),
                  schema.path("x-addition").asBoolean() ? " Not in the original." : ""));
      fields(name + '.', schema);
      fields(name + "[].", schema.path("items"));
      fields(name + ".*.", schema.path("additionalProperties"));
    }
  }

  /** The schema that has the fields: of a map, that of its values. */
  private static JsonNode object(JsonNode schema) {
    return schema.has("properties") ? schema : schema.path("additionalProperties");
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** The schemas of success; the errors have a page of their own. */
  private List<Map.Entry<String, JsonNode>> bodies() {
    return Yaml.fields(document.path("components").path("schemas")).stream()
        .filter(schema -> !schema.getValue().has("oneOf"))
        .filter(schema -> !schema.getKey().equals("Empty"))
        .toList();
  }

  private List<String> tags() {
    return Yaml.elements(document.path("tags")).stream()
        .map(tag -> tag.path("name").asText())
        .toList();
  }

  private List<Described.Operation> operations(String tag) {
    return described.operations().stream()
        .filter(o -> o.node.path("tags").path(0).asText().equals(tag))
        .filter(o -> !flag(o, "deprecated"))
        .toList();
  }

  private static String errors(Described.Operation operation) {
    return Yaml.fields(operation.node.path("responses")).stream()
        .filter(answer -> !answer.getKey().equals("200"))
        .flatMap(answer -> names(answer.getValue()))
        .filter(name -> !EVERYWHERE.contains(name))
        .map(name -> "[`%s`](errors.md#%s)".formatted(name, name.toLowerCase(Locale.ROOT)))
        .collect(joining(", "));
  }

  private static Stream<String> names(JsonNode answer) {
    return Arrays.stream(
        answer.path("$ref").asText().replaceFirst(".*/", "").split("(?<=[a-z])Or(?=[A-Z])"));
  }

  private static String summary(Described.Operation operation) {
    return operation.node.path("summary").asText();
  }

  private static List<String> text(Described.Operation operation, String field) {
    return operation.node.has(field)
        ? List.of("\n" + operation.node.path(field).asText())
        : List.of();
  }

  private static boolean flag(Described.Operation operation, String field) {
    return operation.node.path(field).asBoolean(false);
  }

  private static String shortPath(Described.Operation operation) {
    return operation.path.substring(1);
  }

  /** As the usual renderers make it from a heading. */
  private static String anchor(Described.Operation operation) {
    return (operation.verb + ' ' + shortPath(operation))
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w -]", "")
        .replace(' ', '-');
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
