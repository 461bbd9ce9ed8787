package io.backbeat.cloudserver.backends;

import io.backbeat.replication.ReplicationAction;
import java.time.Duration;

/**
 * Limits of transfers to clouds.
 *
 * @param multipartThreshold objects of so many bytes or more are written in parts, more than 0
 * @param partsPerObject parts of one object that are written at once, at least 1
 * @param partsInAll parts that are written at once besides one for each running job, 0 or more
 * @param sharedObjectLimit objects up to so many bytes are read once for all their destinations; 0
 *     for none
 * @param sharedBytes how much of them is kept at most, in bytes
 * @param sharedFor how long contents and metadata are kept for the other destinations
 * @param configurationFor how long the replication configuration of a bucket counts as fresh
 */
public record TransferOptions(
    long multipartThreshold,
    int partsPerObject,
    int partsInAll,
    long sharedObjectLimit,
    long sharedBytes,
    Duration sharedFor,
    Duration configurationFor) {
  /**
   * In parts from 20 MB on, 10 at once, 32 in all; objects up to 1 MiB are shared for 2 s, 16 MiB
   * of them; configurations for 30 s.
   */
  public static final TransferOptions DEFAULT =
      new TransferOptions(
          ReplicationAction.MULTIPART_THRESHOLD,
          10,
          32,
          1L << 20,
          16L << 20,
          Duration.ofSeconds(2),
          Duration.ofSeconds(30));

  /** Checks the ranges above. */
  public TransferOptions {
    if (multipartThreshold < 1 || partsPerObject < 1 || partsInAll < 0) {
      throw new IllegalArgumentException(
          "multipartThreshold and partsPerObject must be >= 1 and partsInAll >= 0, were "
              + multipartThreshold
              + ", "
              + partsPerObject
              + " and "
              + partsInAll);
    }
    if (sharedObjectLimit < 0 || sharedObjectLimit > sharedBytes) {
      throw new IllegalArgumentException(
          "sharedObjectLimit must be from 0 to sharedBytes "
              + sharedBytes
              + ", was "
              + sharedObjectLimit);
    }
  }

  /** The same with another threshold; {@code minMPUSizeMB * 1000000} of the configuration. */
  public TransferOptions withMultipartThreshold(long bytes) {
    return new TransferOptions(
        bytes,
        partsPerObject,
        partsInAll,
        sharedObjectLimit,
        sharedBytes,
        sharedFor,
        configurationFor);
  }

  /** The same with another concurrency; {@code mpuPartsConcurrency} of the configuration. */
  public TransferOptions withParts(int perObject, int inAll) {
    return new TransferOptions(
        multipartThreshold,
        perObject,
        inAll,
        sharedObjectLimit,
        sharedBytes,
        sharedFor,
        configurationFor);
  }
}
