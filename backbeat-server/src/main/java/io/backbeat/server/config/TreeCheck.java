package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a tree with the known keys, and finds everything at once. Pure. */
final class TreeCheck {
  private static final int SHOWN = 80;

  private final KnownKeys known;
  private final ConfigTree tree;
  private final List<Problem> problems = new ArrayList<>();

  private TreeCheck(KnownKeys known, ConfigTree tree) {
    this.known = known;
    this.tree = tree;
  }

  static List<Problem> run(KnownKeys known, ConfigTree tree) {
    TreeCheck check = new TreeCheck(known, tree);
    check.section("", "", tree.root());
    return check.problems;
  }

  private void node(String pattern, String path, JsonNode node) {
    Optional<KnownKey> key = known.key(pattern);
    if (key.isPresent()) {
      value(key.get(), path, node);
    } else if (node.isArray() && known.isList(pattern)) {
      for (int i = 0; i < node.size(); i++) {
        node(pattern + "[]", path + "[" + i + "]", node.get(i));
      }
    } else if (node.isObject() && known.isSection(pattern)) {
      section(pattern, path, node);
    } else {
      boolean list = known.isList(pattern);
      wrong(
          path,
          node,
          list
              ? "is not a list; give one in [ ]"
              : "is not a section; give an object with " + String.join(", ", known.names(pattern)));
    }
  }

  private void section(String pattern, String path, JsonNode section) {
    for (KnownKey required : known.required(pattern)) {
      if (section.path(required.name()).isMissingNode()) {
        problems.add(
            Problem.error(
                join(path, required.name()), "is missing; " + path + " needs one" + from(path)));
      }
    }
    section
        .properties()
        .forEach(
            field -> {
              String inner = join(path, field.getKey());
              Optional<String> child = known.child(pattern, field.getKey());
              if (child.isPresent()) {
                node(child.get(), inner, field.getValue());
              } else {
                unknown(pattern, inner, field.getKey());
              }
            });
  }

  private void value(KnownKey key, String path, JsonNode value) {
    key.kind().problem(value).ifPresent(problem -> wrong(path, value, problem));
  }

  private void unknown(String pattern, String path, String name) {
    problems.add(
        Problem.warning(
            path,
            "is no known key and is ignored"
                + known
                    .nearest(pattern, name)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("")
                + from(path)));
  }

  private void wrong(String path, JsonNode value, String problem) {
    problems.add(Problem.error(path, shown(path, value) + " " + problem + from(path)));
  }

  private String from(String path) {
    return " (from " + tree.origin(path) + ")";
  }

  private static String shown(String path, JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "an object";
    }
    String text = Secrets.mask(path, value.asText());
    String shortened = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return value.isTextual() ? "\"" + shortened + "\"" : shortened;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
