package io.backbeat.queue;

/**
 * How far one partition of a queue is dealt with.
 *
 * @param partition its number, from 0
 * @param committed the offset of the first record that is not dealt with
 * @param end the offset the next record will get; never before {@code committed}
 */
public record PartitionLag(int partition, long committed, long end) {
  /** Checks that the end is not before what is committed. */
  public PartitionLag {
    if (committed < 0 || end < committed) {
      throw new IllegalArgumentException(
          "partition "
              + partition
              + " must have 0 <= committed <= end, has "
              + committed
              + " and "
              + end);
    }
  }

  /** Records that are not dealt with. */
  public long records() {
    return end - committed;
  }
}
