package io.backbeat.server.golden;

import java.util.Set;

/** Records of what is still being built: replayed, and neither compared nor to be listed. */
final class Pending {
  private static final Set<String> GROUPS = Set.of("http", "encoding", "long");

  /** Exact matches of the raw target, and a body behind DELETE. */
  private static final Set<String> RECORDS = Set.of("prod-2", "prod-3", "prod-11", "prod-878");

  private Pending() {}

  static boolean isPending(GoldenRecord record) {
    return GROUPS.contains(record.group())
        || RECORDS.contains(record.id())
        || record.path().startsWith("/_/monitoring/metrics")
        || record.path().startsWith("/_/configuration/workflows");
  }
}
