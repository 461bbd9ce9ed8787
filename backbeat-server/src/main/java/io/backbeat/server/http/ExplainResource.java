package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.ObjectVersion;
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

/** {@code crr/objects/<bucket>/<key>}: why a version stands where it stands. */
@Path("_/" + ApiPaths.EXPLAIN + "/{bucket: (?=.)[^/]*}{key: (?:/.*)?}")
@Produces(MediaType.APPLICATION_JSON)
public final class ExplainResource {
  private final ObjectOperations objects;

  ExplainResource(ObjectOperations objects) {
    this.objects = objects;
  }

  /** The statuses of one version, its jobs, what blocks them and what happened lately. */
  @GET
  @Operation(
      operationId = "explainObject",
      summary = "Why an object stands where it stands",
      tags = "Objects")
  @Parameter(ref = "versionIdOptional")
  @Parameter(ref = "unversioned")
  @ApiResponse(responseCode = "200", ref = "ObjectExplanation")
  public ObjectNode explain(
      @PathParam("bucket") String bucket, @PathParam("key") String key, @Context UriInfo uri) {
    ObjectVersion object = ObjectPath.versionOptional(bucket, key, uri);
    return objects
        .explain(object)
        .map(ExplanationBody::of)
        .orElseThrow(
            () ->
                new BackbeatException(
                    ErrorCode.OBJECT_NOT_FOUND, "no replicated object " + object + " is known"));
  }
}
