package io.backbeat.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request of the description, and the answer it shows.
 *
 * @param verb the HTTP method
 * @param target path and query behind the prefix
 * @param body what is sent; missing for nothing
 * @param answer what comes back
 */
record Example(String verb, String target, JsonNode body, JsonNode answer) {
  /** The examples of an operation, in order. */
  static List<Example> of(JsonNode operation) {
    List<Example> examples = new ArrayList<>();
    for (JsonNode media : operation.path("responses").path("200").path("content")) {
      for (Map.Entry<String, JsonNode> example : Yaml.fields(media.path("examples"))) {
        JsonNode body =
            operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("examples")
                .path(example.getKey())
                .path("value");
        examples.add(
            of(
                example.getValue().path("x-request").asText(),
                body,
                example.getValue().path("value")));
      }
    }
    return examples;
  }

  /** An example from its request line. */
  static Example of(String requestLine, JsonNode body, JsonNode answer) {
    String[] words = requestLine.split(" ", 2);
    return new Example(words[0], words[1], body, answer);
  }

  /** The request, for messages. */
  @Override
  public String toString() {
    return verb + ' ' + target + (body.isMissingNode() ? "" : ' ' + body.toString());
  }

  /** What is sent; empty text for nothing. */
  String content() {
    return body instanceof MissingNode ? "" : body.toString();
  }

  /** The path alone. */
  String path() {
    return target.replaceFirst("[?].*", "");
  }
}
