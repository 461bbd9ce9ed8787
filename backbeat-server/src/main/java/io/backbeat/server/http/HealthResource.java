package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code healthcheck}. */
@Path("_/" + ApiPaths.HEALTHCHECK)
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final Backbeat backbeat;

  HealthResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  @GET
  @Operation(
      operationId = "healthcheck",
      summary = "Health in the shape of the original",
      tags = "Health")
  @ApiResponse(responseCode = "200", ref = "Healthcheck")
  public ObjectNode healthcheck() {
    return HealthBody.of(backbeat.health());
  }
}
