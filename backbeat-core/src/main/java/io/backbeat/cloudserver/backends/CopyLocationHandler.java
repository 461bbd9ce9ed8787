package io.backbeat.cloudserver.backends;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.job.Job;
import io.backbeat.replication.CopyResults;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Copies the data of one version to another location, for a lifecycle transition. The payload of
 * the job is the message of action {@code copyLocation}. Thread-safe; running a job twice writes
 * the same data twice and tells two results; once the first has become the object, a repetition
 * does nothing and tells nothing.
 *
 * <p>A copy that was made is told here, before the job counts as done. One that failed for good is
 * told by {@link CopyFailureNotices}, because only the engine knows which attempt is the last.
 */
public final class CopyLocationHandler implements JobHandler {
  static final String INVALID_STATE = "InvalidObjectState";

  private final CloudServers servers;
  private final Map<LocationName, Backend> backends;
  private final CloudTransfers transfers;
  private final CopyResults results;

  /**
   * A handler for some clouds.
   *
   * @param servers the source
   * @param backends each location's own name and type
   * @param transfers shared with the other handlers of the process
   * @param results where copies that were made are told
   */
  public CopyLocationHandler(
      CloudServers servers,
      Map<LocationName, Backend> backends,
      CloudTransfers transfers,
      CopyResults results) {
    this.servers = servers;
    this.backends = Map.copyOf(backends);
    this.transfers = transfers;
    this.results = results;
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
      return attempt(job, CopyRequest.parse(job.payload()), backend, context);
    } catch (CopyFailedException e) {
      return e.outcome();
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected("MalformedMessage", job.key() + ": " + e.getMessage());
    }
  }

  private TaskOutcome attempt(Job job, CopyRequest request, Backend backend, JobContext context)
      throws CopyFailedException, InterruptedException {
    Instant started = context.clock().instant();
    CloudServer server;
    Optional<String> current;
    try {
      server = servers.as(request.identity());
      current = server.metadata(job.object());
    } catch (CloudServerException e) {
      throw CopyFailedException.ofSource(e);
    }
    if (current.isEmpty()) {
      return new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "source has no " + job.object());
    }
    CopySource source = CopySource.of(job.object(), current.get());
    boolean awaited = CopyRequest.isAwaited(current.get());
    if (source.metadata().dataStoreName().equals(backend.location().value())) {
      if (awaited) {
        String there = job.object() + " is at " + backend.location() + " already";
        tell(request, request.error(INVALID_STATE, there, started, context.clock().instant()));
      }
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    }
    Optional<String> mismatch = request.mismatch(source.metadata());
    if (mismatch.isPresent()) {
      return awaited
          ? new TaskOutcome.Rejected(INVALID_STATE, job.object() + " " + mismatch.get())
          : TaskOutcome.Replicated.WITHOUT_VERSION;
    }
    BackendReceipt receipt =
        transfers.write(
            new Destination(server, request.identity(), backend, job, true, context),
            source,
            BackendPlan.writeMode(
                source.metadata(), backend, transfers.options().multipartThreshold()),
            false);
    tell(request, request.success(receipt.location(), started, context.clock().instant()));
    return new TaskOutcome.Replicated(receipt.versionId());
  }

  private void tell(CopyRequest request, String result) {
    if (!request.resultsTopic().isEmpty()) {
      results.publish(request.resultsTopic(), result);
    }
  }
}
