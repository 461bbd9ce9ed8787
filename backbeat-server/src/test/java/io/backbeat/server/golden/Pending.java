package io.backbeat.server.golden;

/** Records of what is still being built: replayed, and neither compared nor to be listed. */
final class Pending {
  private Pending() {}

  static boolean isPending(GoldenRecord record) {
    return record.path().startsWith("/_/monitoring/metrics")
        || record.path().startsWith("/_/configuration/workflows");
  }
}
