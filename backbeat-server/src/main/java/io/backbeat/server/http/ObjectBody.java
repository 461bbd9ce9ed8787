package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;

/** The body that tells where an object version stands at its destinations. */
final class ObjectBody {
  private ObjectBody() {}

  static ObjectNode of(ReplicationStatus status) {
    ObjectNode body = head(status.object(), status.overall());
    ArrayNode sites = body.putArray("Sites");
    status.sites().forEach(site -> site(sites.addObject(), site));
    return body;
  }

  /** What every body about one version begins with. */
  static ObjectNode head(ObjectVersion object, OverallStatus overall) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Bucket", object.bucket()).put("Key", object.key());
    if (!object.versionId().isEmpty()) {
      body.put("VersionId", object.versionId());
    }
    return body.put("Status", overall.name());
  }

  static void site(ObjectNode body, SiteReplication site) {
    body.put("Site", site.location().value()).put("Status", site.status().name());
    if (!site.dataStoreVersionId().isEmpty()) {
      body.put("DataStoreVersionId", site.dataStoreVersionId());
    }
  }
}
