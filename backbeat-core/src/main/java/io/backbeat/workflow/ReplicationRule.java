package io.backbeat.workflow;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A replication rule of a bucket.
 *
 * @param prefix of the keys it is about; empty for all
 * @param enabled whether it is in force
 * @param targetBucket the bucket the copies are said to be in
 * @param locations names of the destinations; at least one
 * @param preferredRead the destination to read from, one of the locations; empty for none
 */
public record ReplicationRule(
    String prefix,
    boolean enabled,
    String targetBucket,
    List<String> locations,
    String preferredRead) {
  private static final String PREFERRED = ":preferred_read";

  /** Copies the list. */
  public ReplicationRule {
    locations = List.copyOf(locations);
  }

  /** The destinations as the object server wants them: joined, the preferred one marked. */
  public String storageClass() {
    return locations.stream()
        .map(name -> name.equals(preferredRead) ? name + PREFERRED : name)
        .collect(Collectors.joining(","));
  }
}
