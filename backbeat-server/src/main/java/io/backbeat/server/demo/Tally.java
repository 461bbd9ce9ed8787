package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataJournal.JournaledObject;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statuses of all objects at each location, counted one by one from the store. */
final class Tally {
  private static final int PAGE = 1_000;

  /** The counts of one location. For one thread. */
  static final class Location {
    private final Map<SiteStatus, Long> counts = new EnumMap<>(SiteStatus.class);
    private long completedBytes;

    long count(SiteStatus status) {
      return counts.getOrDefault(status, 0L);
    }

    long objects() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Content of the COMPLETED objects. */
    long completedBytes() {
      return completedBytes;
    }

    private void add(SiteStatus status, long bytes) {
      counts.merge(status, 1L, Long::sum);
      if (status == SiteStatus.COMPLETED) {
        completedBytes += bytes;
      }
    }
  }

  private final Map<LocationName, Location> locations = new LinkedHashMap<>();

  private Tally(List<LocationName> names) {
    names.forEach(name -> locations.put(name, new Location()));
  }

  /** Counts the objects of a bucket, a page at a time. */
  static Tally of(Stores stores, String bucket, List<LocationName> names) {
    Tally tally = new Tally(names);
    String after = "";
    while (true) {
      List<JournaledObject> page = stores.journal().list(bucket, after, PAGE);
      if (page.isEmpty()) {
        return tally;
      }
      Map<ObjectVersion, TrackedStatus> statuses =
          stores.statuses().find(page.stream().map(JournaledObject::object).toList());
      for (JournaledObject object : page) {
        TrackedStatus status = statuses.get(object.object());
        if (status != null) {
          tally.add(status, ObjectMetadata.parse(object.metadata()).contentLength());
        }
      }
      after = page.get(page.size() - 1).object().key();
    }
  }

  private void add(TrackedStatus status, long bytes) {
    for (SiteReplication site : status.status().sites()) {
      Location location = locations.get(site.location());
      if (location != null) {
        location.add(site.status(), bytes);
      }
    }
  }

  /** The locations in their order. */
  Map<LocationName, Location> locations() {
    return locations;
  }

  boolean allCompleted() {
    return locations.values().stream()
        .allMatch(location -> location.count(SiteStatus.COMPLETED) == location.objects());
  }
}
