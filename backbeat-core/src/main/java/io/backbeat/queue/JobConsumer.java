package io.backbeat.queue;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Reads one queue. Port; owned by one thread, except {@link #wakeup()}.
 *
 * <p>Partitions come and go only inside {@link #poll}. Each assignment has a generation, which only
 * grows; a delivery carries the generation of its assignment, and a commit with an older generation
 * than the partition's is refused, so that work of an earlier assignment cannot move the offset of
 * a later one.
 */
public interface JobConsumer extends AutoCloseable {
  /**
   * Learns of partitions; called inside {@link #poll} and {@link #close}, on the owner's thread.
   */
  interface AssignmentListener {
    /** These partitions are ours from now on, to be read from their committed offset. */
    void assigned(Set<Integer> partitions, int generation);

    /**
     * These partitions will be taken away when this returns; commits are still accepted in here.
     */
    void revoked(Set<Integer> partitions);
  }

  /** Says who learns of partitions. To be called once, before the first poll. */
  void listener(AssignmentListener listener);

  /**
   * Next jobs of the assigned partitions, each partition in order.
   *
   * @param maxJobs at most so many; 0 only takes part in assignment
   * @param timeout how long to wait for a first job; returns empty at once while paused
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a retry
   *     may help and loses nothing
   */
  List<Delivery> poll(int maxJobs, Duration timeout);

  /**
   * Says that all jobs of a partition before an offset are dealt with; they are never delivered
   * again. Durable on return.
   *
   * @param nextOffset the offset to read on from after a restart
   * @return false if the partition is no longer assigned in that generation; nothing was changed
   */
  boolean commit(int partition, long nextOffset, int generation);

  /** Delivers nothing until {@link #resume}; keeps its partitions. Idempotent. */
  void pause();

  /** Delivers again, from where it stopped. Idempotent. */
  void resume();

  /** Makes a waiting poll return at once. May be called from any thread. */
  void wakeup();

  /** Gives the partitions back; calls {@code revoked} first. Idempotent. */
  @Override
  void close();
}
