package io.backbeat.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * Counts what numbered sources tell, for example the partitions of a topic, each of it once however
 * often it is told. Port; thread-safe. Both methods throw {@link io.backbeat.api.BackbeatException}
 * INTERNAL_ERROR when the store does not answer; a retry is safe.
 */
public interface CountedSources {
  /** Up to which offset a source is counted; 0 if nothing of it is. */
  long counted(String source);

  /**
   * Adds the deltas of a run of records, and remembers that they are counted, both or neither.
   *
   * @param source whose records
   * @param from the first offset of the run; must be what {@link #counted} tells
   * @param to the offset behind the run
   * @param deltas by the start of the interval they happened in
   * @return false if the source is not counted up to {@code from}: nothing was added; ask again
   *     where it stands
   */
  boolean add(String source, long from, long to, SortedMap<Instant, Map<CounterKey, Long>> deltas);
}
