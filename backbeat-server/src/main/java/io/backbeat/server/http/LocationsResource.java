package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;

/**
 * {@code <service>/status}, {@code pause} and {@code resume}, each of one location or of all; what
 * follows the location is ignored, except behind a POST of {@code resume}, where it is {@code
 * schedule} or nothing.
 */
@Path("_/{service: crr|ingestion|lifecycle}")
@Produces(MediaType.APPLICATION_JSON)
public final class LocationsResource {
  private static final String SITE = "{site: (?:/[^/]*)?}{rest: (?:/.*)?}";

  private final LocationOperations locations;
  private final Clock clock;

  LocationsResource(LocationOperations locations, Clock clock) {
    this.locations = locations;
    this.clock = clock;
  }

  /** Which locations are enabled. */
  @GET
  @Path(ApiPaths.STATUS + SITE)
  public ObjectNode status(@PathParam("service") String service, @PathParam("site") String site) {
    return LocationBody.status(selected(Site.service(service), site));
  }

  /** Pauses. */
  @POST
  @Path(ApiPaths.PAUSE + SITE)
  public ObjectNode pause(@PathParam("service") String service, @PathParam("site") String site) {
    selected(Site.service(service), site).forEach(s -> locations.pause(s.service(), s.location()));
    return done();
  }

  /** When pauses end. */
  @GET
  @Path(ApiPaths.RESUME + SITE)
  public ObjectNode schedule(@PathParam("service") String service, @PathParam("site") String site) {
    return LocationBody.schedule(selected(Site.service(service), site));
  }

  /** Resumes, or schedules the end of a pause. */
  @POST
  @Path(ApiPaths.RESUME + SITE)
  public ObjectNode resume(
      @PathParam("service") String service,
      @PathParam("site") String site,
      @PathParam("rest") String rest,
      byte[] body) {
    ScheduledResume resume = ScheduledResume.parse(Site.withoutSlash(rest), body, clock);
    selected(Site.service(service), site).forEach(s -> resume.apply(locations, s));
    return done();
  }

  /** Forgets when pauses end. */
  @DELETE
  @Path(ApiPaths.RESUME + SITE)
  public ObjectNode cancel(@PathParam("service") String service, @PathParam("site") String site) {
    selected(Site.service(service), site)
        .forEach(s -> locations.cancelResume(s.service(), s.location()));
    return done();
  }

  private List<LocationStatus> selected(ServiceName service, String site) {
    return Site.parse(site)
        .location()
        .map(location -> List.of(locations.get(service, location)))
        .orElseGet(() -> locations.list(service));
  }

  private static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode();
  }
}
