package io.backbeat.cloudserver.http;

/**
 * Where a server listens.
 *
 * @param host a name or an address; one of IPv6 without brackets
 * @param port from 1 to 65535
 */
public record HostAddress(String host, int port) {
  /** The port of servers whose address names none. */
  public static final int DEFAULT_PORT = 80;

  private static final int MAX_PORT = 65_535;

  /** Checks both. */
  public HostAddress {
    if (host.isEmpty() || !host.chars().allMatch(HostAddress::isNameCharacter)) {
      throw new IllegalArgumentException("host must be a name or an address, was \"" + host + "\"");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port of " + host + " must be 1 to 65535, was " + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [address]:port}; without a port it is {@value
   * #DEFAULT_PORT}, as in lists of bootstrap servers.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static HostAddress parse(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > bracket;
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw malformed(text);
    }
    try {
      return new HostAddress(
          host, hasPort ? Integer.parseInt(text.substring(colon + 1)) : DEFAULT_PORT);
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "a server must be written as host:port, was \"" + text + "\"");
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_:%".indexOf(c) >= 0;
  }

  /** As in a URI, with brackets around an address of IPv6. */
  String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return authority();
  }
}
