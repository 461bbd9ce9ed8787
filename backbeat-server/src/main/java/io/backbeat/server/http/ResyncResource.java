package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.BulkOperations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code crr/resync}. */
@Path("_/" + ApiPaths.RESYNC)
@Produces(MediaType.APPLICATION_JSON)
public final class ResyncResource {
  private final BulkOperations bulk;

  ResyncResource(BulkOperations bulk) {
    this.bulk = bulk;
  }

  /** Starts a resync. */
  @POST
  @Operation(operationId = "startResync", summary = "Start a resync", tags = "Tasks")
  @RequestBody(ref = "ResyncRequest")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode start(byte[] body) {
    return BulkBody.of(bulk.start(BulkBody.resync(body)));
  }
}
