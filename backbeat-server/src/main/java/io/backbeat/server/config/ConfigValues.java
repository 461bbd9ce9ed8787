package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Typed values of a tree that was checked, with the defaults of the known keys. */
record ConfigValues(ConfigTree tree, KnownKeys known) {
  Optional<JsonNode> find(String path) {
    JsonNode said = tree.at(path);
    return said.isMissingNode() ? known.key(path).flatMap(KnownKey::otherwise) : Optional.of(said);
  }

  /** Whether anybody gave a value. */
  boolean isSaid(String path) {
    return !tree.at(path).isMissingNode();
  }

  Optional<String> text(String path) {
    return find(path).map(JsonNode::asText);
  }

  String requireText(String path) {
    return Objects.requireNonNull(text(path).orElse(null), () -> path + " has no value");
  }

  long number(String path) {
    return Long.parseLong(requireText(path).strip());
  }

  int integer(String path) {
    return Math.toIntExact(number(path));
  }

  Duration seconds(String path) {
    return Duration.ofSeconds(number(path));
  }

  boolean truth(String path) {
    return Boolean.parseBoolean(requireText(path));
  }

  List<JsonNode> list(String path) {
    return StreamSupport.stream(tree.at(path).spliterator(), false).toList();
  }

  List<String> texts(String path) {
    return list(path).stream().map(JsonNode::asText).toList();
  }
}
