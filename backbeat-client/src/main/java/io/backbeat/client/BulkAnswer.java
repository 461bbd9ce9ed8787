package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the bodies of {@code crr/tasks}. */
final class BulkAnswer {
  private BulkAnswer() {}

  static List<BulkTask> tasks(JsonNode body) {
    List<BulkTask> tasks = new ArrayList<>();
    Json.child(body, "tasks").forEach(task -> tasks.add(task(task)));
    return tasks;
  }

  static BulkTask task(JsonNode body) {
    return new BulkTask(
        Json.text(body, "id"),
        request(Json.text(body, "type"), Json.child(body, "request")),
        Json.constant(BulkTask.State.class, body, "state"),
        counts(Json.child(body, "plan")),
        counts(Json.child(body, "progress")),
        Json.decimal(body, "listedPerSecond").doubleValue(),
        instant(body, "endsAt"),
        Json.instant(body, "createdAt"),
        instant(body, "endedAt"),
        Json.textOrEmpty(body, "error"));
  }

  private static BulkRequest request(String type, JsonNode request) {
    ObjectSelection selection = selection(request);
    boolean dryRun = request.path("dryRun").asBoolean();
    int rate = Math.toIntExact(Json.integer(request, "operationsPerSecond"));
    return switch (type) {
      case "resync" ->
          new BulkRequest.Resync(
              selection,
              range(request, "modifiedFrom", "modifiedBefore"),
              statuses(Json.child(request, "statuses")),
              dryRun,
              rate);
      case "retry" ->
          new BulkRequest.Retry(
              selection,
              range(request, "failedFrom", "failedBefore"),
              Optional.of(Json.textOrEmpty(request, "errorClass")).filter(e -> !e.isEmpty()),
              dryRun,
              rate);
      default -> throw new UnexpectedAnswer("\"type\" is unknown: " + type);
    };
  }

  private static ObjectSelection selection(JsonNode request) {
    List<LocationName> locations = new ArrayList<>();
    request.path("locations").forEach(name -> locations.add(LocationName.of(name.asText())));
    return new ObjectSelection(
        locations,
        Optional.of(Json.textOrEmpty(request, "bucket")).filter(bucket -> !bucket.isEmpty()),
        Json.textOrEmpty(request, "prefix"));
  }

  private static Set<SiteStatus> statuses(JsonNode names) {
    Set<SiteStatus> statuses = EnumSet.noneOf(SiteStatus.class);
    for (JsonNode name : names) {
      try {
        statuses.add(SiteStatus.valueOf(name.asText()));
      } catch (IllegalArgumentException e) {
        throw new UnexpectedAnswer("a status is unknown: " + name);
      }
    }
    return statuses;
  }

  private static TimeRange range(JsonNode request, String from, String before) {
    return new TimeRange(instant(request, from), instant(request, before));
  }

  private static Optional<Instant> instant(JsonNode parent, String name) {
    return parent.hasNonNull(name) ? Optional.of(Json.instant(parent, name)) : Optional.empty();
  }

  private static BulkCounts counts(JsonNode counts) {
    return new BulkCounts(
        Json.integer(counts, "listed"),
        Json.integer(counts, "matched"),
        Json.integer(counts, "queued"),
        Json.integer(counts, "bytes"));
  }
}
