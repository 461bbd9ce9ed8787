package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedPage;
import java.util.List;
import java.util.OptionalLong;

/** The body of a list of failed operations. */
final class FailedBody {
  private FailedBody() {}

  /** Failures of one version: always all of them. */
  static ObjectNode of(List<FailedOperation> operations, boolean detail) {
    return of(new FailedPage(operations, OptionalLong.empty()), detail);
  }

  /** A page, with what only this implementation knows of each failure if details are asked for. */
  static ObjectNode of(FailedPage page, boolean detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("IsTruncated", page.truncated());
    ArrayNode versions = body.putArray("Versions");
    for (FailedOperation operation : page.operations()) {
      ObjectNode version = versions.addObject();
      OperationFields.put(
          version,
          operation.object(),
          operation.location(),
          operation.size(),
          operation.lastModified());
      if (detail) {
        putDetail(version, operation);
      }
    }
    page.nextMarker().ifPresent(marker -> body.put("NextMarker", marker));
    return body;
  }

  private static void putDetail(ObjectNode version, FailedOperation operation) {
    version
        .put("Attempts", operation.attempts())
        .put("FirstFailure", Dates.iso(operation.firstFailure()))
        .put("LastFailure", Dates.iso(operation.lastFailure()))
        .put("ErrorClass", operation.errorClass())
        .put("Message", operation.message());
  }
}
