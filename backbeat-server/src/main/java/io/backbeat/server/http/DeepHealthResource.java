package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * {@code healthcheck/deep}. An answer can take a minute, so only a few callers may wait for one;
 * the threads that serve requests are there for the others.
 */
@Path("_/" + ApiPaths.HEALTHCHECK_DEEP)
@Produces(MediaType.APPLICATION_JSON)
public final class DeepHealthResource {
  private static final int MOST_WAITING = 2;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Backbeat backbeat;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  DeepHealthResource(Backbeat backbeat) {
    this.backbeat = backbeat;
  }

  /** Which partitions took a message and gave it back. */
  @GET
  @Operation(
      operationId = "deepHealth",
      summary = "A round trip through every partition",
      tags = "Health")
  @ApiResponse(responseCode = "200", ref = "DeepHealth")
  public ObjectNode deepHealth() {
    if (!places.tryAcquire()) {
      throw RequestError.busy(
          MOST_WAITING + " callers wait for a deep health check already.", RETRY_AFTER);
    }
    try {
      return DeepHealthBody.of(backbeat.deepHealth());
    } finally {
      places.release();
    }
  }
}
