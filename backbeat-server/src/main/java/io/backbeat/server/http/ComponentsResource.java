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

/** {@code health}: the health of the system by its parts. */
@Path("_/" + ApiPaths.HEALTH)
@Produces(MediaType.APPLICATION_JSON)
public final class ComponentsResource {
  private final Backbeat backbeat;

  ComponentsResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  /** What each part says of itself; answers with 200 also when a part is failing. */
  @GET
  @Operation(operationId = "health", summary = "Health by parts", tags = "Health")
  @ApiResponse(responseCode = "200", ref = "Health")
  public ObjectNode health() {
    return ComponentsBody.of(backbeat.health());
  }
}
