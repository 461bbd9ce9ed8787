package io.backbeat.kafka;

import java.util.List;

/** Deals with what was read of a topic. Called by one thread at a time. */
@FunctionalInterface
interface TopicHandler<T> {
  /**
   * Deals with records. Whatever is to be done about them is durable on return; their offsets are
   * committed after. The same records may come again.
   *
   * @param runs one per partition, none of them empty, each in the order of its offsets
   * @throws io.backbeat.api.BackbeatException if a store does not answer; a retryable one is called
   *     again with the same records. Any other exception is blamed on single records: each is
   *     handled alone then, and those that fail again are set aside
   */
  void handle(List<TopicRun<T>> runs);
}
