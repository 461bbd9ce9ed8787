package io.backbeat.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import java.time.Instant;

/** The JSON form of a {@link BulkTask}, and of a {@link BulkRun} around it. */
final class BulkTaskJson {
  private BulkTaskJson() {}

  static ObjectNode write(BulkTask task) {
    ObjectNode json = BulkJson.newObject();
    boolean resync = task.request() instanceof BulkRequest.Resync;
    json.put("id", task.id())
        .put("type", resync ? BulkJson.RESYNC : BulkJson.RETRY)
        .put("state", task.state().name());
    json.set("request", BulkRequestJson.write(task.request()));
    json.set("plan", counts(task.plan()));
    json.set("progress", counts(task.progress()));
    json.put("listedPerSecond", task.listedPerSecond());
    task.endsAt().ifPresent(at -> json.put("endsAt", Members.iso(at)));
    json.put("createdAt", Members.iso(task.createdAt()));
    task.endedAt().ifPresent(at -> json.put("endedAt", Members.iso(at)));
    if (!task.error().isEmpty()) {
      json.put("error", task.error());
    }
    return json;
  }

  private static ObjectNode counts(BulkCounts counts) {
    return BulkJson.newObject()
        .put("listed", counts.listed())
        .put("matched", counts.matched())
        .put("queued", counts.queued())
        .put("bytes", counts.bytes());
  }

  static String write(BulkRun run) {
    ObjectNode json = write(run.task());
    json.putObject("cursor").put("group", run.cursor().group()).put("after", run.cursor().after());
    json.put("planned", run.planned())
        .put("measuredFrom", Members.iso(run.measuredFrom()))
        .put("measuredListed", run.measuredListed());
    return BulkJson.write(json);
  }

  /**
   * Reads what {@link #write(BulkRun)} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static BulkRun run(String document) {
    ObjectNode json = BulkJson.object(document);
    JsonNode cursor = json.path("cursor");
    return new BulkRun(
        task(json),
        new Cursor(cursor.path("group").asText(), cursor.path("after").asText()),
        json.path("planned").asBoolean(),
        required(json, "measuredFrom"),
        json.path("measuredListed").asLong());
  }

  private static BulkTask task(ObjectNode json) {
    ObjectNode request = (ObjectNode) json.path("request");
    return new BulkTask(
        json.path("id").asText(),
        json.path("type").asText().equals(BulkJson.RESYNC)
            ? BulkRequestJson.resync(request)
            : BulkRequestJson.retry(request),
        BulkTask.State.valueOf(json.path("state").asText()),
        counts(json.path("plan")),
        counts(json.path("progress")),
        json.path("listedPerSecond").asDouble(),
        Members.instant(json, "endsAt"),
        required(json, "createdAt"),
        Members.instant(json, "endedAt"),
        json.path("error").asText());
  }

  private static BulkCounts counts(JsonNode counts) {
    return new BulkCounts(
        counts.path("listed").asLong(),
        counts.path("matched").asLong(),
        counts.path("queued").asLong(),
        counts.path("bytes").asLong());
  }

  private static Instant required(JsonNode json, String name) {
    return Members.instant(json, name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}
