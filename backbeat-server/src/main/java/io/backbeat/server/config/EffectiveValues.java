package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Lists what applies: everything that was said, and the defaults of the rest. Pure. */
final class EffectiveValues {
  private final ConfigValues values;
  private final TreeMap<String, EffectiveValue> found = new TreeMap<>();

  private EffectiveValues(ConfigValues values) {
    this.values = values;
  }

  static List<EffectiveValue> of(ConfigValues values) {
    EffectiveValues effective = new EffectiveValues(values);
    effective.defaults();
    effective.add("", values.tree().root());
    List<EffectiveValue> sorted = new ArrayList<>(effective.found.values());
    sorted.sort(Comparator.comparing(value -> !value.path().startsWith("backbeat.")));
    return List.copyOf(sorted);
  }

  private void defaults() {
    for (KnownKey key : values.known().all()) {
      boolean ofOwnSource =
          key.pattern().startsWith(ServerConfigReader.SOURCE)
              && !values.isSaid(ServerConfigReader.SOURCE);
      if (!ofOwnSource) {
        key.otherwise().ifPresent(value -> put(key.pattern(), value, Origin.DEFAULT));
      }
    }
    implied("backbeat.profile", ServerConfigReader.profile(values).toString());
    implied("backbeat.api.host", ServerConfigReader.apiHost(values));
    implied("backbeat.probe.host", ServerConfigReader.probeHost(values));
    implied("backbeat.probe.port", String.valueOf(ServerConfigReader.probePort(values)));
  }

  private void implied(String path, String value) {
    JsonNode node = path.endsWith("port") ? parse(value) : TextNode.valueOf(value);
    put(path, node, Origin.DEFAULT);
  }

  private static JsonNode parse(String number) {
    return com.fasterxml.jackson.databind.node.IntNode.valueOf(Integer.parseInt(number));
  }

  private void add(String path, JsonNode node) {
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
