package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code healthcheck}. */
@Path("_/" + ApiPaths.HEALTHCHECK)
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final Backbeat backbeat;

  HealthResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  @GET
  public ObjectNode healthcheck() {
    return HealthBody.of(backbeat.health());
  }
}
