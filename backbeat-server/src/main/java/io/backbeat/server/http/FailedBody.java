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
  static ObjectNode of(List<FailedOperation> operations) {
    return of(new FailedPage(operations, OptionalLong.empty()));
  }

  static ObjectNode of(FailedPage page) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("IsTruncated", page.truncated());
    ArrayNode versions = body.putArray("Versions");
    for (FailedOperation operation : page.operations()) {
      OperationFields.put(
          versions.addObject(),
          operation.object(),
          operation.location(),
          operation.size(),
          operation.lastModified());
    }
    page.nextMarker().ifPresent(marker -> body.put("NextMarker", marker));
    return body;
  }
}
