package io.backbeat.processor;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts what was received into what is to be run and what is not: unreadable records are set aside,
 * jobs that need not be done are dropped from the ledger. Every effect is durable on return, and
 * sorting the same deliveries again is harmless. Owned by the queue's owner thread.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /**
   * Deliveries, sorted.
   *
   * @param toRun jobs to be run, in order
   * @param done deliveries that are dealt with already
   * @param told what happened to them
   */
  record Sorted(List<Delivery.OfJob> toRun, List<Delivery> done, List<JobEvent> told) {}

  private final QueueName name;
  private final StatusStore statuses;
  private final OutcomeSettler settler;
  private final QuarantineStore quarantine;
  private final Clock clock;

  Intake(
      QueueName name,
      StatusStore statuses,
      OutcomeSettler settler,
      QuarantineStore quarantine,
      Clock clock) {
    this.name = name;
    this.statuses = statuses;
    this.settler = settler;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  /**
   * Sorts deliveries.
   *
   * @param inHand whether the same work is in hand already: such a job is folded into it, whatever
   *     its status says
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; sort again
   */
  Sorted sort(List<Delivery> deliveries, Predicate<Flight.Identity> inHand) {
    Map<ObjectVersion, TrackedStatus> stored = storedStatuses(deliveries);
    setAside(deliveries);
    List<Delivery> done = new ArrayList<>();
    List<NeedlessJob> needless = new ArrayList<>();
    List<Delivery.OfJob> toRun = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      if (!(delivery instanceof Delivery.OfJob ofJob)) {
        done.add(delivery);
        continue;
      }
      Optional<NeedlessJob> check = check(ofJob.job(), stored);
      if (check.isPresent() && !inHand.test(Flight.Identity.of(ofJob.job()))) {
        needless.add(check.get());
        done.add(delivery);
      } else {
        toRun.add(ofJob);
      }
    }
    List<JobEvent> told = needless.isEmpty() ? List.of() : settler.drop(needless, clock.instant());
    return new Sorted(toRun, done, told);
  }

  private Map<ObjectVersion, TrackedStatus> storedStatuses(List<Delivery> deliveries) {
    if (!name.type().tracksStatus() && !collects(name.type())) {
      return Map.of();
    }
    Set<ObjectVersion> objects = new HashSet<>();
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.OfJob ofJob) {
        objects.add(ofJob.job().object());
      }
    }
    return collects(name.type()) ? statuses.find(objects) : confirmed(deliveries, objects);
  }

  /**
   * Other queues have jobs of the same versions, so their statuses may have been read already. No
   * job is dropped because of what is out of date: then its version is read anew.
   */
  private Map<ObjectVersion, TrackedStatus> confirmed(
      List<Delivery> deliveries, Set<ObjectVersion> objects) {
    Map<ObjectVersion, TrackedStatus> stored = new HashMap<>(statuses.recent(objects));
    Set<ObjectVersion> doubtful = new HashSet<>();
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.OfJob ofJob && check(ofJob.job(), stored).isPresent()) {
        doubtful.add(ofJob.job().object());
      }
    }
    if (!doubtful.isEmpty()) {
      stored.keySet().removeAll(doubtful);
      stored.putAll(statuses.find(doubtful));
    }
    return stored;
  }

  private static boolean collects(JobType type) {
    return type.equals(JobType.GARBAGE_COLLECTION);
  }

  private static Optional<NeedlessJob> check(Job job, Map<ObjectVersion, TrackedStatus> stored) {
    Optional<TrackedStatus> current = Optional.ofNullable(stored.get(job.object()));
    if (job.key().type().tracksStatus()) {
      return NeedlessJob.check(job, current);
    }
    return collects(job.key().type())
        ? NeedlessJob.checkCollection(job, current)
        : Optional.empty();
  }

  private void setAside(List<Delivery> deliveries) {
    List<QuarantinedEntry> unreadable = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.Unreadable bad) {
        LogPosition position = new LogPosition(name + "/" + bad.partition() + "/" + bad.offset());
        unreadable.add(
            new QuarantinedEntry(position, "", "", bad.value(), bad.reason(), clock.instant()));
      }
    }
    if (!unreadable.isEmpty()) {
      quarantine.add(unreadable);
      LOG.warn(
          "{}: {} unreadable records set aside; first: {}",
          name,
          unreadable.size(),
          unreadable.get(0).reason());
    }
  }
}
