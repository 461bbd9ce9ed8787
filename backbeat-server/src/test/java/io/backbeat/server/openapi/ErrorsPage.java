package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ErrorCode;
import java.util.Locale;

/** Every error code as a page for people. */
final class ErrorsPage {
  private ErrorsPage() {}

  static String print() {
    ObjectNode texts = Yaml.errors();
    ErrorAnswers answers = new ErrorAnswers(new ObjectMapper().createObjectNode());
    StringBuilder page =
        new StringBuilder("| Status | Name | `ErrorCode` | Retry |\n|---|---|---|---|\n");
    for (ErrorCode code : ErrorCode.values()) {
      page.append(
          "| %d | [`%s`](#%s) | `%s` | %s |%n"
              .formatted(
                  code.httpStatus(),
                  code.wireName(),
                  code.wireName().toLowerCase(Locale.ROOT),
                  code.name(),
                  code.retryable() ? "yes" : "no"));
    }
    for (ErrorCode code : ErrorCode.values()) {
      section(page, code, texts.path(code.name()), answers.example(code));
    }
    return page.toString();
  }

  private static void section(
      StringBuilder page, ErrorCode code, JsonNode text, ObjectNode example) {
    page.append("\n## ").append(code.wireName()).append("\n\n");
    page.append(text.path("when").asText().strip()).append("\n\n");
    page.append("What to do: ").append(text.path("advice").asText().strip()).append("\n\n");
    page.append(
        text.has("request")
            ? Markdown.console(
                Example.of(text.path("request").asText(), text.path("body"), example))
            : "```json\n" + example + "\n```\n");
  }
}
