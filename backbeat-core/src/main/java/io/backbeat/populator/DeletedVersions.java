package io.backbeat.populator;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import io.backbeat.log.LogEntry;
import java.util.List;

/** Which versions are gone after a log entry. Pure. */
final class DeletedVersions {
  private DeletedVersions() {}

  /**
   * The versions that a deletion removed; empty for other entries, and for a version key that tells
   * no version that can be read.
   *
   * <p>A deleted version key removes its version. A deleted master key removes the version of a
   * bucket without versions, which has no other key. In a bucket with versions it says nothing of
   * them: each has a key and a deletion of its own, and where the format is v1, the master also
   * goes when a delete marker becomes the latest version.
   */
  static List<ObjectVersion> of(LogEntry entry) {
    if (entry.operation() != LogEntry.Operation.DELETE || entry.key().isEmpty()) {
      return List.of();
    }
    StoredKey key = StoredKey.parse(entry.key());
    if (key.objectKey().isEmpty()) {
      return List.of();
    }
    try {
      return List.of(new ObjectVersion(entry.bucket(), key.objectKey(), version(key, entry)));
    } catch (IllegalArgumentException e) {
      return List.of(); // nothing can be recorded under a version that nobody can write
    }
  }

  private static String version(StoredKey key, LogEntry entry) {
    if (key.isMaster()) {
      return "";
    }
    if (key.versionId().isEmpty() || isNull(entry)) {
      return ObjectMetadata.NULL_VERSION;
    }
    return VersionId.encode(key.versionId());
  }

  /** In buckets of format v0, a null version may stand under the key of a version. */
  private static boolean isNull(LogEntry entry) {
    if (entry.value().length == 0) {
      return false;
    }
    try {
      return ObjectMetadata.parse(entry.value()).isNull();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
