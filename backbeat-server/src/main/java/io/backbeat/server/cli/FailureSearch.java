package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.server.operate.FailedEverywhere;
import java.util.Iterator;
import java.util.List;

/** Finds the failed operations that a command line means. */
final class FailureSearch {
  private FailureSearch() {}

  /** Those of locations, read page by page; of all configured ones if none is named. */
  static Iterator<FailedOperation> at(Backbeat backbeat, List<LocationName> locations) {
    return new FailedEverywhere(
        backbeat.failed(),
        Selection.everything(locations)
            ? backbeat.locations().list(ServiceName.REPLICATION).stream()
                .map(LocationStatus::location)
                .toList()
            : locations.stream().distinct().toList());
  }

  /** Those of a version at locations; at all of them if none is named. */
  static List<FailedOperation> of(
      Backbeat backbeat, ObjectVersion object, List<LocationName> locations) {
    return backbeat.failed().find(object).stream()
        .filter(f -> Selection.everything(locations) || locations.contains(f.location()))
        .toList();
  }
}
