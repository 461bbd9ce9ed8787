package io.backbeat.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The replication status of one object version.
 *
 * @param object which version
 * @param sites its destinations, in the order of the replication rule
 */
public record ReplicationStatus(ObjectVersion object, List<SiteReplication> sites) {
  /** Copies the list. */
  public ReplicationStatus {
    Objects.requireNonNull(object, "object");
    sites = List.copyOf(sites);
  }

  /** The status of the version as a whole. */
  public OverallStatus overall() {
    return OverallStatus.of(sites.stream().map(SiteReplication::status).toList());
  }

  /**
   * The statuses as user metadata shows them, one entry {@code <location>-replication-status} per
   * destination, in order, and {@code <location>-version-id} for a completed destination that gave
   * its copy a version id (CloudServer prefixes both with {@code x-amz-meta-}).
   */
  public Map<String, String> userMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (SiteReplication site : sites) {
      metadata.put(site.location() + "-replication-status", site.status().name());
      if (site.status() == SiteStatus.COMPLETED && !site.dataStoreVersionId().isEmpty()) {
        metadata.put(site.location() + "-version-id", site.dataStoreVersionId());
      }
    }
    return Collections.unmodifiableMap(metadata);
  }
}
