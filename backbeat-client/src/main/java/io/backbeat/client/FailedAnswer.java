package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryResult;
import io.backbeat.api.SiteStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the bodies of {@code crr/failed}. */
final class FailedAnswer {
  private FailedAnswer() {}

  static FailedPage page(JsonNode body) {
    List<FailedOperation> operations = new ArrayList<>();
    Json.child(body, "Versions").forEach(version -> operations.add(operation(version)));
    OptionalLong next =
        body.hasNonNull("NextMarker")
            ? OptionalLong.of(Json.integer(body, "NextMarker"))
            : OptionalLong.empty();
    return new FailedPage(operations, next);
  }

  static List<RetryResult> results(JsonNode body) {
    if (!body.isArray()) {
      throw new UnexpectedAnswer("it is no list");
    }
    List<RetryResult> results = new ArrayList<>();
    for (JsonNode result : body) {
      results.add(
          new RetryResult(
              object(result),
              location(result),
              Json.integer(result, "Size"),
              Json.instant(result, "LastModified"),
              Json.constant(SiteStatus.class, result, "ReplicationStatus"),
              Optional.of(Json.textOrEmpty(result, "Role")).filter(role -> !role.isEmpty())));
    }
    return results;
  }

  /** The original keeps no history of a failure. */
  private static FailedOperation operation(JsonNode version) {
    return new FailedOperation(
        object(version),
        location(version),
        Json.integer(version, "Size"),
        Json.instant(version, "LastModified"),
        version.has("Attempts") ? Math.toIntExact(Json.integer(version, "Attempts")) : 0,
        instantOrEpoch(version, "FirstFailure"),
        instantOrEpoch(version, "LastFailure"),
        Json.textOrEmpty(version, "ErrorClass"),
        Json.textOrEmpty(version, "Message"));
  }

  private static Instant instantOrEpoch(JsonNode version, String name) {
    return version.hasNonNull(name) ? Json.instant(version, name) : Instant.EPOCH;
  }

  private static ObjectVersion object(JsonNode version) {
    return new ObjectVersion(
        Json.text(version, "Bucket"),
        Json.text(version, "Key"),
        Json.textOrEmpty(version, "VersionId"));
  }

  private static LocationName location(JsonNode version) {
    return LocationName.of(Json.text(version, "StorageClass"));
  }
}
