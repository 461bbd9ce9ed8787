package io.backbeat.bulk;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.SiteReplication;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.StatusEvent;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataJournal.JournaledObject;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through object versions by bucket and key. */
final class ResyncWalk implements BulkWalk {
  private static final Logger LOG = LoggerFactory.getLogger(ResyncWalk.class);

  private final ResyncRules rules;
  private final MetadataJournal journal;
  private final StatusStore statuses;
  private final FailedJobStore ledger;
  private final JobQueue queue;

  ResyncWalk(
      ResyncRules rules,
      MetadataJournal journal,
      StatusStore statuses,
      FailedJobStore ledger,
      JobQueue queue) {
    this.rules = rules;
    this.journal = journal;
    this.statuses = statuses;
    this.ledger = ledger;
    this.queue = queue;
  }

  @Override
  public Found look(Cursor from, int limit) {
    Optional<String> bucket =
        from.group().isEmpty()
            ? rules.request().selection().bucket().or(() -> nextBucket(""))
            : Optional.of(from.group());
    if (bucket.isEmpty()) {
      return Found.nothing(Optional.empty());
    }
    List<JournaledObject> page =
        journal.list(bucket.get(), rules.request().selection().prefix(), from.after(), limit);
    return page.isEmpty()
        ? Found.nothing(behind(bucket.get()))
        : judge(page, new Cursor(bucket.get(), page.get(page.size() - 1).object().key()));
  }

  private Optional<Cursor> behind(String bucket) {
    return rules.request().selection().bucket().isPresent()
        ? Optional.empty()
        : nextBucket(bucket).map(next -> new Cursor(next, ""));
  }

  private Optional<String> nextBucket(String after) {
    return journal.buckets(after, 1).stream().findFirst();
  }

  private Found judge(List<JournaledObject> page, Cursor next) {
    Map<JournaledObject, ObjectMetadata> candidates = new LinkedHashMap<>();
    for (JournaledObject listed : page) {
      parsed(listed)
          .filter(metadata -> rules.includes(listed, metadata))
          .ifPresent(metadata -> candidates.put(listed, metadata));
    }
    Map<ObjectVersion, TrackedStatus> tracked =
        statuses.find(candidates.keySet().stream().map(JournaledObject::object).toList());
    Tally tally = new Tally();
    candidates.forEach(
        (listed, metadata) -> {
          TrackedStatus status = tracked.get(listed.object());
          if (status != null) {
            tally.add(listed, metadata, status);
          }
        });
    return new Found(
        Optional.of(next),
        page.size(),
        tally.retries,
        tally.missing,
        tally.corrections,
        tally.bytes);
  }

  /** What cannot be read cannot be queued either; the populator has set it aside. */
  private static Optional<ObjectMetadata> parsed(JournaledObject listed) {
    try {
      return Optional.of(ObjectMetadata.parse(listed.metadata()));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is left out: {}", listed.object(), e.getMessage());
      return Optional.empty();
    }
  }

  private static StatusChange failed(ObjectVersion object, LocationName location, String revision) {
    return new StatusChange(object, location, revision, StatusEvent.ATTEMPTS_EXHAUSTED, "");
  }

  /** Gathers what a page holds. */
  private final class Tally {
    private final List<RetryRequest> retries = new ArrayList<>();
    private final List<Found.Missing> missing = new ArrayList<>();
    private final List<StatusChange> corrections = new ArrayList<>();
    private final Map<LocationName, Boolean> emptyQueues = new HashMap<>();
    private long bytes;

    private void add(JournaledObject listed, ObjectMetadata metadata, TrackedStatus status) {
      List<SiteReplication> wanted = rules.wanted(listed, metadata, status);
      if (wanted.isEmpty()) {
        return;
      }
      List<LedgerEntry> recorded = ledger.find(listed.object());
      for (SiteReplication site : wanted) {
        JobKey key = new JobKey(JobType.REPLICATION, listed.object(), site.location());
        Optional<LedgerEntry> entry =
            recorded.stream().filter(e -> e.job().key().equals(key)).findFirst();
        ResyncRules.Need need = rules.need(site, status.revision(), entry, this::isEmpty);
        if (need == ResyncRules.Need.NOTHING) {
          continue;
        }
        if (need == ResyncRules.Need.CORRECTION) {
          corrections.add(failed(listed.object(), site.location(), status.revision()));
          continue;
        }
        bytes += metadata.replicationInfo().includesData() ? metadata.contentLength() : 0;
        if (need == ResyncRules.Need.RETRY) {
          retries.add(RetryRequest.of(listed.object(), site.location()));
        } else {
          missing.add(
              new Found.Missing(
                  listed.object(), site.location(), status.revision(), site.status(), entry));
        }
      }
    }

    private boolean isEmpty(LocationName location) {
      return emptyQueues.computeIfAbsent(
          location, at -> queue.backlog(new QueueName(JobType.REPLICATION, at)) == 0);
    }
  }
}
