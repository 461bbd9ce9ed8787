package io.backbeat.kafka;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message of the topics of replication: what the populator writes to {@code backbeat-replication}
 * and what processors write to the topics of statuses and replays, in one. Immutable.
 */
public sealed interface Entry {
  /**
   * The metadata of an object version.
   *
   * @param bucket the bucket, not empty
   * @param storedKey {@code key}, or {@code key\0versionId} with the decoded version id; not empty
   * @param metadata the metadata as JSON text, not looked at yet
   * @param site the location the message is about; absent in what a populator writes
   * @param replayCount replays that are left; absent before the first
   * @param accountId whose it is, if anybody said so
   */
  record ObjectEntry(
      String bucket,
      String storedKey,
      String metadata,
      Optional<String> site,
      OptionalInt replayCount,
      Optional<String> accountId)
      implements Entry {
    private static final char SEPARATOR = '\0';

    /** Checks that bucket and key are not empty. */
    public ObjectEntry {
      if (bucket.isEmpty() || storedKey.isEmpty() || storedKey.charAt(0) == SEPARATOR) {
        throw new IllegalArgumentException(
            "bucket and key must not be empty, were \"" + bucket + "\" and \"" + storedKey + "\"");
      }
      Objects.requireNonNull(metadata, "metadata");
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(replayCount, "replayCount");
      Objects.requireNonNull(accountId, "accountId");
    }

    /** The key of the object, without version. */
    public String objectKey() {
      int end = storedKey.indexOf(SEPARATOR);
      return end < 0 ? storedKey : storedKey.substring(0, end);
    }

    /** The key of the message, which keeps the order of an object's messages. */
    public String messageKey() {
      return EntryCodec.messageKey(bucket, objectKey());
    }

    /**
     * The version. The metadata tells its id; the stored key does where the metadata is silent.
     *
     * @param read the metadata of this entry
     * @throws IllegalArgumentException if bucket or key is no well-formed Unicode
     */
    public ObjectVersion object(ObjectMetadata read) {
      String told = read.encodedVersionId();
      int end = storedKey.indexOf(SEPARATOR);
      boolean inKey = told.isEmpty() && end >= 0 && end + 1 < storedKey.length();
      return new ObjectVersion(
          bucket, objectKey(), inKey ? VersionId.encode(storedKey.substring(end + 1)) : told);
    }
  }

  /** A record that only gives a partition its first offset, or proves that it can be read. */
  record Canary() implements Entry {}

  /** A record of a test of the original. */
  record Bootstrap() implements Entry {}

  /** A change of a bucket. */
  record BucketEntry() implements Entry {}

  /** The removal of an object version, which is never replicated. */
  record DeleteEntry() implements Entry {}

  /**
   * A message that means something to others.
   *
   * @param what what it is, for people
   */
  record Other(String what) implements Entry {}

  /**
   * No message at all.
   *
   * @param reason what is wrong, for people
   */
  record Malformed(String reason) implements Entry {}
}
