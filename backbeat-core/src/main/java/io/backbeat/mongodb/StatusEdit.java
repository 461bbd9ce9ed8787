package io.backbeat.mongodb;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.job.StatusMachine;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import java.util.ArrayList;
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
    ObjectMetadata metadata = ObjectMetadata.parse(BsonJson.toJson(value));
    String revision = metadata.revision();
    ReplicationInfo info = metadata.replicationInfo();
    String originOp = "";
    List<StatusResult> results = new ArrayList<>(changes.size());
    for (StatusChange change : changes) {
      Optional<SiteReplication> site = info.at(change.location());
      if (!change.revision().equals(revision)) {
        results.add(new StatusResult.Superseded(revision));
      } else if (site.isEmpty()) {
        results.add(new StatusResult.Unknown());
      } else {
        SiteStatus before = site.get().status();
        Optional<SiteStatus> after = StatusMachine.next(before, change.event());
        if (after.isEmpty()) {
          results.add(new StatusResult.NoTransition(before));
          continue;
        }
        ReplicationInfo changed = changed(info, site.get(), after.get(), change);
        if (!changed.backends().equals(info.backends())) {
          originOp = originOp(after.get());
          info = changed;
        }
        results.add(new StatusResult.Applied(before, after.get(), overall(info)));
      }
    }
    if (originOp.isEmpty()) {
      return new StatusEdit(results, Optional.empty());
    }
    BsonDocument edited = edited(ObjectValue.replicationInfo(value), info);
    return new StatusEdit(results, Optional.of(new Write(edited, originOp)));
  }

  private static ReplicationInfo changed(
      ReplicationInfo info, SiteReplication site, SiteStatus after, StatusChange change) {
    LocationName location = site.location();
    ReplicationInfo moved =
        switch (after) {
          case COMPLETED -> info.toCompleted(location);
          case FAILED -> info.toFailed(location);
          case PENDING -> info.toPending(location);
          case REPLICA -> info.toReplica(location);
        };
    return change.dataStoreVersionId().isEmpty()
        ? moved
        : moved.withDataStoreVersionId(location, change.dataStoreVersionId());
  }

  private static String originOp(SiteStatus after) {
    return switch (after) {
      case COMPLETED -> ReplicationInfo.ORIGIN_COMPLETED;
      case FAILED -> ReplicationInfo.ORIGIN_FAILED;
      default -> ReplicationInfo.ORIGIN_PENDING;
    };
  }

  private static OverallStatus overall(ReplicationInfo info) {
    return OverallStatus.of(info.backends().stream().map(SiteReplication::status).toList());
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
