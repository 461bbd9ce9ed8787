package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A key that a configuration file may have.
 *
 * @param pattern its path; {@code []} for the elements of a list, {@code *} for any name
 * @param kind what values it takes
 * @param required whether it must be given when its section is
 * @param otherwise the value when nobody gives one
 * @param effect what it does; empty if nothing yet. Begins with {@code Cluster:} if the embedded
 *     profile takes no notice of it
 */
record KnownKey(
    String pattern, ValueKind kind, boolean required, Optional<JsonNode> otherwise, String effect) {
  /** Whether the embedded profile takes no notice of it. */
  boolean onlyCluster() {
    return effect.startsWith("Cluster: ");
  }

  /** The path of the section or list it is in. */
  String parent() {
    String inner = pattern.endsWith("[]") ? pattern.substring(0, pattern.length() - 2) : pattern;
    int dot = inner.lastIndexOf('.');
    return dot < 0 ? "" : inner.substring(0, dot);
  }

  /** The last part of the path. */
  String name() {
    return pattern.substring(pattern.lastIndexOf('.') + 1);
  }
}
