package io.backbeat.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server answers each request of the documentation as documented. */
class DocumentedExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static ExampleServer server;

  private final Described described = Described.committed();

  @BeforeAll
  static void start() {
    server = new ExampleServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_documented_request_is_answered_as_documented() {
    for (Described.Operation operation : readsFirst()) {
      List<Example> examples = Example.of(operation.node);
      assertThat(examples.size() + (operation.path.equals("/openapi.json") ? 1 : 0))
          .as("%s has an example", operation)
          .isPositive();
      for (Example example : examples) {
        assertThat(described.operation(example.verb(), example.path()))
            .as("the operation of %s", example)
            .contains(operation);
        check(ApiPaths.PUBLIC_PREFIX, operation, example);
        if (example.verb().equals("GET")) {
          check(ApiPaths.INTERNAL_PREFIX, operation, example);
        }
      }
    }
  }

  @Test
  void description_itself_is_served_under_both_prefixes() {
    Example request = Example.of("GET openapi.json", JSON.missingNode(), JSON.nullNode());

    for (String prefix : List.of(ApiPaths.PUBLIC_PREFIX, ApiPaths.INTERNAL_PREFIX)) {
      HttpResponse<String> response = server.send(prefix, request);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(response.body()).isEqualTo(GeneratedFile.OPENAPI.read());
    }
  }

  @Test
  void documented_errors_are_answered_as_documented() throws IOException {
    ErrorAnswers errors = new ErrorAnswers(JSON.createObjectNode());
    ObjectNode texts = Yaml.errors();
    for (ErrorCode code : ErrorCode.values()) {
      JsonNode text = texts.path(code.name());
      if (text.has("request")) {
        Example example =
            Example.of(text.path("request").asText(), text.path("body"), errors.example(code));
        HttpResponse<String> response = server.send(ApiPaths.PUBLIC_PREFIX, example);
        assertThat(response.statusCode()).as("%s", example).isEqualTo(code.httpStatus());
        assertThat(JSON.readTree(response.body())).isEqualTo(example.answer());
        described
            .operation(example.verb(), example.path())
            .ifPresent(o -> assertThat(o.violations(code.httpStatus(), response.body())).isEmpty());
      }
    }
  }

  private void check(String prefix, Described.Operation operation, Example example) {
    HttpResponse<String> response = server.send(prefix, example);

    assertThat(response.statusCode()).as("%s: %s", example, response.body()).isEqualTo(200);
    if (!example.body().isMissingNode() && operation.node.has("requestBody")) {
      assertThat(operation.bodyViolations(example.body())).as("%s", example).isEmpty();
    }
    assertThat(operation.violations(200, response.body())).as("%s", example).isEmpty();
    assertThat(contentType(response)).isEqualTo(described(operation));
    if (example.answer().isTextual()) {
      assertThat(response.body().lines())
          .containsAll(
              example.answer().textValue().lines().filter(l -> l.startsWith("#")).toList());
    } else {
      assertThat(operation.violations(200, example.answer().toString())).isEmpty();
      assertThat(shape(response.body())).as("%s", example).isEqualTo(Shape.of(example.answer()));
    }
  }

  /** Requests that change something go last, or the others would find another state. */
  private List<Described.Operation> readsFirst() {
    List<Described.Operation> sorted = new ArrayList<>(described.operations());
    sorted.sort((a, b) -> Boolean.compare(!a.verb.equals("GET"), !b.verb.equals("GET")));
    return sorted;
  }

  private static Optional<String> contentType(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type");
  }

  private static Optional<String> described(Described.Operation operation) {
    List<String> types = new ArrayList<>();
    operation
        .node
        .path("responses")
        .path("200")
        .path("content")
        .fieldNames()
        .forEachRemaining(types::add);
    return types.stream().findFirst();
  }

  private static String shape(String body) {
    try {
      return Shape.of(JSON.readTree(body));
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + body, e);
    }
  }
}
