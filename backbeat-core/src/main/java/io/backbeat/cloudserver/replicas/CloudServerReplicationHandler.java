package io.backbeat.cloudserver.replicas;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.transfer.PartWorkers;
import io.backbeat.cloudserver.transfer.ReplicationRights;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Brings one version from one CloudServer to another: its data part by part, then its metadata, by
 * which the replica becomes visible, whole. Makes one attempt; thread-safe.
 *
 * <p>Running a job twice writes the same replica twice. A change of metadata alone moves no data,
 * unless the destination turns out not to have the version; then it is copied whole, once.
 *
 * <p>The source is read once more right before the replica is made visible: a version that was
 * changed or deleted during the copy does not appear there in its old state. What happens in the
 * moment between that look and the write is the next job's business, as the change has one of its
 * own.
 */
public final class CloudServerReplicationHandler implements JobHandler {
  private final CloudServers sources;
  private final Map<LocationName, ScalityDestination> destinations;
  private final CopiedParts copied;
  private final PartWorkers workers;
  private final ReplicationRights rights;
  private final DestinationAccounts accounts;

  /**
   * A handler between servers that stay the caller's to close.
   *
   * @param sources the source with the credentials of a role, whose ARN is given; where credentials
   *     do not come from roles, the same for all
   * @param destinations one for each location
   * @param uploads where parts are remembered that are written and belong to no object yet
   * @param executor runs the parts of large objects beside the thread of the job; one that refuses
   *     work only makes them slower
   * @param clock tells how old what was looked up is
   */
  public CloudServerReplicationHandler(
      CloudServers sources,
      Map<LocationName, ScalityDestination> destinations,
      UploadStore uploads,
      Executor executor,
      CopySettings settings,
      Clock clock) {
    this.sources = sources;
    this.destinations = Map.copyOf(destinations);
    this.copied = new CopiedParts(uploads);
    this.workers = new PartWorkers(executor, settings.partsAtOnce(), Integer.MAX_VALUE);
    this.rights = new ReplicationRights(clock, settings.configurationAge());
    this.accounts = new DestinationAccounts(settings, clock);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws InterruptedException {
    ScalityDestination destination = destinations.get(job.location());
    if (destination == null) {
      return new TaskOutcome.Rejected(
          "UnknownLocation",
          "no CloudServer is called " + job.location() + "; there are " + destinations.keySet());
    }
    try {
      replicate(job, destination, context);
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    } catch (AttemptEnded ended) {
      return ended.outcome();
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected(
          "MalformedMetadata", "metadata of " + job.object() + ": " + e.getMessage());
    }
  }

  /**
   * Removes data that an attempt left at a destination and that nobody needs any more. Nothing
   * happens if an attempt has begun to go on with it since it was read.
   *
   * @param now what cannot be removed now rests from then on
   * @return whether the data is gone and forgotten; false if it is no data of this handler, is gone
   *     on with, or cannot be removed now
   */
  public boolean discard(OpenUpload upload, Instant now) {
    ScalityDestination destination = destinations.get(upload.job().location());
    if (destination == null || !CopiedParts.isOne(upload)) {
      return false;
    }
    return copied.discard(() -> destination.servers().as(upload.role()), upload, now);
  }

  private void replicate(Job job, ScalityDestination destination, JobContext context)
      throws AttemptEnded, InterruptedException {
    ObjectMetadata metadata = ObjectMetadata.parse(job.payload());
    ReplicationInfo info = metadata.replicationInfo();
    ReplicationRoles roles = ReplicationRoles.of(info);
    CloudServer source = AttemptEnded.unlessSource(() -> sources.as(roles.source()));
    Optional<TaskOutcome> refusal =
        AttemptEnded.unlessSource(() -> rights.refusal(source, job.object(), roles.both()));
    if (refusal.isPresent()) {
      throw new AttemptEnded(refusal.get());
    }
    Account owner = accounts.find(job.location(), destination, roles.destinationAccount());
    Replica replica =
        new Replica(
            job,
            source,
            AttemptEnded.unlessDestination(() -> destination.servers().as(roles.destination())),
            roles.destination(),
            owner,
            new ObjectVersion(
                info.destinationBucket(), job.object().key(), job.object().versionId()));
    boolean withoutData = metadata.isDeleteMarker() || metadata.contentLength() == 0;
    if (withoutData) {
      putWithoutData(replica, metadata.isDeleteMarker());
    } else if (info.includesData() || !putMetadataOnly(replica)) {
      new DataCopy(replica, copied, workers, context).run(parts(job));
    }
  }

  /** One request, also where the destination has nothing yet. */
  private static void putWithoutData(Replica replica, boolean deleteMarker)
      throws AttemptEnded, InterruptedException {
    String current = replica.current();
    replica.mustBeOf(current);
    LocationName site = replica.job().location();
    String metadata =
        deleteMarker
            ? ReplicaMetadata.withoutData(current, site, replica.owner())
            : ReplicaMetadata.withData(current, site, replica.owner(), List.of());
    AttemptEnded.unlessDestination(
        () -> {
          replica.destination().putMetadata(replica.object(), metadata, false);
          return metadata;
        });
  }

  /** Returns false if the destination does not have the version. */
  private static boolean putMetadataOnly(Replica replica)
      throws AttemptEnded, InterruptedException {
    String current = replica.current();
    replica.mustBeOf(current);
    String metadata =
        ReplicaMetadata.withoutData(current, replica.job().location(), replica.owner());
    return AttemptEnded.unlessDestination(
        () -> {
          try {
            replica.destination().putMetadata(replica.object(), metadata, true);
            return true;
          } catch (CloudServerException e) {
            if (CloudServerFailure.isMissingObject(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static List<SourcePart> parts(Job job) throws AttemptEnded {
    List<SourcePart> parts;
    try {
      parts = SourcePart.of(job.payload());
    } catch (IllegalArgumentException e) {
      throw noPart(job, String.valueOf(e.getMessage()));
    }
    if (parts.isEmpty()) {
      throw noPart(job, "it has no location, and its content-length is not 0");
    }
    return parts;
  }

  private static AttemptEnded noPart(Job job, String problem) {
    return new AttemptEnded(
        new TaskOutcome.Rejected(
            "MissingETag", "the data of " + job.object() + " cannot be copied: " + problem));
  }
}
