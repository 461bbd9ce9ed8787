package io.backbeat.kafka;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a reader of a topic gets on.
 *
 * @param name whose
 * @param committed offset behind the last record dealt with, by {@code topic/partition}; only of
 *     partitions this reader has
 * @param handled records dealt with since it was made
 * @param skipped records that meant nothing to it
 * @param quarantined records set aside
 * @param error what it waits for; empty while all is well
 * @param since when it last got on, or was made
 */
public record TopicProgress(
    String name,
    SortedMap<String, Long> committed,
    long handled,
    long skipped,
    long quarantined,
    Optional<String> error,
    Instant since) {
  /** Copies the map. */
  public TopicProgress {
    Objects.requireNonNull(name, "name");
    committed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(committed));
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(since, "since");
  }
}
