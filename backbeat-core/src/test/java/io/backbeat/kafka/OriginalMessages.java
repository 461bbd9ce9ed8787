package io.backbeat.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.testing.Metadata;
import java.util.OptionalInt;

/** Messages as processes of the original write them, made without the code under test. */
final class OriginalMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OriginalMessages() {}

  /**
   * An entry about an object: bucket, versioned key, metadata as text within JSON, and so on.
   *
   * @param site named in the entry if {@code withSite}, and given the status
   */
  static String entry(
      Metadata written,
      String site,
      String status,
      String versionId,
      OptionalInt replayCount,
      boolean withSite) {
    return entry(written, written.json(), site, status, versionId, replayCount, withSite);
  }

  /** The same with the metadata as a journal keeps it. */
  static String entry(
      Metadata written,
      String json,
      String site,
      String status,
      String versionId,
      OptionalInt replayCount,
      boolean withSite) {
    ObjectNode metadata = (ObjectNode) Metadata.parse(json);
    for (JsonNode backend : metadata.at("/replicationInfo/backends")) {
      if (backend.get("site").asText().equals(site)) {
        ((ObjectNode) backend).put("status", status).put("dataStoreVersionId", versionId);
      }
    }
    if (!withSite) {
      ((ObjectNode) metadata.get("replicationInfo")).put("storageClass", site);
    }
    ObjectNode entry = JSON.createObjectNode();
    entry.put("bucket", written.bucket());
    entry.put(
        "key",
        written.versionId().isEmpty() ? written.key() : written.key() + '\0' + written.versionId());
    entry.put("value", metadata.toString());
    if (withSite) {
      entry.put("site", site);
    }
    entry.put("ignore", false);
    replayCount.ifPresent(count -> entry.put("replayCount", count));
    entry.putNull("accountId");
    return entry.toString();
  }
}
