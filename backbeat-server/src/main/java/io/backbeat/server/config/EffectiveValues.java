package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lists what applies: everything that was said and can be read, and the defaults of the rest. Pure.
 */
final class EffectiveValues {
  private final ConfigValues values;
  private final Set<String> wrong;
  private final TreeMap<String, EffectiveValue> found = new TreeMap<>();

  private EffectiveValues(ConfigValues values, Set<String> wrong) {
    this.values = values;
    this.wrong = wrong;
  }

  /**
   * Lists.
   *
   * @param wrong paths whose values cannot be read; they, and what they decide, are left out
   */
  static List<EffectiveValue> of(ConfigValues values, Set<String> wrong) {
    EffectiveValues effective = new EffectiveValues(values, wrong);
    effective.defaults();
    effective.add("", values.tree().root());
    List<EffectiveValue> sorted = new ArrayList<>(effective.found.values());
    sorted.sort(Comparator.comparing(value -> !value.path().startsWith("backbeat.")));
    return List.copyOf(sorted);
  }

  private void defaults() {
    boolean embedded =
        wrong.contains("backbeat.profile")
            || ServerConfigReader.profile(values) == Profile.EMBEDDED;
    for (KnownKey key : values.known().all()) {
      boolean ofOwnSource =
          key.pattern().startsWith(ServerConfigReader.SOURCE)
              && !values.isSaid(ServerConfigReader.SOURCE);
      if (!ofOwnSource && !(embedded && key.onlyCluster()) && !values.isSaid(key.pattern())) {
        key.otherwise().ifPresent(value -> put(key.pattern(), value, Origin.DEFAULT));
      }
    }
    implied("backbeat.profile", () -> text(ServerConfigReader.profile(values).toString()), "kafka");
    put("backbeat.api.host", text(ServerConfigReader.apiHost(values)), Origin.DEFAULT);
    implied(
        "backbeat.probe.host",
        () -> text(ServerConfigReader.probeHost(values)),
        ServerConfigReader.PROBE_HOSTS);
    implied(
        "backbeat.probe.port",
        () -> IntNode.valueOf(ServerConfigReader.probePort(values)),
        ServerConfigReader.PROBE_PORTS);
  }

  /** A value that the first of some keys decides that is given. */
  private void implied(String path, Supplier<JsonNode> value, String... keys) {
    if (wrong.contains(path) || Stream.of(keys).anyMatch(wrong::contains)) {
      return;
    }
    Origin origin =
        Stream.of(keys)
            .filter(values::isSaid)
            .findFirst()
            .<Origin>map(Origin.Implied::new)
            .orElse(Origin.DEFAULT);
    put(path, value.get(), origin);
  }

  private static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }

  private void add(String path, JsonNode node) {
    if (wrong.contains(path)) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  add(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + i + "]", node.get(i));
      }
    } else if (!node.isNull()) {
      put(path, node, values.tree().origin(path));
    }
  }

  private void put(String path, JsonNode value, Origin origin) {
    if (wrong.contains(path)) {
      return;
    }
    String shown =
        value.isValueNode()
            ? TextNode.valueOf(Secrets.mask(path, value.asText())).toString()
            : value.toString();
    found.put(
        path,
        new EffectiveValue(
            path,
            value.isTextual() || shown.contains(Secrets.MASK) ? shown : value.toString(),
            origin));
  }
}
