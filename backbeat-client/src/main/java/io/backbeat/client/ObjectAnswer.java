package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of {@code objects}. */
final class ObjectAnswer {
  private ObjectAnswer() {}

  static ReplicationStatus status(ObjectVersion object, JsonNode body) {
    List<SiteReplication> sites = new ArrayList<>();
    for (JsonNode site : Json.child(body, "Sites")) {
      sites.add(site(site));
    }
    return new ReplicationStatus(object, sites);
  }

  static SiteReplication site(JsonNode site) {
    return new SiteReplication(
        LocationName.of(Json.text(site, "Site")),
        Json.constant(SiteStatus.class, site, "Status"),
        Json.textOrEmpty(site, "DataStoreVersionId"));
  }
}
