package io.backbeat.kafka;

import io.backbeat.log.LogPosition;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A place in a topic: the offset of the next record of each partition, as text {@code 0=15,1=20}. A
 * partition that is missing has not been read.
 *
 * @param next by partition
 */
record OplogOffsets(SortedMap<Integer, Long> next) {
  /** Copies the map. */
  OplogOffsets {
    next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
  }

  /**
   * Reads a position.
   *
   * @throws IllegalArgumentException if it is one of another log
   */
  static OplogOffsets parse(LogPosition position) {
    SortedMap<Integer, Long> next = new TreeMap<>();
    if (!position.value().isEmpty()) {
      for (String part : position.value().split(",", -1)) {
        int equals = part.indexOf('=');
        try {
          next.put(
              Integer.parseInt(part, 0, Math.max(0, equals), 10),
              Long.parseLong(part, equals + 1, part.length(), 10));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "a position of a topic must be like 0=15,1=20, was \"" + position.value() + '"', e);
        }
      }
    }
    return new OplogOffsets(next);
  }

  static OplogOffsets of(Map<Integer, Long> next) {
    return new OplogOffsets(new TreeMap<>(next));
  }

  LogPosition position() {
    return new LogPosition(
        next.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(",")));
  }
}
