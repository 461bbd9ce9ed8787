package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code healthcheck/deep}. */
@Path("_/" + ApiPaths.HEALTHCHECK_DEEP)
@Produces(MediaType.APPLICATION_JSON)
public final class DeepHealthResource {
  private final Backbeat backbeat;

  DeepHealthResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  /** Which partitions took a message and gave it back. */
  @GET
  @Operation(
      operationId = "deepHealth",
      summary = "A round trip through every partition",
      tags = "Health")
  @ApiResponse(responseCode = "200", ref = "DeepHealth")
  public ObjectNode deepHealth(@Context UriInfo uri) {
    ExactTarget.require(uri, ApiPaths.HEALTHCHECK_DEEP);
    return DeepHealthBody.of(backbeat.deepHealth());
  }
}
