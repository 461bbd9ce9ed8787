package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** The internal route that stores data without an object ("data and metadata", put data). */
final class DataRoute {
  private final Server server;

  DataRoute(Server server) {
    this.server = server;
  }

  void put(Request request, boolean altered) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    request.required("x-scal-canonical-id");
    String md5 = request.required("content-md5");
    DataStores.Stored stored =
        server
            .stores()
            .store(bucket.location(), bucket.name(), request.key(), request.bodyStream());
    if (altered || !md5.equalsIgnoreCase(stored.blob().md5())) {
      throw StandInException.of("BadDigest"); // what was stored stays: an orphan
    }
    ObjectNode element = JsonText.object();
    element.put("key", stored.element().path("key").asText());
    element.put("dataStoreName", bucket.location());
    Optional<JsonNode> encryption = bucket.configuration("serverSideEncryption");
    if (encryption.isPresent() && request.has("v2")) {
      element.put("cryptoScheme", 1).put("cipheredDataKey", "Y2lwaGVyZWQ=");
      request
          .response()
          .header("x-amz-server-side-encryption", encryption.get().path("algorithm").asText());
    }
    request.json(JsonText.array().add(element));
  }
}
