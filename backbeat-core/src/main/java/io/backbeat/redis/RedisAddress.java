package io.backbeat.redis;

import java.util.Arrays;
import java.util.List;

/**
 * Where one Redis process listens.
 *
 * @param host a name or an address, not empty
 * @param port 1 to 65535
 */
public record RedisAddress(String host, int port) {
  /** Checks the range. */
  public RedisAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a Redis address must be host:port with a port of 1 to 65535, was \""
              + host
              + ":"
              + port
              + "\"");
    }
  }

  /**
   * Reads {@code host:port,host:port}, as sentinels are configured.
   *
   * @throws IllegalArgumentException if it is something else, or empty
   */
  public static List<RedisAddress> parseList(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).map(RedisAddress::parse).toList();
  }

  private static RedisAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(0, colon));
      String bare =
          host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
      return new RedisAddress(bare, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a Redis address must be host:port, was \"" + text + "\"", e);
    }
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ':' + port;
  }
}
