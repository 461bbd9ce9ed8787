package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code crr/failed}: list, by object, retry. */
@Path("_/" + ApiPaths.FAILED + "{bucket: (?:/[^/]*)?}{key: (?:/.*)?}")
@Produces(MediaType.APPLICATION_JSON)
public final class FailedResource {
  private final FailedOperations failed;

  FailedResource(FailedOperations failed) {
    this.failed = failed;
  }

  /** The failures of a version when one is named completely, else a page of those of a location. */
  @GET
  public ObjectNode list(
      @PathParam("bucket") String bucket, @PathParam("key") String key, @Context UriInfo uri) {
    Query query = Query.of(uri);
    return ObjectPath.of(Site.withoutSlash(bucket), key, uri)
        .map(object -> FailedBody.of(failed.find(object)))
        .orElseGet(() -> FailedBody.of(page(query)));
  }

  /** Queues one more attempt for each of the named failures. */
  @POST
  public ArrayNode retry(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Context UriInfo uri,
      byte[] body) {
    if (ObjectPath.of(Site.withoutSlash(bucket), key, uri).isPresent()) {
      throw RequestError.noSuchPath("a retry names its objects in the body");
    }
    Query.of(uri);
    return RetryBody.of(failed.retry(RetryBody.parse(body)));
  }

  private FailedPage page(Query query) {
    return query
        .site()
        .flatMap(Site::name)
        .map(location -> failed.list(location, query.marker(), FailedOperations.PAGE_SIZE))
        .orElse(FailedPage.EMPTY);
  }
}
