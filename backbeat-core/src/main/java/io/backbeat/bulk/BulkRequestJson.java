package io.backbeat.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectSelection;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.TimeRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JSON form of a {@link BulkRequest}. */
final class BulkRequestJson {
  private static final Set<String> COMMON =
      Set.of("locations", "bucket", "prefix", "dryRun", "operationsPerSecond");
  private static final Set<String> OF_RESYNC = Set.of("modifiedFrom", "modifiedBefore", "statuses");
  private static final Set<String> OF_RETRY = Set.of("failedFrom", "failedBefore", "errorClass");

  private BulkRequestJson() {}

  static BulkRequest.Resync resync(ObjectNode json) {
    Members.requireKnown(json, COMMON, OF_RESYNC);
    return new BulkRequest.Resync(
        selection(json),
        range(json, "modifiedFrom", "modifiedBefore"),
        statuses(json.path("statuses")),
        Members.flag(json, "dryRun"),
        Members.count(json, "operationsPerSecond"));
  }

  static BulkRequest.Retry retry(ObjectNode json) {
    Members.requireKnown(json, COMMON, OF_RETRY);
    return new BulkRequest.Retry(
        selection(json),
        range(json, "failedFrom", "failedBefore"),
        Members.text(json, "errorClass"),
        Members.flag(json, "dryRun"),
        Members.count(json, "operationsPerSecond"));
  }

  private static ObjectSelection selection(ObjectNode json) {
    List<LocationName> locations = new ArrayList<>();
    for (String name : Members.texts(json, "locations")) {
      locations.add(LocationName.of(name));
    }
    return new ObjectSelection(
        locations, Members.text(json, "bucket"), Members.text(json, "prefix").orElse(""));
  }

  private static TimeRange range(ObjectNode json, String from, String before) {
    return new TimeRange(Members.instant(json, from), Members.instant(json, before));
  }

  private static Set<SiteStatus> statuses(JsonNode statuses) {
    if (statuses.isMissingNode() || statuses.isNull()) {
      return Set.of(SiteStatus.PENDING);
    }
    Set<SiteStatus> named = EnumSet.noneOf(SiteStatus.class);
    for (String name : Members.texts(statuses, "statuses", true)) {
      named.add(
          Optional.of(name)
              .filter(n -> Set.of("PENDING", "FAILED", "COMPLETED").contains(n))
              .map(SiteStatus::valueOf)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "statuses must be some of PENDING, FAILED and COMPLETED, had \""
                              + name
                              + '"')));
    }
    return named;
  }

  static ObjectNode write(BulkRequest request) {
    ObjectNode json = BulkJson.newObject();
    ObjectSelection selection = request.selection();
    if (!selection.locations().isEmpty()) {
      ArrayNode locations = json.putArray("locations");
      selection.locations().forEach(location -> locations.add(location.value()));
    }
    selection.bucket().ifPresent(bucket -> json.put("bucket", bucket));
    if (!selection.prefix().isEmpty()) {
      json.put("prefix", selection.prefix());
    }
    if (request instanceof BulkRequest.Resync resync) {
      put(json, resync.modified(), "modifiedFrom", "modifiedBefore");
      ArrayNode statuses = json.putArray("statuses");
      resync.statuses().stream().sorted().forEach(status -> statuses.add(status.name()));
    } else if (request instanceof BulkRequest.Retry retry) {
      put(json, retry.failed(), "failedFrom", "failedBefore");
      retry.errorClass().ifPresent(name -> json.put("errorClass", name));
    }
    return json.put("dryRun", request.dryRun())
        .put("operationsPerSecond", request.operationsPerSecond());
  }

  private static void put(ObjectNode json, TimeRange range, String from, String before) {
    range.from().ifPresent(at -> json.put(from, Members.iso(at)));
    range.before().ifPresent(at -> json.put(before, Members.iso(at)));
  }
}
