package io.backbeat.server.openapi;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the description of the API: what the annotations of the resources say, spread over the
 * documented routes of each method, with the hand-written texts, schemas and examples.
 */
final class OpenApiDocument {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final ObjectNode components = Yaml.components();
  private final ObjectNode goodAnswers = components.withObject("/responses").deepCopy();
  private final ErrorAnswers errors = new ErrorAnswers(components);

  private OpenApiDocument() {}

  /** The description of what {@link io.backbeat.server.http.BackbeatFeature} serves. */
  static ObjectNode generate() {
    return new OpenApiDocument().build();
  }

  /** The text of a document: two blanks of indentation, a line feed at the end. */
  static String print(JsonNode document) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(document) + '\n';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode build() {
    Map<String, AnnotatedOperations> annotated = AnnotatedOperations.read(ResourceMethod.classes());
    ObjectNode routes = Yaml.routes();
    checkSame(annotated.keySet(), routes);
    components.set("responses", JsonNodeFactory.instance.objectNode());
    document.put("openapi", "3.1.0").setAll(Yaml.head());
    ObjectNode paths = document.putObject("paths");
    for (Map.Entry<String, JsonNode> method : Yaml.fields(routes)) {
      AnnotatedOperations operation = annotated.get(method.getKey());
      for (JsonNode route : method.getValue()) {
        String path = route.path("path").asText();
        paths
            .withObject('/' + path.replace("~", "~0").replace("/", "~1"))
            .set(
                operation.verb().toLowerCase(Locale.ROOT),
                operation(method.getKey(), operation, route));
      }
    }
    errors.addSchemas();
    document.set("components", components.without("requestBodies"));
    return document;
  }

  private ObjectNode operation(String id, AnnotatedOperations annotated, JsonNode route) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.set("tags", annotated.tags());
    operation.put("summary", route.path("summary").asText(annotated.summary()));
    copy(route, operation, "description", "description");
    operation.put("operationId", route.path("id").asText(id));
    copy(route, operation, "deprecated", "deprecated");
    copy(route, operation, "addition", "x-addition");
    copy(route, operation, "original", "x-original");
    ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
    names(route)
        .forEach(name -> parameters.addObject().put("$ref", "#/components/parameters/" + name));
    annotated.queryParameters().forEach(parameters::add);
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    boolean body = !annotated.requestBody().isEmpty() && route.path("body").asBoolean(true);
    if (body) {
      operation.set("requestBody", requestBody(annotated.requestBody(), route));
    }
    ObjectNode answers = operation.putObject("responses");
    answers.set("200", goodAnswer(annotated, route));
    errors.addTo(answers, errorsOf(annotated, route, body));
    return operation;
  }

  /** The errors that follow from the form of a route, and those that it names. */
  private static Set<ErrorCode> errorsOf(
      AnnotatedOperations annotated, JsonNode route, boolean body) {
    boolean changes = !annotated.verb().equals("GET");
    String path = route.path("path").asText();
    Set<ErrorCode> codes =
        EnumSet.of(ErrorCode.ACCESS_DENIED, ErrorCode.INTERNAL_ERROR, ErrorCode.NOT_RUNNING);
    add(codes, ErrorCode.ROUTE_NOT_FOUND, path.contains("{"));
    add(codes, ErrorCode.INVALID_QUERY_PARAMETER, !annotated.queryParameters().isEmpty());
    add(codes, ErrorCode.MALFORMED_REQUEST, body);
    add(codes, ErrorCode.REQUEST_TOO_LARGE, changes);
    add(codes, ErrorCode.CONFLICT, changes && path.startsWith("/{service}"));
    Yaml.elements(route.path("errors")).forEach(e -> codes.add(ErrorCode.valueOf(e.asText())));
    return codes;
  }

  private static void add(Set<ErrorCode> codes, ErrorCode code, boolean applies) {
    if (applies) {
      codes.add(code);
    }
  }

  private JsonNode requestBody(String reference, JsonNode route) {
    ObjectNode body =
        ((ObjectNode) components.at(reference.replace("#/components", ""))).deepCopy();
    ObjectNode media = (ObjectNode) body.path("content").path("application/json");
    int number = 0;
    for (JsonNode example : Yaml.elements(route.path("examples"))) {
      number++;
      if (example.has("body")) {
        media
            .withObject("/examples/example" + number)
            .put("x-request", example.path("request").asText())
            .set("value", example.path("body"));
      }
    }
    return body;
  }

  private JsonNode goodAnswer(AnnotatedOperations annotated, JsonNode route) {
    String named = annotated.answer().replaceFirst(".*/", "");
    String name = route.path("answer").asText(named);
    if (!goodAnswers.has(name)) {
      throw new IllegalStateException("components.yaml has no answer called " + name);
    }
    ObjectNode answer = ((ObjectNode) goodAnswers.path(name)).deepCopy();
    ObjectNode media = (ObjectNode) answer.path("content").elements().next();
    int number = 0;
    for (JsonNode example : Yaml.elements(route.path("examples"))) {
      media
          .withObject("/examples/example" + ++number)
          .put("x-request", example.path("request").asText())
          .set("value", example.path("answer"));
    }
    return answer;
  }

  private static List<String> names(JsonNode route) {
    return NAME.matcher(route.path("path").asText())
        .results()
        .map(name -> route.path("uses").path(name.group(1)).asText(name.group(1)))
        .toList();
  }

  private static void copy(JsonNode from, ObjectNode to, String name, String newName) {
    if (from.has(name)) {
      to.set(newName, from.get(name));
    }
  }

  private static void checkSame(Set<String> annotated, ObjectNode routes) {
    Set<String> written = new TreeSet<>();
    routes.fieldNames().forEachRemaining(written::add);
    if (!written.equals(new TreeSet<>(annotated))) {
      throw new IllegalStateException(
          "routes.yaml has " + written + ", the annotations have " + new TreeSet<>(annotated));
    }
  }
}
