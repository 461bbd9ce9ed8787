package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code crr/failed}: list and retry. */
@Path("_/" + ApiPaths.FAILED)
@Produces(MediaType.APPLICATION_JSON)
public final class FailedResource {
  private final FailedOperations failed;

  FailedResource(FailedOperations failed) {
    this.failed = failed;
  }

  /** A page of the failures of a location. */
  @GET
  @Operation(
      operationId = "listFailed",
      summary = "A page of failed operations",
      tags = "Failed operations")
  @Parameter(ref = "sitename")
  @Parameter(ref = "marker")
  @Parameter(ref = "limit")
  @Parameter(ref = "detail")
  @ApiResponse(responseCode = "200", ref = "FailedPage")
  public ObjectNode list(@Context UriInfo uri) {
    return page(failed, uri);
  }

  /** Queues one more attempt for each of the named failures. */
  @POST
  @Operation(
      operationId = "retryFailed",
      summary = "Retry failed operations",
      tags = "Failed operations")
  @RequestBody(ref = "RetryRequests")
  @ApiResponse(responseCode = "200", ref = "RetryResults")
  public ArrayNode retry(@Context UriInfo uri, byte[] body) {
    Query.of(uri);
    return RetryBody.of(failed.retry(RetryBody.parse(body)));
  }

  /** The page that a query asks for. */
  static ObjectNode page(FailedOperations failed, UriInfo uri) {
    Query query = Query.of(uri);
    boolean detail = Query.detail(uri);
    FailedPage page =
        query
            .site()
            .flatMap(Site::name)
            .map(location -> failed.list(location, query.marker(), query.limit()))
            .orElse(FailedPage.EMPTY);
    return FailedBody.of(page, detail);
  }
}
