package io.backbeat.server.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Every answer recorded from the original is one that the description allows. */
class RecordedAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the original answers and this server never does; each is in differences.md. */
  private static final Set<String> NOT_OURS =
      new TreeSet<>(
          List.of(
              // Something behind a complete route is ignored.
              "prod-757",
              "prod-758",
              "prod-770",
              "prod-771",
              "prod-816",
              "prod-823",
              "prod-891",
              "prod-949",
              "prod-956",
              "prod-1006",
              "prod-1058",
              // A stored date that is none is passed on.
              "prod-804",
              "prod-806",
              "prod-937",
              "prod-939",
              // Names that JavaScript objects have of themselves.
              "prod-1062",
              "prod-1067",
              // An error with status 200.
              "down3-2"));

  private final Described described = Described.committed();

  @Test
  void recorded_answers_are_as_described() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    int judged = 0;
    for (JsonNode record : records()) {
      String body = record.path("responseBody").asText();
      if (body.startsWith("{") || body.startsWith("[")) {
        judged++;
        List<String> violations = violations(record, body);
        if (!violations.isEmpty()) {
          wrong.put(record.path("id").asText(), text(record) + ": " + violations);
        }
      }
    }

    assertThat(judged).isGreaterThan(600);
    assertThat(wrong).as("keys are the ids").containsOnlyKeys(NOT_OURS);
  }

  private List<String> violations(JsonNode record, String body) {
    int status = record.path("status").asInt();
    return operation(record)
        .map(operation -> operation.violations(status, body))
        .orElse(status >= 400 && status < 500 ? List.of() : List.of("no operation"));
  }

  private Optional<Described.Operation> operation(JsonNode record) {
    String path = record.path("path").asText().replaceFirst("[?#].*", "").replace('\\', '/');
    return path.startsWith("/_/")
        ? described.operation(record.path("method").asText(), path.substring(3))
        : Optional.empty();
  }

  private static String text(JsonNode record) {
    return record.path("id").asText()
        + ' '
        + record.path("method").asText()
        + ' '
        + record.path("path").asText()
        + ' '
        + record.path("status")
        + ' '
        + record.path("responseBody").asText();
  }

  private static List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    RecordedAnswersTest.class.getResourceAsStream("/golden/golden.jsonl.gz")),
                UTF_8))) {
      // The first line is about the recording.
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(JSON.readTree(line));
      }
    }
    return records;
  }
}
