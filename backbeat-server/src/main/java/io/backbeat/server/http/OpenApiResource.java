package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code openapi.json}: the description of the API, as generated from the resources when this was
 * built.
 */
@Path("_/" + ApiPaths.OPENAPI)
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {
  private static final String FILE = "openapi.json";

  private final byte[] document = read();

  OpenApiResource() {}

  /** The document. */
  @GET
  @Operation(operationId = "openapi", summary = "This API as OpenAPI 3.1", tags = "Description")
  @ApiResponse(responseCode = "200", ref = "OpenApi")
  public Response openapi() {
    return Response.ok(document).header(HttpHeaders.CONTENT_LENGTH, document.length).build();
  }

  private static byte[] read() {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + OpenApiResource.class);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
