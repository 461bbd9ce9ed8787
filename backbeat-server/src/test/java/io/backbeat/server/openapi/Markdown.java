package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Pieces of pages for people, and the part of a page that is made between hand-written ones. */
final class Markdown {
  static final String BEGIN = "<!-- made by ReferencePagesTest: begin -->\n";
  static final String END = "<!-- made by ReferencePagesTest: end -->\n";

  private static final String SERVER = "http://localhost:8900/_/backbeat/api/";
  private static final int SHORT = 100;

  private Markdown() {}

  /** A page with another made part. */
  static String withMade(String page, String made) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("the page needs the lines " + BEGIN + "and " + END);
    }
    return page.substring(0, begin) + BEGIN + '\n' + made.strip() + "\n\n" + page.substring(end);
  }

  /** Text in one cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
  }

  static String code(String text) {
    return '`' + text + '`';
  }

  /** A request to be copied into a shell, and what comes back. */
  static String console(Example example) {
    boolean compact = example.answer().isTextual() || example.answer().toString().length() <= SHORT;
    String answer =
        example.answer().isTextual()
            ? example.answer().textValue().stripTrailing()
            : compact
                ? example.answer().toString()
                : OpenApiDocument.print(example.answer()).stripTrailing();
    return "```console\n$ " + curl(example) + (compact ? "" : " | jq") + '\n' + answer + "\n```\n";
  }

  /** The name of what a schema refers to, or its type. */
  static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return '[' + name + "](#" + name.toLowerCase(Locale.ROOT) + ')';
    }
    if (schema.has("enum") || schema.has("const")) {
      JsonNode values = schema.path("enum");
      return values.isMissingNode()
          ? code(schema.path("const").asText())
          : String.join(", ", Yaml.elements(values).stream().map(v -> code(v.asText())).toList());
    }
    JsonNode type = schema.path("type");
    if (type.asText().equals("array")) {
      return "array of " + type(schema.path("items"));
    }
    return type.isArray()
        ? String.join(" or ", Yaml.elements(type).stream().map(JsonNode::asText).toList())
        : type.asText("any");
  }

  /** {@code ", 1 to 1000, default 100"}; empty without limits. */
  static String limits(JsonNode schema) {
    StringBuilder text = new StringBuilder();
    if (schema.has("minimum") && schema.has("maximum")) {
      text.append(", ")
          .append(schema.path("minimum"))
          .append(" to ")
          .append(schema.path("maximum"));
    } else if (schema.has("minimum")) {
      text.append(", from ").append(schema.path("minimum"));
    } else if (schema.has("maximum")) {
      text.append(", to ").append(schema.path("maximum"));
    }
    if (schema.has("default")) {
      text.append(", default ").append(schema.path("default"));
    }
    return text.toString();
  }

  private static String curl(Example example) {
    StringBuilder command = new StringBuilder("curl -s");
    if (!example.verb().equals("GET")) {
      command.append(" -X ").append(example.verb());
    }
    if (!example.content().isEmpty()) {
      command.append(" -d '").append(example.content()).append('\'');
    }
    String url = SERVER + example.target();
    boolean plain = url.matches("[\\w:/.-]+");
    return command.append(' ').append(plain ? url : '\'' + url + '\'').toString();
  }
}
