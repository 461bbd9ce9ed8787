package io.backbeat.status;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.job.StatusMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some changes make of the metadata of one version, for stores that keep statuses in it. Pure.
 *
 * @param results one per change, in order; each change is decided on what those before it made
 * @param edit what is to be stored; empty if nothing changes
 */
public record StatusDecision(List<StatusResult> results, Optional<Edit> edit) {
  /**
   * What changes in the metadata.
   *
   * @param replicationInfo with the new statuses and version ids
   * @param originOp what the change is called
   */
  public record Edit(ReplicationInfo replicationInfo, String originOp) {}

  private static final List<String> WEIGHTS =
      List.of(
          ReplicationInfo.ORIGIN_PENDING,
          ReplicationInfo.ORIGIN_COMPLETED,
          ReplicationInfo.ORIGIN_FAILED);

  /** Copies the list. */
  public StatusDecision {
    results = List.copyOf(results);
  }

  /** Nothing changes: there is no such version, or it cannot be read. */
  public static StatusDecision unknown(List<StatusChange> changes) {
    List<StatusResult> results = new ArrayList<>(changes.size());
    changes.forEach(change -> results.add(new StatusResult.Unknown()));
    return new StatusDecision(results, Optional.empty());
  }

  /**
   * Decides. A change of another revision is superseded: that holds for a source that changed and
   * keeps its version (a bucket served by NFS) too, whose newer state so stays PENDING.
   */
  public static StatusDecision of(ObjectMetadata metadata, List<StatusChange> changes) {
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
          originOp = weightier(originOp, originOp(after.get()));
          info = changed;
        }
        results.add(new StatusResult.Applied(before, after.get(), overall(info)));
      }
    }
    return new StatusDecision(
        results, originOp.isEmpty() ? Optional.empty() : Optional.of(new Edit(info, originOp)));
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

  /**
   * One write is one event, so it is called after what somebody has to look at first: a failure
   * before a completion before a retry.
   */
  private static String weightier(String before, String now) {
    return WEIGHTS.indexOf(now) > WEIGHTS.indexOf(before) ? now : before;
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
}
