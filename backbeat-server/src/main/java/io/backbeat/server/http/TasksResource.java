package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.BulkOperations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code crr/tasks}: resyncs and retries under way. */
@Path("_/" + ApiPaths.TASKS)
@Produces(MediaType.APPLICATION_JSON)
public final class TasksResource {
  private final BulkOperations bulk;

  TasksResource(BulkOperations bulk) {
    this.bulk = bulk;
  }

  /** All tasks. */
  @GET
  @Operation(operationId = "listTasks", summary = "All tasks, the newest first", tags = "Tasks")
  @ApiResponse(responseCode = "200", ref = "Tasks")
  public ObjectNode list() {
    return BulkBody.of(bulk.list());
  }

  /** One task. */
  @GET
  @Path("{task}")
  @Operation(operationId = "getTask", summary = "How far a task is", tags = "Tasks")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode get(@PathParam("task") String id) {
    return BulkBody.of(bulk.get(id));
  }

  /** Stops a task until it is resumed. */
  @POST
  @Path("{task}/" + ApiPaths.PAUSE)
  @Operation(operationId = "pauseTask", summary = "Pause a task", tags = "Tasks")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode pause(@PathParam("task") String id) {
    return BulkBody.of(bulk.pause(id));
  }

  /** Lets a paused task go on. */
  @POST
  @Path("{task}/" + ApiPaths.RESUME)
  @Operation(operationId = "resumeTask", summary = "Resume a task", tags = "Tasks")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode resume(@PathParam("task") String id) {
    return BulkBody.of(bulk.resume(id));
  }

  /** Ends a task. */
  @POST
  @Path("{task}/" + ApiPaths.CANCEL)
  @Operation(operationId = "cancelTask", summary = "Cancel a task", tags = "Tasks")
  @ApiResponse(responseCode = "200", ref = "Task")
  public ObjectNode cancel(@PathParam("task") String id) {
    return BulkBody.of(bulk.cancel(id));
  }
}
