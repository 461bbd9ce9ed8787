package io.backbeat.server.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ServiceName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The whole recording.
 *
 * @param crrSites destinations of replication, in configured order
 * @param lifecycleSites locations of lifecycle, in configured order
 * @param topics the topics that channels of pause and resume are named after
 * @param mockMetadata what the recorded CloudServer answered for every object
 * @param records in the order of recording
 */
record Recording(
    List<String> crrSites,
    List<String> lifecycleSites,
    Map<ServiceName, String> topics,
    ObjectNode mockMetadata,
    List<GoldenRecord> records) {
  private static final String RESOURCE = "/golden/golden.jsonl.gz";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Recording load() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(Recording.class.getResourceAsStream(RESOURCE))),
                UTF_8))) {
      JsonNode meta = JSON.readTree(lines.readLine());
      List<GoldenRecord> records = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(record(JSON.readTree(line)));
      }
      return new Recording(
          texts(meta.path("crrSites")),
          texts(meta.path("lifecycleSites")),
          topics(meta.path("config").path("extensions")),
          (ObjectNode) meta.path("mockMetadata"),
          List.copyOf(records));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Locations of ingestion in one of the recorded configurations. */
  List<String> ingestionSites(String mode) {
    return mode.equals("ci")
        ? crrSites.stream().map(site -> site + "-ingestion").toList()
        : List.of("wontwork-location");
  }

  private static Map<ServiceName, String> topics(JsonNode extensions) {
    return Map.of(
        ServiceName.REPLICATION, extensions.path("replication").path("topic").asText(),
        ServiceName.INGESTION, extensions.path("ingestion").path("topic").asText());
  }

  private static GoldenRecord record(JsonNode line) {
    List<List<String>> redis = new ArrayList<>();
    line.path("redisSetup").forEach(command -> redis.add(texts(command)));
    List<GoldenRecord.Node> nodes = new ArrayList<>();
    line.path("zkSetup")
        .forEach(
            node ->
                nodes.add(new GoldenRecord.Node(node.path("path").asText(), text(node, "data"))));
    return new GoldenRecord(
        line.path("id").asText(),
        line.path("mode").asText(),
        line.path("group").asText(),
        line.path("method").asText(),
        line.path("path").asText(),
        map(line.path("headers")),
        text(line, "body"),
        text(line, "rawRequest"),
        Instant.ofEpochMilli(line.path("nowMs").asLong()),
        answers(line),
        redis,
        nodes,
        line.path("stateful").asBoolean() || line.has("redisState"),
        line.path("env").asText(),
        effects(line),
        line.path("metadataMock").asText().equals("404"));
  }

  private static GoldenRecord.Effects effects(JsonNode line) {
    List<GoldenRecord.Message> published = new ArrayList<>();
    line.path("redisPublished")
        .forEach(
            message ->
                published.add(
                    new GoldenRecord.Message(
                        message.path("channel").asText(), message.path("message").asText())));
    return new GoldenRecord.Effects(
        published, Optional.of(line.path("redisAfter")).filter(JsonNode::isObject));
  }

  /** The stream that the connection gave, put together again from its parts. */
  private static List<Answer> answers(JsonNode line) {
    if (line.path("status").isNull()) {
      return List.of();
    }
    StringBuilder head =
        new StringBuilder("HTTP/1.1 " + line.path("status").asInt() + " Recorded\r\n");
    map(line.path("responseHeaders"))
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] body = line.path("responseBody").asText().getBytes(UTF_8);
    String stream = head.append("\r\n") + new String(body, ISO_8859_1);
    return Answer.read(
        stream.getBytes(ISO_8859_1), true, line.path("method").asText().equals("HEAD"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new TreeMap<>();
    object.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
