package io.backbeat.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;

/** Refuses bodies over the limit, by their announced length or while they are read. */
@Priority(Priorities.ENTITY_CODER)
final class BodyLimitFilter implements ContainerRequestFilter {
  private final long limitBytes;

  BodyLimitFilter(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!RoutePath.isOurs(request.getUriInfo())) {
      return;
    }
    if (request.getLength() > limitBytes) {
      throw RequestError.tooLarge(request.getMethod(), limitBytes);
    }
    request.setEntityStream(
        hasBody(request)
            ? new LimitedInputStream(request.getEntityStream(), limitBytes)
            : InputStream.nullInputStream());
  }

  /** By the headers alone, because to look into the stream can block. */
  private static boolean hasBody(ContainerRequestContext request) {
    return request.getMethod().equals(HttpMethod.POST)
        && (request.getHeaderString(HttpHeaders.CONTENT_LENGTH) != null
            || request.getHeaderString("Transfer-Encoding") != null);
  }
}
