package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Servers as the original takes them: a text {@code host:port,host:port}, or for the sentinels of
 * Redis also a list of objects with {@code host} and {@code port}.
 */
final class ServerList {
  private static final String RIGHT = "; give host:port, several with commas between";
  private static final int MAX_PORT = 65_535;

  private ServerList() {}

  static Optional<String> problem(JsonNode node) {
    if (node.isArray()) {
      return fromList(node);
    }
    if (!node.isTextual() || node.asText().isBlank()) {
      return Optional.of("names no server" + RIGHT);
    }
    for (String server : node.asText().split(",", -1)) {
      // Credentials may stand before the host.
      String address = server.substring(server.lastIndexOf('@') + 1).strip();
      int colon = address.lastIndexOf(':');
      String host = colon < 0 || address.endsWith("]") ? address : address.substring(0, colon);
      if (host.isEmpty()) {
        return Optional.of("names a server without a host" + RIGHT);
      }
      if (host.length() < address.length() && !isPort(address.substring(colon + 1))) {
        return Optional.of("has the port " + address.substring(colon + 1) + "; give 1 to 65535");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fromList(JsonNode list) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode server = list.get(i);
      if (!server.path("host").isTextual() || server.path("host").asText().isBlank()) {
        return Optional.of("has no host in element " + i + "; give host and port");
      }
      if (!isPort(server.path("port").asText())) {
        return Optional.of(
            "has the port \""
                + server.path("port").asText()
                + "\" in element "
                + i
                + "; give 1 to 65535");
      }
    }
    return list.isEmpty() ? Optional.of("names no server" + RIGHT) : Optional.empty();
  }

  private static boolean isPort(String text) {
    return text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= MAX_PORT;
  }
}
