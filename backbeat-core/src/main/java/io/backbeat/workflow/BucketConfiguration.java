package io.backbeat.workflow;

import java.util.List;

/**
 * Writes the replication and lifecycle rules of buckets, at the object server. Written by an
 * embedder, or {@code io.backbeat.s3}. Thread-safe.
 *
 * <p>Every method may be called again with the same arguments, and takes a bucket that does not
 * exist as done. It throws {@link io.backbeat.api.BackbeatException} INTERNAL_ERROR if the server
 * refuses or does not answer; what was asked may or may not have happened.
 */
public interface BucketConfiguration {
  /**
   * Replaces all replication rules of a bucket, after versioning was enabled there.
   *
   * @param rules at least one
   */
  void putReplication(String bucket, List<ReplicationRule> rules);

  /** Removes the replication rules of a bucket; versioning stays. */
  void removeReplication(String bucket);

  /**
   * Replaces all lifecycle rules of a bucket.
   *
   * @param rules at least one
   */
  void putLifecycle(String bucket, List<LifecycleRule> rules);

  /** Removes the lifecycle rules of a bucket. */
  void removeLifecycle(String bucket);
}
