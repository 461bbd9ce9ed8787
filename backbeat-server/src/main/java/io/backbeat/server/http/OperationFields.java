package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import java.time.Instant;

/** The fields that failed and retried operations share, in their order. */
final class OperationFields {
  private OperationFields() {}

  static void put(
      ObjectNode body,
      ObjectVersion object,
      LocationName location,
      long size,
      Instant lastModified) {
    body.put("Bucket", object.bucket()).put("Key", object.key());
    if (!object.versionId().isEmpty()) {
      body.put("VersionId", object.versionId());
    }
    body.put("StorageClass", location.value())
        .put("Size", size)
        .put("LastModified", Dates.iso(lastModified));
  }
}
