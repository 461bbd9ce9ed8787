package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the errors of the JAX-RS runtime (no such route, wrong verb) the form of ours; leaves those
 * of other resources of the same application alone.
 */
final class WebErrorMapper implements ExceptionMapper<WebApplicationException> {
  private final ErrorResponse answers;
  @Context private @Nullable UriInfo uri;

  WebErrorMapper(ErrorResponse answers) {
    this.answers = answers;
  }

  @Override
  public Response toResponse(WebApplicationException error) {
    Response original = error.getResponse();
    if (uri == null || !RoutePath.isOurs(uri)) {
      return original;
    }
    return switch (original.getStatus()) {
      case 404 -> answers.noSuchPath(uri).build();
      case 405 -> wrongVerb(original);
      default -> other(original.getStatus());
    };
  }

  private Response wrongVerb(Response original) {
    RequestError error = RequestError.methodNotAllowed();
    String allowed =
        EntryFilter.METHODS.stream()
            .filter(original.getAllowedMethods()::contains)
            .collect(Collectors.joining(", "));
    return answers
        .of(error.code(), String.valueOf(error.getMessage()))
        .header(HttpHeaders.ALLOW, allowed)
        .build();
  }

  private Response other(int status) {
    RequestError error = RequestError.notJson();
    return status < 500
        ? answers.of(error.code(), String.valueOf(error.getMessage())).build()
        : answers.of(ErrorCode.INTERNAL_ERROR, UnexpectedErrorMapper.DESCRIPTION).build();
  }
}
