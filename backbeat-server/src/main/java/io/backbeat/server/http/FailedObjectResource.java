package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code crr/failed/<bucket>/<key>}: the failures of one object. */
@Path("_/" + ApiPaths.FAILED + "/{bucket: (?=.)[^/]*}{key: (?:/.*)?}")
@Produces(MediaType.APPLICATION_JSON)
public final class FailedObjectResource {
  private final FailedOperations failed;

  FailedObjectResource(FailedOperations failed) {
    this.failed = failed;
  }

  /** The failures of a version when one is named completely, else a page of those of a location. */
  @GET
  @Operation(
      operationId = "findFailed",
      summary = "The failed operations of one version",
      tags = "Failed operations")
  @Parameter(ref = "versionId")
  @Parameter(ref = "unversioned")
  @Parameter(ref = "detail")
  @ApiResponse(responseCode = "200", ref = "FailedPage")
  public ObjectNode find(
      @PathParam("bucket") String bucket, @PathParam("key") String key, @Context UriInfo uri) {
    Query.of(uri);
    boolean detail = Query.detail(uri);
    return ObjectPath.of(bucket, key, uri)
        .map(object -> FailedBody.of(failed.find(object), detail))
        .orElseGet(() -> FailedResource.page(failed, uri));
  }
}
