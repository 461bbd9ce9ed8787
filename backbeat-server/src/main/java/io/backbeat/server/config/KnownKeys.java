package io.backbeat.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table of all keys, {@code known-keys.txt}. Immutable. */
final class KnownKeys {
  private static final String TABLE = "known-keys.txt";
  private static final int COLUMNS = 4;
  private static final String ANY_NAME = ".*";

  private final Map<String, KnownKey> keys;
  private final Map<String, Set<String>> children;

  private KnownKeys(Map<String, KnownKey> keys) {
    this.keys = keys;
    this.children = children(keys.keySet());
  }

  static KnownKeys load() {
    try (InputStream table =
        Objects.requireNonNull(KnownKeys.class.getResourceAsStream(TABLE), TABLE)) {
      return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }

  private static KnownKeys parse(String table) {
    Map<String, KnownKey> keys = new LinkedHashMap<>();
    JsonMapper json = new JsonMapper();
    for (String line : table.split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        KnownKey key = key(line.split(" \\|", COLUMNS), json);
        keys.put(key.pattern(), key);
      }
    }
    return new KnownKeys(keys);
  }

  private static KnownKey key(String[] columns, JsonMapper json) {
    String kind = columns[1].strip();
    String otherwise = columns[2].strip();
    try {
      Optional<JsonNode> value =
          otherwise.isEmpty() ? Optional.empty() : Optional.of(json.readTree(otherwise));
      return new KnownKey(
          columns[0].strip(),
          ValueKind.parse(kind.replace("!", "")),
          kind.endsWith("!"),
          value,
          columns[COLUMNS - 1].strip());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("default of " + columns[0] + " in " + TABLE, e);
    }
  }

  /** All keys, in the order of the table. */
  List<KnownKey> all() {
    return List.copyOf(keys.values());
  }

  /** The key of a pattern, if it has values and not other keys. */
  Optional<KnownKey> key(String pattern) {
    return Optional.ofNullable(keys.get(pattern));
  }

  boolean isSection(String pattern) {
    return !names(pattern).isEmpty();
  }

  boolean isList(String pattern) {
    return children.containsKey(pattern + "[]") || keys.containsKey(pattern + "[]");
  }

  /** The pattern of a name in a section, if the name is known or any is taken. */
  Optional<String> child(String section, String name) {
    String exact = section.isEmpty() ? name : section + "." + name;
    if (names(section).contains(name)) {
      return Optional.of(exact);
    }
    return names(section).contains("*") ? Optional.of(section + ANY_NAME) : Optional.empty();
  }

  /** The names that a section has. */
  Set<String> names(String section) {
    return children.getOrDefault(section, Set.of());
  }

  /** The keys of a section that must be given. */
  List<KnownKey> required(String section) {
    return keys.values().stream()
        .filter(key -> key.required() && key.parent().equals(section))
        .toList();
  }

  /** The nearest known path of a name that a section does not have. */
  Optional<String> nearest(String section, String name) {
    Set<String> siblings = new TreeSet<>(names(section));
    siblings.remove("*");
    Optional<String> sibling = NearestName.of(name, siblings);
    if (sibling.isPresent()) {
      return sibling.map(near -> section.isEmpty() ? near : section + "." + near);
    }
    return children.entrySet().stream()
        .filter(elsewhere -> elsewhere.getValue().contains(name))
        .map(elsewhere -> elsewhere.getKey().isEmpty() ? name : elsewhere.getKey() + "." + name)
        .min(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
  }

  private static Map<String, Set<String>> children(Set<String> patterns) {
    Map<String, Set<String>> children = new LinkedHashMap<>();
    for (String pattern : patterns) {
      String section = "";
      for (String part : pattern.split("\\.", -1)) {
        String name = part.replace("[]", "");
        children.computeIfAbsent(section, s -> new LinkedHashSet<>()).add(name);
        section = section.isEmpty() ? part : section + "." + part;
      }
    }
    return Map.copyOf(children);
  }
}
