package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The body of an answer that is an error: JSON of the internal routes and of Vault, XML of the S3
 * API and of whatever is refused before a route is reached.
 *
 * @param code empty if there is none
 * @param message for people; may be empty
 */
record ServerError(String code, String message) {
  private static final int SHOWN = 200;

  /** Never fails: what cannot be read is shown as it is. Pure. */
  static ServerError parse(byte[] body) {
    int start = 0;
    while (start < body.length && Character.isWhitespace(body[start])) {
      start++;
    }
    if (start == body.length) {
      return new ServerError("", "");
    }
    try {
      if (body[start] == '{') {
        return json(JsonTexts.MAPPER.readTree(body));
      }
      if (body[start] == '<') {
        Xml root = Xml.parse(body);
        Xml error = root.name().equals("Error") ? root : root.first("Error").orElse(root);
        return new ServerError(error.text("Code"), error.text("Message"));
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // shown as it is
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new ServerError("", text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
  }

  private static ServerError json(JsonNode body) {
    JsonNode vault = body.path("ErrorResponse").path("Error");
    if (vault.isObject()) {
      return new ServerError(vault.path("Code").asText(), vault.path("Message").asText());
    }
    String message = body.path("message").asText(body.path("description").asText());
    JsonNode code = body.path("code");
    return new ServerError(code.isTextual() ? code.textValue() : named(body), message);
  }

  /**
   * Errors that are written out as they are have their number as code and a member of their name.
   */
  private static String named(JsonNode body) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getValue().isBoolean()
          && member.getValue().booleanValue()
          && Character.isUpperCase(member.getKey().charAt(0))) {
        return member.getKey();
      }
    }
    return "";
  }
}
