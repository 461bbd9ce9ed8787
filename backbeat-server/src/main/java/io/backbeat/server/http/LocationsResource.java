package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code <service>/status}, {@code pause} and {@code resume}, each of one location or of all; a
 * {@code resume} may have {@code schedule} behind its location. Changes are answered with an empty
 * object, or with what became of the locations when the query asks for details.
 */
@Path("_/{service: crr|ingestion|lifecycle}")
@Produces(MediaType.APPLICATION_JSON)
public final class LocationsResource {
  private static final String SITE = "{site: (?:/[^/]*)?}";
  private static final String SCHEDULE = "{schedule: (?:/" + ApiPaths.SCHEDULE + ")?}";

  private final LocationOperations locations;
  private final Clock clock;

  LocationsResource(LocationOperations locations, Clock clock) {
    this.locations = locations;
    this.clock = clock;
  }

  /** Which locations are enabled. */
  @GET
  @Path(ApiPaths.STATUS + SITE)
  @Operation(operationId = "status", summary = "Which locations are enabled", tags = "Locations")
  @Parameter(ref = "detail")
  @ApiResponse(responseCode = "200", ref = "Status")
  public ObjectNode status(
      @PathParam("service") String service, @PathParam("site") String site, @Context UriInfo uri) {
    List<LocationStatus> selected = selected(service, site);
    return Query.detail(uri) ? LocationBody.detail(selected) : LocationBody.status(selected);
  }

  /** Pauses. */
  @POST
  @Path(ApiPaths.PAUSE + SITE)
  @Operation(operationId = "pause", summary = "Pause", tags = "Locations")
  @Parameter(ref = "detail")
  @ApiResponse(responseCode = "200", ref = "Changed")
  public ObjectNode pause(
      @PathParam("service") String service, @PathParam("site") String site, @Context UriInfo uri) {
    return change(selected(service, site), uri, s -> locations.pause(s.service(), s.location()));
  }

  /** When pauses end. */
  @GET
  @Path(ApiPaths.RESUME + SITE + SCHEDULE)
  @Operation(operationId = "schedule", summary = "When pauses end", tags = "Locations")
  @ApiResponse(responseCode = "200", ref = "Schedule")
  public ObjectNode schedule(@PathParam("service") String service, @PathParam("site") String site) {
    return LocationBody.schedule(selected(service, site));
  }

  /** Resumes, or schedules the end of a pause. */
  @POST
  @Path(ApiPaths.RESUME + SITE + SCHEDULE)
  @Operation(operationId = "resume", summary = "Resume, now or later", tags = "Locations")
  @Parameter(ref = "detail")
  @RequestBody(ref = "ResumeTime")
  @ApiResponse(responseCode = "200", ref = "Changed")
  public ObjectNode resume(
      @PathParam("service") String service,
      @PathParam("site") String site,
      @PathParam("schedule") String schedule,
      @Context UriInfo uri,
      byte[] body) {
    List<LocationStatus> selected = selected(service, site);
    ScheduledResume resume = ScheduledResume.parse(!schedule.isEmpty(), body, clock);
    return change(selected, uri, s -> resume.apply(locations, s));
  }

  /** Forgets when pauses end. */
  @DELETE
  @Path(ApiPaths.RESUME + SITE + SCHEDULE)
  @Operation(operationId = "cancel", summary = "Forget when pauses end", tags = "Locations")
  @Parameter(ref = "detail")
  @ApiResponse(responseCode = "200", ref = "Changed")
  public ObjectNode cancel(
      @PathParam("service") String service, @PathParam("site") String site, @Context UriInfo uri) {
    return change(
        selected(service, site), uri, s -> locations.cancelResume(s.service(), s.location()));
  }

  private static ObjectNode change(
      List<LocationStatus> selected, UriInfo uri, UnaryOperator<LocationStatus> change) {
    boolean detail = Query.detail(uri);
    List<LocationStatus> changed = selected.stream().map(change).toList();
    return detail ? LocationBody.detail(changed) : JsonNodeFactory.instance.objectNode();
  }

  /** Comes before the query and the body are looked at: who names no location is told that. */
  private List<LocationStatus> selected(String serviceName, String site) {
    ServiceName service = Site.service(serviceName);
    return Site.parse(site)
        .location()
        .map(location -> List.of(locations.get(service, location)))
        .orElseGet(() -> locations.list(service));
  }
}
