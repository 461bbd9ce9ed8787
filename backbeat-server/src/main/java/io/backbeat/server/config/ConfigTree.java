package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was said, from everywhere, and by whom. Not changed once it is built. */
final class ConfigTree {
  private final ObjectNode root;
  private final Optional<Path> file;
  private final Map<String, Origin> settings = new LinkedHashMap<>();

  /**
   * Puts settings over the content of a file.
   *
   * @param settings later ones win
   */
  ConfigTree(ObjectNode content, Optional<Path> file, List<Setting> settings) {
    this.root = content.deepCopy();
    this.file = file;
    settings.forEach(this::put);
  }

  ObjectNode root() {
    return root;
  }

  Optional<Path> file() {
    return file;
  }

  /** The value of a path without list elements in it; missing if nobody gave one. */
  JsonNode at(String path) {
    JsonNode node = root;
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    return node.isNull() ? MissingNode.getInstance() : node;
  }

  /** Who gave the value of a path. */
  Origin origin(String path) {
    String candidate = path;
    while (!candidate.isEmpty()) {
      Origin origin = settings.get(candidate);
      if (origin != null) {
        return origin;
      }
      int end = Math.max(candidate.lastIndexOf('.'), candidate.lastIndexOf('['));
      candidate = candidate.substring(0, Math.max(end, 0));
    }
    return file.<Origin>map(Origin.File::new).orElse(Origin.DEFAULT);
  }

  private void put(Setting setting) {
    String[] names = setting.path().split("\\.", -1);
    ObjectNode section = root;
    for (int i = 0; i < names.length - 1; i++) {
      // What is no section there is wrong anyway, and the variable or option wins.
      section =
          section.path(names[i]) instanceof ObjectNode inner ? inner : section.putObject(names[i]);
    }
    section.set(names[names.length - 1], setting.value());
    settings.put(setting.path(), setting.origin());
  }
}
