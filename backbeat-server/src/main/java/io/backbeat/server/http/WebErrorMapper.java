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
  @Context private @Nullable UriInfo uri;

  @Override
  public Response toResponse(WebApplicationException error) {
    Response original = error.getResponse();
    if (uri == null || !RoutePath.isOurs(uri)) {
      return original;
    }
    return switch (original.getStatus()) {
      case 404 -> ErrorResponse.noSuchPath(uri).build();
      case 405 -> wrongVerb(original);
      default -> other(original.getStatus());
    };
  }

  private static Response wrongVerb(Response original) {
    RequestError error = RequestError.methodNotAllowed();
    String allowed =
        EntryFilter.METHODS.stream()
            .filter(original.getAllowedMethods()::contains)
            .collect(Collectors.joining(", "));
    return ErrorResponse.of(error.code(), String.valueOf(error.getMessage()))
        .header(HttpHeaders.ALLOW, allowed)
        .build();
  }

  private static Response other(int status) {
    RequestError error = RequestError.notJson();
    return status < 500
        ? ErrorResponse.of(error.code(), String.valueOf(error.getMessage())).build()
        : ErrorResponse.of(ErrorCode.INTERNAL_ERROR, UnexpectedErrorMapper.DESCRIPTION).build();
  }
}
