package io.backbeat.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Turns away clients that are not on the list, before anything else is looked at. The address is
 * that of the TCP peer; headers such as {@code X-Forwarded-For} are not trusted.
 */
@PreMatching
@Priority(200)
final class AddressFilter implements ContainerRequestFilter {
  /** The request property in which the container hands over the address of the peer. */
  static final String PEER = "io.backbeat.peer";

  private final AllowList allowList;

  AddressFilter(AllowList allowList) {
    this.allowList = allowList;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!(request.getProperty(PEER) instanceof String peer) || !allowList.allows(peer)) {
      throw RequestError.accessDenied();
    }
  }
}
