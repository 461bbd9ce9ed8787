package io.backbeat.explanation;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectOperations;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.Transition;
import io.backbeat.job.JobType;
import io.backbeat.job.MalformedMetadataException;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.PartitionLag;
import io.backbeat.queue.Partitioner;
import io.backbeat.queue.QueueName;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.ReplicationStatuses;
import io.backbeat.status.Retention;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where versions stand, and why. Reads the stores at each call: the status, the metadata, the
 * ledger, the states of the locations, the histories, and the lag of a queue for each location
 * whose job is queued. Thread-safe.
 */
public final class ObjectExplainer implements ObjectOperations {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectExplainer.class);

  private final Stores stores;
  private final ReplicationStatuses statuses;
  private final LocationOperations locations;
  private final Supplier<Map<LocationName, DestinationState>> destinations;
  private final Retention retention;
  private final Clock clock;

  /**
   * Explains what is in some stores.
   *
   * @param locations tells what is wanted of each location
   * @param destinations the destinations whose jobs this process runs
   * @param retention no more of a history is told than this allows
   */
  public ObjectExplainer(
      Stores stores,
      LocationOperations locations,
      Supplier<Map<LocationName, DestinationState>> destinations,
      Retention retention,
      Clock clock) {
    this.stores = stores;
    this.statuses = new ReplicationStatuses(stores.statuses());
    this.locations = locations;
    this.destinations = destinations;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public Optional<ReplicationStatus> status(ObjectVersion object) {
    return statuses.status(object);
  }

  @Override
  public Optional<ObjectExplanation> explain(ObjectVersion object) {
    return Optional.ofNullable(stores.statuses().find(List.of(object)).get(object))
        .filter(tracked -> !tracked.status().sites().isEmpty())
        .map(tracked -> explain(object, tracked));
  }

  private ObjectExplanation explain(ObjectVersion object, TrackedStatus tracked) {
    List<SiteReplication> sites = tracked.status().sites();
    Map<LocationName, LedgerEntry> jobs =
        stores.failedJobs().find(object).stream()
            .filter(entry -> entry.job().key().type().equals(JobType.REPLICATION))
            .collect(Collectors.toMap(entry -> entry.job().location(), Function.identity()));
    Map<LocationName, LocationStatus> states =
        locations.list(ServiceName.REPLICATION).stream()
            .collect(Collectors.toMap(LocationStatus::location, Function.identity()));
    Map<HistoryKey, List<Transition>> histories = histories(object, sites);
    Map<LocationName, DestinationState> here = destinations.get();
    Optional<ObjectMetadata> metadata = metadata(object);
    Instant now = clock.instant();
    List<LocationExplanation> explained = new ArrayList<>(sites.size());
    for (SiteReplication site : sites) {
      LocationName location = site.location();
      Optional<LedgerEntry> job = Optional.ofNullable(jobs.get(location));
      LocationFacts facts =
          new LocationFacts(
              site,
              job,
              Optional.ofNullable(states.get(location)),
              Optional.ofNullable(here.get(location)),
              job.filter(entry -> entry.state() == JobState.QUEUED)
                  .map(entry -> ahead(object, location))
                  .orElse(OptionalLong.empty()),
              histories.getOrDefault(HistoryKey.of(object, location), List.of()),
              histories.getOrDefault(HistoryKey.of(location), List.of()));
      explained.add(Explanations.of(facts, now, retention));
    }
    return new ObjectExplanation(
        object,
        tracked.revision(),
        metadata.map(m -> OptionalLong.of(m.contentLength())).orElse(OptionalLong.empty()),
        metadata.flatMap(ObjectMetadata::lastModified).map(Step::time),
        explained);
  }

  private Map<HistoryKey, List<Transition>> histories(
      ObjectVersion object, List<SiteReplication> sites) {
    List<HistoryKey> keys = new ArrayList<>();
    for (SiteReplication site : sites) {
      keys.add(HistoryKey.of(object, site.location()));
      keys.add(HistoryKey.of(site.location()));
    }
    return stores.transitions().find(keys);
  }

  private Optional<ObjectMetadata> metadata(ObjectVersion object) {
    try {
      return stores.metadata().find(object).map(ObjectMetadata::parse);
    } catch (MalformedMetadataException e) {
      LOG.debug("{}: size and date are not told: {}", object, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The job is one of those that are not dealt with in its partition, so all others may be before
   * it, and no more.
   */
  private OptionalLong ahead(ObjectVersion object, LocationName location) {
    QueueName name = new QueueName(JobType.REPLICATION, location);
    JobQueue queue = stores.queue();
    try {
      int partition = Partitioner.partition(object.orderingKey(), queue.partitions(name));
      return queue.lag(name).stream()
          .filter(lag -> lag.partition() == partition)
          .mapToLong(PartitionLag::records)
          .map(records -> Math.max(0, records - 1))
          .findFirst();
    } catch (BackbeatException e) {
      LOG.debug("{}: no position in {}: {}", object, name, e.getMessage());
      return OptionalLong.empty();
    }
  }
}
