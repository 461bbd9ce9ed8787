package io.backbeat.cloudserver;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.StatusEvent;
import io.backbeat.status.StatusChange;
import io.backbeat.status.TrackedStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which versions, of those that were looked at lately, have locations that are still pending; tells
 * whether it is worth waiting for more changes of a version. Only a guess: what was looked at may
 * have changed since, and the oldest are forgotten. Thread-safe.
 */
final class OpenLocations {
  /** More than the queues of a few locations have in hand. */
  private static final int MAX_VERSIONS = 20_000;

  private record Open(String revision, Set<LocationName> locations) {}

  private final Map<ObjectVersion, Open> versions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectVersion, Open> eldest) {
          return size() > MAX_VERSIONS;
        }
      };

  /** Takes note of a version that was looked up, as whoever runs its jobs does. */
  synchronized void seen(ObjectVersion object, TrackedStatus status) {
    Set<LocationName> pending =
        status.status().sites().stream()
            .filter(site -> site.status() == SiteStatus.PENDING)
            .map(SiteReplication::location)
            .collect(Collectors.toUnmodifiableSet());
    versions.remove(object);
    if (pending.size() > 1) {
      versions.put(object, new Open(status.revision(), pending));
    }
  }

  /** Takes note of changes that are about to be made. */
  synchronized void changing(ObjectVersion object, Collection<StatusChange> changes) {
    versions.computeIfPresent(
        object,
        (same, open) -> {
          Set<LocationName> left =
              open.locations().stream()
                  .filter(l -> changes.stream().noneMatch(c -> c.location().equals(l)))
                  .collect(Collectors.toUnmodifiableSet());
          return left.isEmpty() ? null : new Open(open.revision(), left);
        });
  }

  /** Whether more changes of the version may come soon than those that wait. */
  synchronized boolean expectsMore(ObjectVersion object, List<StatusChange> waiting) {
    Open open = versions.get(object);
    if (open == null) {
      return false;
    }
    boolean outcomes =
        waiting.stream()
            .allMatch(
                change ->
                    change.revision().equals(open.revision())
                        && change.event() != StatusEvent.RETRY_REQUESTED);
    return outcomes
        && !open.locations().stream()
            .allMatch(l -> waiting.stream().anyMatch(c -> c.location().equals(l)));
  }
}
