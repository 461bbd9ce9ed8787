package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsOperations;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
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
import java.util.List;

/**
 * {@code metrics/<service>/<location|all>[/<type>[/<bucket>/<key>?versionId=]]} and {@code
 * metrics/crr/<location|all>/lag}.
 */
@Path("_/" + ApiPaths.METRICS)
@Produces(MediaType.APPLICATION_JSON)
public final class MetricsResource {
  private final MetricsOperations metrics;

  MetricsResource(MetricsOperations metrics) {
    this.metrics = metrics;
  }

  /** One number of a location or of all, or all numbers. */
  @GET
  @Path("{service}/{site}{type: (?:/(?!lag(?:/|$))[^/]*)?}")
  @Operation(operationId = "metrics", summary = "Numbers of a location", tags = "Metrics")
  @ApiResponse(responseCode = "200", ref = "Metrics")
  public ObjectNode report(
      @PathParam("service") String service,
      @PathParam("site") String site,
      @PathParam("type") String type) {
    ServiceName name = Site.service(service);
    List<MetricType> types = MetricType.asked(name, Site.withoutSlash(type));
    return MetricsBody.of(report(name, Site.parse(site)), types);
  }

  /** How far a location is behind, or each of them. */
  @GET
  @Path("{service}/{site}/" + ApiPaths.LAG)
  @Operation(operationId = "lag", summary = "How far a location is behind", tags = "Metrics")
  @ApiResponse(responseCode = "200", ref = "Lag")
  public ObjectNode lag(@PathParam("service") String service, @PathParam("site") String site) {
    ServiceName name = Site.service(service);
    return LagBody.of(
        Site.parse(site)
            .location()
            .map(location -> List.of(metrics.lag(name, location)))
            .orElseGet(() -> metrics.lagAll(name)));
  }

  /** The progress or the throughput of the copy of one version. */
  @GET
  @Path("{service}/{site}/{type}/{bucket}{key: (?:/.*)?}")
  @Operation(operationId = "objectMetrics", summary = "Numbers of one object", tags = "Metrics")
  @Parameter(ref = "versionId")
  @Parameter(ref = "unversioned")
  @ApiResponse(responseCode = "200", ref = "ObjectMetrics")
  public ObjectNode object(
      @PathParam("service") String service,
      @PathParam("site") String site,
      @PathParam("type") String type,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Context UriInfo uri) {
    ObjectVersion object = ObjectPath.required(bucket, key, uri);
    LocationName location =
        Site.parse(site).location().orElseThrow(() -> RequestError.noSuchPath("one location only"));
    return switch (service + '/' + type) {
      case "crr/progress" -> MetricsBody.progress(metrics.progress(location, object));
      case "crr/throughput" ->
          MetricsBody.objectThroughput(metrics.bytesPerSecond(location, object));
      default -> throw RequestError.noSuchPath("no numbers of objects here");
    };
  }

  private MetricsReport report(ServiceName service, Site site) {
    return site.location()
        .map(location -> metrics.report(service, location))
        .orElseGet(() -> metrics.reportAll(service));
  }
}
