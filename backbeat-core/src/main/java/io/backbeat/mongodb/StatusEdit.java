package io.backbeat.mongodb;

import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusDecision;
import io.backbeat.status.StatusResult;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What some changes make of the metadata of one version. Pure.
 *
 * @param results one per change, in order
 * @param write what is to be stored; empty if nothing changes
 */
record StatusEdit(List<StatusResult> results, Optional<Write> write) {
  /**
   * The members that change.
   *
   * @param replicationInfo as it was, but for the statuses and version ids of the locations;
   *     members that we do not know are kept
   * @param originOp what the change is called
   */
  record Write(BsonDocument replicationInfo, String originOp) {}

  /**
   * Decides.
   *
   * @param value the metadata as stored
   * @throws IllegalArgumentException if the metadata cannot be read
   */
  static StatusEdit of(BsonDocument value, List<StatusChange> changes) {
    StatusDecision decision =
        StatusDecision.of(ObjectMetadata.parse(BsonJson.toJson(value)), changes);
    return new StatusEdit(decision.results(), decision.edit().map(edit -> write(value, edit)));
  }

  private static Write write(BsonDocument value, StatusDecision.Edit edit) {
    return new Write(
        edited(ObjectValue.replicationInfo(value), edit.replicationInfo()), edit.originOp());
  }

  private static BsonDocument edited(BsonDocument stored, ReplicationInfo info) {
    BsonDocument edited = stored.clone();
    edited.put(
        ObjectValue.STATUS, new BsonString(info.status().map(OverallStatus::name).orElse("")));
    for (BsonValue backend : edited.getArray("backends")) {
      String name = backend.asDocument().getString("site").getValue();
      info.backends().stream()
          .filter(site -> site.location().value().equals(name))
          .findFirst()
          .ifPresent(site -> edit(backend.asDocument(), site));
    }
    return edited;
  }

  private static void edit(BsonDocument backend, SiteReplication site) {
    backend.put(ObjectValue.STATUS, new BsonString(site.status().name()));
    backend.put("dataStoreVersionId", new BsonString(site.dataStoreVersionId()));
  }
}
