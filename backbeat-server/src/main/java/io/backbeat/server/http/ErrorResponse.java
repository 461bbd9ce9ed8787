package io.backbeat.server.http;

import io.backbeat.api.ErrorCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * The answer to a request that failed.
 *
 * @param form what its body holds
 */
record ErrorResponse(ErrorForm form) {
  Response.ResponseBuilder of(ErrorCode code, String description) {
    return Response.status(code.httpStatus())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(form.body(code, description));
  }

  Response.ResponseBuilder noSuchPath(UriInfo uri) {
    return of(ErrorCode.ROUTE_NOT_FOUND, "path " + RoutePath.of(uri) + " does not exist");
  }
}
