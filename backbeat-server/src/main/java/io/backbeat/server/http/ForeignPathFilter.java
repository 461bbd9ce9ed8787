package io.backbeat.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** For a server that serves nothing else: method and prefix rules hold for every path. */
@PreMatching
@Priority(400)
final class ForeignPathFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (RoutePath.isOurs(request.getUriInfo())) {
      return;
    }
    if (!EntryFilter.METHODS.contains(request.getMethod())) {
      throw RequestError.methodNotAllowed();
    }
    throw RequestError.notFound("path " + RoutePath.of(request.getUriInfo()) + " does not exist");
  }
}
