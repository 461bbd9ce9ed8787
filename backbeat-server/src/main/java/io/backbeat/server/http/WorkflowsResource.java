package io.backbeat.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.WorkflowOperations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** {@code configuration/workflows}. */
@Path("_/" + ApiPaths.WORKFLOWS)
@Produces(MediaType.APPLICATION_JSON)
public final class WorkflowsResource {
  private final WorkflowOperations workflows;

  WorkflowsResource(WorkflowOperations workflows) {
    this.workflows = workflows;
  }

  /** Makes the buckets follow a configuration. */
  @POST
  @Operation(
      operationId = "workflows",
      summary = "Apply the workflows of the management layer",
      tags = "Configuration")
  @RequestBody(ref = "Workflows")
  @ApiResponse(responseCode = "200", ref = "Applied")
  public ObjectNode apply(byte[] body) {
    workflows.apply(text(body));
    return JsonNodeFactory.instance.objectNode();
  }

  private static String text(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new BackbeatException(ErrorCode.MALFORMED_REQUEST, "invalid JSON", e);
    }
  }
}
