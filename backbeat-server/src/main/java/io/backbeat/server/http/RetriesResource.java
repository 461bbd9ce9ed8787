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

/** {@code crr/retries}. */
@Path("_/" + ApiPaths.RETRIES)
@Produces(MediaType.APPLICATION_JSON)
public final class RetriesResource {
  private final BulkOperations bulk;

  RetriesResource(BulkOperations bulk) {
    this.bulk = bulk;
  }

  /** Starts a retry of many failed operations. */
  @POST
  @Operation(operationId = "startRetry", summary = "Retry many failed operations", tags = "Tasks")
  @RequestBody(ref = "BulkRetryRequest")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode start(byte[] body) {
    return BulkBody.of(bulk.start(BulkBody.retry(body)));
  }
}
