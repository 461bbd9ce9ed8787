package io.backbeat.memory;

import io.backbeat.api.LocationName;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ledger entries by state: the failed by marker, the waiting by due time, and how many there are.
 * Not thread-safe.
 */
final class LedgerIndex {
  /** Entries are counted and listed by type and location. */
  record Place(JobType type, LocationName location) {
    static Place of(JobKey key) {
      return new Place(key.type(), key.location());
    }
  }

  private final Map<Place, NavigableMap<Long, LedgerEntry>> failed = new HashMap<>();
  private final NavigableMap<Instant, Set<JobKey>> due = new TreeMap<>();
  private final Map<Place, Map<JobState, Long>> counts = new HashMap<>();

  void add(LedgerEntry entry) {
    Place place = Place.of(entry.job().key());
    count(place, entry.state(), 1);
    if (entry.state() == JobState.FAILED) {
      failed.computeIfAbsent(place, p -> new TreeMap<>()).put(entry.marker(), entry);
    }
    entry
        .nextAttempt()
        .ifPresent(
            at -> due.computeIfAbsent(at, a -> new LinkedHashSet<>()).add(entry.job().key()));
  }

  void remove(LedgerEntry entry) {
    Place place = Place.of(entry.job().key());
    count(place, entry.state(), -1);
    if (entry.state() == JobState.FAILED) {
      failed(place).remove(entry.marker());
    }
    entry.nextAttempt().ifPresent(at -> removeDue(at, entry.job().key()));
  }

  private void count(Place place, JobState state, long delta) {
    counts
        .computeIfAbsent(place, p -> new EnumMap<>(JobState.class))
        .merge(state, delta, Long::sum);
  }

  private void removeDue(Instant at, JobKey key) {
    due.computeIfPresent(
        at,
        (instant, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }

  /** Newest first. */
  List<LedgerEntry> failed(Place place, long before, int limit) {
    return failed(place).headMap(before, false).descendingMap().values().stream()
        .limit(limit)
        .map(LedgerEntry::withoutPayload)
        .toList();
  }

  private NavigableMap<Long, LedgerEntry> failed(Place place) {
    return failed.getOrDefault(place, new TreeMap<>());
  }

  List<LedgerEntry> failedBefore(Instant instant) {
    return failed.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .filter(entry -> entry.failure().filter(f -> f.last().isBefore(instant)).isPresent())
        .toList();
  }

  /** Oldest first. */
  List<JobKey> due(Instant now, int limit) {
    List<JobKey> keys = new ArrayList<>();
    for (Set<JobKey> sameInstant : due.headMap(now, true).values()) {
      for (JobKey key : sameInstant) {
        if (keys.size() == limit) {
          return keys;
        }
        keys.add(key);
      }
    }
    return keys;
  }

  Optional<Instant> nextDue() {
    return due.isEmpty() ? Optional.empty() : Optional.of(due.firstKey());
  }

  Map<LocationName, Map<JobState, Long>> counts(JobType type) {
    Map<LocationName, Map<JobState, Long>> found = new HashMap<>();
    counts.forEach(
        (place, byState) -> {
          if (place.type().equals(type)) {
            found.put(place.location(), new EnumMap<>(byState));
          }
        });
    return found;
  }
}
