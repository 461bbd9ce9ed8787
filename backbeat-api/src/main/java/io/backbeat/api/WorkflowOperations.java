package io.backbeat.api;

/**
 * The workflows that a management layer configures: which buckets are replicated, expired and moved
 * where. Thread-safe.
 */
public interface WorkflowOperations {
  /**
   * Makes the buckets follow a configuration: writes the replication and lifecycle rules of every
   * bucket whose workflows changed, removes those of buckets that have none any more, then keeps
   * the configuration as the one that is in force. A configuration whose {@code version} is not
   * newer than the one in force, or that does not speak of workflows, changes nothing. Idempotent.
   *
   * @param configuration the JSON document ("overlay") as the management layer writes it; of
   *     interest are {@code version}, {@code workflows.replication|lifecycle|transition} (a map
   *     from bucket to workflows) and the older {@code replicationStreams}
   * @throws BackbeatException {@link ErrorCode#MALFORMED_REQUEST} if it is not such a document;
   *     {@link ErrorCode#INTERNAL_ERROR} if a bucket cannot be configured or a store does not
   *     answer: the same call can be repeated and completes what is missing
   */
  void apply(String configuration);
}
