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

/** {@code objects/<bucket>/<key>}: where a version stands at its destinations. */
@Path("_/" + ApiPaths.OBJECTS + "/{bucket: (?=.)[^/]*}{key: (?:/.*)?}")
@Produces(MediaType.APPLICATION_JSON)
public final class ObjectsResource {
  private final ObjectOperations objects;

  ObjectsResource(ObjectOperations objects) {
    this.objects = objects;
  }

  /** The status of one version at each of its destinations. */
  @GET
  @Operation(
      operationId = "objectStatus",
      summary = "Where an object stands at its destinations",
      tags = "Objects")
  @Parameter(ref = "versionIdOptional")
  @Parameter(ref = "unversioned")
  @ApiResponse(responseCode = "200", ref = "ObjectStatus")
  public ObjectNode status(
      @PathParam("bucket") String bucket, @PathParam("key") String key, @Context UriInfo uri) {
    ObjectVersion object = ObjectPath.versionOptional(bucket, key, uri);
    return objects
        .status(object)
        .map(ObjectBody::of)
        .orElseThrow(
            () ->
                new BackbeatException(
                    ErrorCode.OBJECT_NOT_FOUND, "no replicated object " + object + " is known"));
  }
}
