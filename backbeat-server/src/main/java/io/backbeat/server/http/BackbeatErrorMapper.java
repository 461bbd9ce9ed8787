package io.backbeat.server.http;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers the errors of the contract. */
final class BackbeatErrorMapper implements ExceptionMapper<BackbeatException> {
  private static final Logger LOG = LoggerFactory.getLogger(BackbeatErrorMapper.class);

  private final ErrorResponse answers;
  @Context private @Nullable UriInfo uri;

  BackbeatErrorMapper(ErrorResponse answers) {
    this.answers = answers;
  }

  @Override
  public Response toResponse(BackbeatException error) {
    ErrorCode code = error.code();
    if (code == ErrorCode.INTERNAL_ERROR) {
      LOG.warn(
          "request {} failed: {}", MDC.get(RequestIdFilter.MDC_KEY), error.getMessage(), error);
    }
    // Whoever asks for a location that is not there is told the path, as for any unknown route.
    if (code == ErrorCode.ROUTE_NOT_FOUND && !(error instanceof RequestError) && uri != null) {
      return answers.noSuchPath(uri).build();
    }
    Response.ResponseBuilder response = answers.of(code, String.valueOf(error.getMessage()));
    if (code == ErrorCode.METHOD_NOT_ALLOWED) {
      response.header(HttpHeaders.ALLOW, String.join(", ", EntryFilter.METHODS));
    }
    if (error instanceof RequestError request && !request.retryAfter().isZero()) {
      response.header(HttpHeaders.RETRY_AFTER, request.retryAfter().toSeconds());
    }
    return response.build();
  }
}
