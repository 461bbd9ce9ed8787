package io.backbeat.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import org.slf4j.MDC;

/**
 * Names each request: in the header {@code x-amz-request-id} of the answer and as {@code requestId}
 * in the logging context. Ids that came in {@code x-scal-request-uids} are put in front.
 */
@PreMatching
@Priority(100)
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final String MDC_KEY = "requestId";

  /** The request property with the id, also for a container that makes ids itself. */
  static final String PROPERTY = "io.backbeat.request-id";

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof String id) {
      MDC.put(MDC_KEY, id);
    } else if (RoutePath.isOurs(request.getUriInfo())) {
      String id = RequestId.continuing(request.getHeaderString(RequestId.INCOMING_HEADER));
      request.setProperty(PROPERTY, id);
      MDC.put(MDC_KEY, id);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(PROPERTY) instanceof String id) {
      response.getHeaders().putSingle(RequestId.ANSWER_HEADER, id);
      MDC.remove(MDC_KEY);
    }
  }
}
