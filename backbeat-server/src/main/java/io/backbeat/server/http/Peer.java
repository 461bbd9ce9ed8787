package io.backbeat.server.http;

import java.net.InetSocketAddress;
import org.glassfish.grizzly.Connection;

/** The other end of a connection. */
final class Peer {
  private Peer() {}

  /** Its address as a literal; empty when it is not known. */
  static String of(Connection<?> connection) {
    return connection.getPeerAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "";
  }
}
