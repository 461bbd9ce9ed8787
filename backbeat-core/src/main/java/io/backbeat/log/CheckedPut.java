package io.backbeat.log;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import java.util.List;

/**
 * A put that a journal can record: its metadata is readable and speaks of the version it is said to
 * be of. Pure; what every journal does before it writes.
 *
 * @param object the version
 * @param storedVersion the decoded version id that belongs to the key of its log entries; empty for
 *     a key without
 * @param metadata the JSON text as the client wrote it
 * @param sites the statuses of its {@code replicationInfo}
 */
public record CheckedPut(
    ObjectVersion object, String storedVersion, String metadata, List<SiteReplication> sites) {
  /** Copies the list. */
  public CheckedPut {
    sites = List.copyOf(sites);
  }

  /**
   * Checks a put.
   *
   * @throws IllegalArgumentException if the metadata is not readable or tells another version;
   *     names the object. A retry does not help
   */
  public static CheckedPut of(MetadataChange.Put put) {
    try {
      ObjectMetadata metadata = ObjectMetadata.parse(put.metadata());
      return new CheckedPut(
          put.object(),
          storedVersion(put.object().versionId(), metadata),
          put.metadata(),
          metadata.replicationInfo().backends());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("metadata of " + put.object() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The key of its log entries: the object key, then {@code \0} and the decoded version id if there
   * is one.
   */
  public String logKey() {
    return storedVersion.isEmpty() ? object.key() : object.key() + '\0' + storedVersion;
  }

  /** The metadata with the revision of this write as its {@code microVersionId}. */
  public String stamped(String revision) {
    return ObjectMetadata.stamp(metadata, revision);
  }

  private static String storedVersion(String wanted, ObjectMetadata metadata) {
    String told = metadata.encodedVersionId();
    boolean versioned = !wanted.isEmpty() && !wanted.equals(ObjectMetadata.NULL_VERSION);
    // Otherwise jobs would be planned for the version that the metadata tells, and this one would
    // stay PENDING for ever.
    if (!told.equals(wanted) && !(told.isEmpty() && versioned)) {
      throw new IllegalArgumentException(
          "versionId and isNull must tell version \"" + wanted + "\", tell \"" + told + "\"");
    }
    return versioned ? VersionId.decode(wanted) : "";
  }
}
