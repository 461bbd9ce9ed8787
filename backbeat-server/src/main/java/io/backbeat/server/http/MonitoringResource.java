package io.backbeat.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** {@code monitoring/metrics}: the meters, in the text format of Prometheus. */
@Path("_/" + ApiPaths.MONITORING)
public final class MonitoringResource {
  /** Character by character as scrapers of the original have seen it. */
  static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Backbeat backbeat;

  MonitoringResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  /** All meters. */
  @GET
  @Operation(operationId = "monitoring", summary = "Prometheus text", tags = "Metrics")
  @ApiResponse(responseCode = "200", ref = "Monitoring")
  public Response metrics() {
    byte[] text = backbeat.monitoring().getBytes(UTF_8);
    return Response.ok(text)
        .header(HttpHeaders.CONTENT_TYPE, TEXT_FORMAT)
        .header(HttpHeaders.CONTENT_LENGTH, text.length)
        .build();
  }
}
