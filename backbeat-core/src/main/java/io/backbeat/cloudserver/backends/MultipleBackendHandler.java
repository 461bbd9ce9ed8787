package io.backbeat.cloudserver.backends;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.transfer.ReplicationRights;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one object version to one of the clouds behind CloudServer, by the routes {@code
 * multiplebackenddata} of the source server, which has their credentials. Thread-safe; running a
 * job twice writes the same object twice.
 *
 * <p>Nothing is written unless the source still has the revision that the job speaks of, and the
 * bucket still wants it replicated under the role of the job. A large object goes on where an
 * earlier attempt, maybe of another process, has stopped.
 */
public final class MultipleBackendHandler implements JobHandler {
  private static final String MALFORMED = "MalformedMetadata";

  private final CloudServers servers;
  private final Map<LocationName, Backend> backends;
  private final CloudTransfers transfers;
  private final SourceState source;
  private final ReplicationRights rights;

  /**
   * A handler for some clouds.
   *
   * @param servers the source
   * @param backends each location's own name and type
   * @param transfers shared with the other handlers of the process
   */
  public MultipleBackendHandler(
      CloudServers servers,
      Map<LocationName, Backend> backends,
      CloudTransfers transfers,
      Clock clock) {
    this.servers = servers;
    this.backends = Map.copyOf(backends);
    this.transfers = transfers;
    this.source = new SourceState(transfers.options(), clock);
    this.rights = new ReplicationRights(clock, transfers.options().configurationFor());
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws InterruptedException {
    Backend backend = backends.get(job.location());
    if (backend == null) {
      return new TaskOutcome.Rejected(
          "UnknownLocation",
          "no cloud is called " + job.location() + "; there are " + backends.keySet());
    }
    try {
      return attempt(job, backend, context);
    } catch (CopyFailedException e) {
      return e.outcome();
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected(MALFORMED, job.key() + ": " + e.getMessage());
    }
  }

  private TaskOutcome attempt(Job job, Backend backend, JobContext context)
      throws CopyFailedException, InterruptedException {
    ObjectMetadata queued = ObjectMetadata.parse(job.payload());
    Optional<TaskOutcome> refusal = SourceRole.refusal(queued.replicationInfo());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String role = SourceRole.of(queued.replicationInfo());
    CloudServer server;
    Optional<String> current;
    try {
      server = servers.as(role);
      refusal = rights.refusal(server, job.object(), List.of(role));
      if (refusal.isPresent()) {
        return refusal.get();
      }
      current = source.metadata(server, job, queued);
    } catch (CloudServerException e) {
      throw CopyFailedException.ofSource(e);
    }
    Destination to = new Destination(server, role, backend, job, false, context);
    if (current.isEmpty()) {
      return queued.isDeleteMarker() ? delete(to) : gone(job);
    }
    CopySource version = CopySource.of(job.object(), current.get());
    Optional<TaskOutcome> changed = changed(job, queued, version.metadata());
    return changed.isPresent() ? changed.get() : carryOut(to, version);
  }

  private static TaskOutcome gone(Job job) {
    return new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "source has no " + job.object());
  }

  private static Optional<TaskOutcome> changed(
      Job job, ObjectMetadata queued, ObjectMetadata current) {
    String revision = current.revision();
    if (!revision.equals(job.revision())) {
      return Optional.of(
          new TaskOutcome.Skipped(
              SkipReason.SUPERSEDED,
              "source has revision "
                  + revision
                  + " of "
                  + job.object()
                  + ", the job is about "
                  + job.revision()));
    }
    // NFS writes without CloudServer knowing, so that a revision may stay.
    return current.isNfs() && !current.contentMd5().equals(queued.contentMd5())
        ? Optional.of(
            new TaskOutcome.Skipped(
                SkipReason.SUPERSEDED,
                "source has content "
                    + current.contentMd5()
                    + " of "
                    + job.object()
                    + ", the job is about "
                    + queued.contentMd5()))
        : Optional.empty();
  }

  private TaskOutcome carryOut(Destination to, CopySource version)
      throws CopyFailedException, InterruptedException {
    long threshold = transfers.options().multipartThreshold();
    BackendPlan plan = BackendPlan.of(version.metadata(), to.backend(), threshold);
    if (plan instanceof BackendPlan.DeleteObject) {
      return delete(to);
    }
    if (plan instanceof BackendPlan.Nothing nothing) {
      return new TaskOutcome.Replicated(nothing.dataStoreVersionId());
    }
    if (plan instanceof BackendPlan.Tags tags) {
      Optional<String> versionId = tag(to, tags);
      if (versionId.isPresent()) {
        return new TaskOutcome.Replicated(versionId.get());
      }
    }
    BackendPlan.WriteMode mode =
        plan instanceof BackendPlan.Write write
            ? write.mode()
            : BackendPlan.writeMode(version.metadata(), to.backend(), threshold);
    return new TaskOutcome.Replicated(transfers.write(to, version, mode, true).versionId());
  }

  private static TaskOutcome delete(Destination to)
      throws CopyFailedException, InterruptedException {
    to.context().transferStarted();
    try {
      to.server().deleteObject(to.bucket(), to.key(), to.backend());
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    } catch (CloudServerException e) {
      throw CopyFailedException.ofDestination(e);
    }
  }

  /** Empty if the copy is gone, and has to be written again. */
  private static Optional<String> tag(Destination to, BackendPlan.Tags tags)
      throws CopyFailedException, InterruptedException {
    try {
      String versionId =
          tags.tags().isEmpty()
              ? to.server()
                  .deleteTagging(to.job().object(), to.backend(), tags.dataStoreVersionId())
              : to.server()
                  .putTagging(
                      to.job().object(), to.backend(), tags.dataStoreVersionId(), tags.tags());
      return Optional.of(versionId.isEmpty() ? tags.dataStoreVersionId() : versionId);
    } catch (CloudServerException e) {
      if (e.kind() == CloudServerException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw CopyFailedException.ofDestination(e);
    }
  }
}
