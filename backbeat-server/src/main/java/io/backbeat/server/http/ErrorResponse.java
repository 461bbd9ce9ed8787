package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ErrorCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The answer to a request that failed: {@code {"code":404,"description":"…","<name>":true}}. */
final class ErrorResponse {
  private ErrorResponse() {}

  static ObjectNode body(ErrorCode code, String description) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code.httpStatus())
        .put("description", description)
        .put(code.wireName(), true);
  }

  static Response.ResponseBuilder of(ErrorCode code, String description) {
    return Response.status(code.httpStatus())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body(code, description));
  }

  static Response.ResponseBuilder noSuchPath(UriInfo uri) {
    return of(ErrorCode.ROUTE_NOT_FOUND, "path " + RoutePath.of(uri) + " does not exist");
  }
}
