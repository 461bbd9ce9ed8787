package io.backbeat.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.testing.Metadata;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The two metadata routes of CloudServer in memory: a put that says METADATA needs an object, and
 * keeps the place of its data. Everything else is not there.
 */
final class MetadataRoutes {
  final Map<ObjectVersion, String> documents = new ConcurrentHashMap<>();
  final AtomicInteger gets = new AtomicInteger();
  final AtomicInteger puts = new AtomicInteger();

  /** Runs before each put, as if a client came in between. */
  final AtomicReference<BiConsumer<ObjectVersion, String>> beforePut =
      new AtomicReference<>((object, json) -> {});

  /** What each call answers instead. */
  final AtomicReference<Optional<CloudServerException>> failure =
      new AtomicReference<>(Optional.empty());

  /** The account may do nothing to that bucket. */
  final AtomicReference<String> refusedBucket = new AtomicReference<>("");

  /** The client. */
  CloudServer client() {
    return (CloudServer)
        Proxy.newProxyInstance(
            CloudServer.class.getClassLoader(),
            new Class<?>[] {CloudServer.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "metadata" -> metadata((ObjectVersion) args[0]);
                  case "putMetadata" -> {
                    put((ObjectVersion) args[0], (String) args[1], (boolean) args[2]);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Writes as a client of S3 does. */
  void write(Metadata metadata) {
    documents.put(metadata.object(), metadata.json());
  }

  static CloudServerException error(CloudServerException.Kind kind, String code, int status) {
    return new CloudServerException(kind, code, status, code + " said the server", null, null);
  }

  private Optional<String> metadata(ObjectVersion object) throws CloudServerException {
    gets.incrementAndGet();
    fail(object);
    return Optional.ofNullable(documents.get(object));
  }

  private void put(ObjectVersion object, String json, boolean dataStays)
      throws CloudServerException {
    puts.incrementAndGet();
    fail(object);
    beforePut.get().accept(object, json);
    String stored = documents.get(object);
    if (dataStays && stored == null) {
      throw error(CloudServerException.Kind.NOT_FOUND, "ObjNotFound", 404);
    }
    JsonNode location =
        stored == null ? Metadata.parse("{}") : Metadata.parse(stored).path("location");
    boolean other = location.isArray() && !location.equals(Metadata.parse(json).path("location"));
    documents.put(
        object,
        dataStays && other
            ? ((ObjectNode) Metadata.parse(json)).set("location", location).toString()
            : json);
  }

  private void fail(ObjectVersion object) throws CloudServerException {
    if (object.bucket().equals(refusedBucket.get())) {
      throw error(CloudServerException.Kind.ACCESS_DENIED, "AccessDenied", 403);
    }
    if (failure.get().isPresent()) {
      throw failure.get().get();
    }
  }
}
