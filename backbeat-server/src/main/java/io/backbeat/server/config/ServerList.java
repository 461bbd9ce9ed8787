package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The servers of a text or list that has no problem.
   *
   * @param port of a server that is given without one
   */
  static List<ServerAddress> parse(JsonNode node, int port) {
    List<ServerAddress> servers = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(
          server ->
              servers.add(
                  new ServerAddress(
                      server.path("host").asText().strip(),
                      Integer.parseInt(server.path("port").asText().strip()))));
      return servers;
    }
    for (String text : node.asText().split(",", -1)) {
      String server = text.strip();
      int colon = server.lastIndexOf(':');
      boolean bare = colon < 0 || server.endsWith("]");
      String host = bare ? server : server.substring(0, colon);
      servers.add(
          new ServerAddress(
              host.replaceAll("^\\[|\\]$", ""),
              bare ? port : Integer.parseInt(server.substring(colon + 1))));
    }
    return servers;
  }

  private static boolean isPort(String given) {
    String text = given.strip();
    return text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= MAX_PORT;
  }
}
