package io.backbeat.cloudserver.replicas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.replication.OpenUpload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A part that the destination has, and what it said about it.
 *
 * @param part as it is at the source
 * @param receipt where it is at the destination
 */
record WrittenPart(SourcePart part, DataReceipt receipt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The form in which it is remembered between attempts: the answer stands in place of an etag. */
  OpenUpload.Part remembered() {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("key", receipt.key());
    answer.put("dataStoreName", receipt.dataStoreName());
    answer.put("cryptoScheme", receipt.cryptoScheme());
    answer.put("cipheredDataKey", receipt.cipheredDataKey());
    ObjectNode encryption = answer.putObject("encryption");
    receipt.encryption().forEach(encryption::put);
    return new OpenUpload.Part(part.number(), answer.toString(), 0, part.size());
  }

  /** The element of {@code location} for the part as it was written at the destination. */
  ObjectNode location() {
    ObjectNode location = JSON.createObjectNode();
    location.put("key", receipt.key());
    location.put("size", part.size());
    location.put("start", part.start());
    location.put("dataStoreName", receipt.dataStoreName());
    location.put("dataStoreETag", part.number() + ":" + part.md5());
    if (receipt.cryptoScheme().matches("[0-9]{1,9}")) { // how CloudServer has it
      location.put("cryptoScheme", Integer.parseInt(receipt.cryptoScheme()));
    } else if (!receipt.cryptoScheme().isEmpty()) {
      location.put("cryptoScheme", receipt.cryptoScheme());
    }
    if (!receipt.cipheredDataKey().isEmpty()) {
      location.put("cipheredDataKey", receipt.cipheredDataKey());
    }
    return location;
  }

  /** What was remembered of a part; empty if it cannot be read. */
  static Optional<DataReceipt> receipt(OpenUpload.Part remembered) {
    try {
      JsonNode answer = JSON.readTree(remembered.etag());
      Map<String, String> encryption = new HashMap<>();
      answer
          .path("encryption")
          .properties()
          .forEach(e -> encryption.put(e.getKey(), e.getValue().asText()));
      String key = answer.path("key").asText("");
      return key.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new DataReceipt(
                  key,
                  answer.path("dataStoreName").asText(""),
                  answer.path("cryptoScheme").asText(""),
                  answer.path("cipheredDataKey").asText(""),
                  encryption));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }
}
