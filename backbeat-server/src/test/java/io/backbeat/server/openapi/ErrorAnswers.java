package io.backbeat.server.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The errors as answers: a schema for each code, an answer for each set of codes of one status. */
final class ErrorAnswers {
  private static final String SCHEMAS = "#/components/schemas/";

  private final ObjectNode components;
  private final ObjectNode texts = Yaml.errors();

  ErrorAnswers(ObjectNode components) {
    this.components = components;
  }

  /** Adds the schema of every code. */
  void addSchemas() {
    ObjectNode schemas = components.withObject("/schemas");
    for (ErrorCode code : ErrorCode.values()) {
      ObjectNode schema = schemas.putObject(code.wireName());
      schema.put("description", text(code, "when"));
      ArrayNode forms = schema.putArray("oneOf");
      form(forms.addObject(), code, true);
      form(forms.addObject(), code, false);
    }
  }

  /** Adds the answers of an operation that can fail with these codes. */
  void addTo(ObjectNode answers, Set<ErrorCode> codes) {
    new TreeMap<>(codes.stream().collect(groupingBy(ErrorCode::httpStatus)))
        .forEach(
            (status, ofStatus) ->
                answers
                    .putObject(Integer.toString(status))
                    .put(
                        "$ref",
                        "#/components/responses/" + answer(ofStatus.stream().sorted().toList())));
  }

  /** The body in its default form. */
  ObjectNode example(ErrorCode code) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code.httpStatus())
        .put("description", text(code, "description"))
        .put(code.wireName(), true);
  }

  private String answer(List<ErrorCode> codes) {
    String name = codes.stream().map(ErrorCode::wireName).collect(joining("Or"));
    ObjectNode responses = components.withObject("/responses");
    if (responses.has(name)) {
      return name;
    }
    ObjectNode response = responses.putObject(name);
    response.put("description", codes.stream().map(c -> text(c, "when")).collect(joining(" Or: ")));
    ObjectNode media = response.putObject("content").putObject("application/json");
    ObjectNode schema = media.putObject("schema");
    if (codes.size() == 1) {
      schema.put("$ref", SCHEMAS + codes.get(0).wireName());
    } else {
      ArrayNode any = schema.putArray("anyOf");
      codes.forEach(c -> any.addObject().put("$ref", SCHEMAS + c.wireName()));
    }
    ObjectNode examples = media.putObject("examples");
    codes.forEach(c -> examples.putObject(c.wireName()).set("value", example(c)));
    return name;
  }

  private static void form(ObjectNode schema, ErrorCode code, boolean threeKeys) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    if (threeKeys) {
      properties.putObject("code").put("const", code.httpStatus());
      properties.putObject("description").put("type", "string");
    }
    properties.putObject(code.wireName()).put("const", true);
    ArrayNode required = schema.putArray("required");
    properties.fieldNames().forEachRemaining(required::add);
    schema.put("additionalProperties", false);
  }

  private String text(ErrorCode code, String field) {
    JsonNode text = texts.path(code.name()).path(field);
    if (!text.isTextual()) {
      throw new IllegalStateException("errors.yaml: " + code + " needs the text " + field);
    }
    return text.textValue();
  }
}
