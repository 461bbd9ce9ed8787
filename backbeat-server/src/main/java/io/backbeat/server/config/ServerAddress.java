package io.backbeat.server.config;

import java.util.Objects;

/**
 * Where a server listens.
 *
 * @param host its name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Checks the range above. */
  public ServerAddress {
    Objects.requireNonNull(host, "host");
    if (host.isBlank() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "a server needs a host and a port from 1 to 65535, has \"" + host + "\" and " + port);
    }
  }

  /** As {@code host:port}. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
