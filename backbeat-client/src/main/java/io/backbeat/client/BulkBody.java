package io.backbeat.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.TimeRange;

/** Writes what a bulk task is to do. */
final class BulkBody {
  private BulkBody() {}

  static ObjectNode of(BulkRequest request) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectSelection selection = request.selection();
    if (!selection.locations().isEmpty()) {
      ArrayNode locations = body.putArray("locations");
      selection.locations().forEach(location -> locations.add(location.value()));
    }
    selection.bucket().ifPresent(bucket -> body.put("bucket", bucket));
    if (!selection.prefix().isEmpty()) {
      body.put("prefix", selection.prefix());
    }
    if (request instanceof BulkRequest.Resync resync) {
      put(body, resync.modified(), "modifiedFrom", "modifiedBefore");
      ArrayNode statuses = body.putArray("statuses");
      resync.statuses().stream().sorted().forEach(status -> statuses.add(status.name()));
    } else if (request instanceof BulkRequest.Retry retry) {
      put(body, retry.failed(), "failedFrom", "failedBefore");
      retry.errorClass().ifPresent(name -> body.put("errorClass", name));
    }
    return body.put("dryRun", request.dryRun())
        .put("operationsPerSecond", request.operationsPerSecond());
  }

  private static void put(ObjectNode body, TimeRange range, String from, String before) {
    range.from().ifPresent(at -> body.put(from, at.toString()));
    range.before().ifPresent(at -> body.put(before, at.toString()));
  }
}
