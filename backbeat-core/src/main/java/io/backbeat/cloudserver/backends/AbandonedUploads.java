package io.backbeat.cloudserver.backends;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.job.JobKey;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import io.backbeat.status.FailedJobStore;
import io.backbeat.status.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends uploads that no job will go on with: those whose job has failed for good, was superseded,
 * dropped, or done another way. Several processes may sweep at once, which ends an upload twice and
 * harms nothing. An upload that is ended by mistake, because the ledger lost its job, costs the
 * parts it had: the job begins anew.
 */
public final class AbandonedUploads {
  /** How long an upload is left alone after its last part, so that running ones are never ended. */
  public static final Duration USUAL_REST = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(AbandonedUploads.class);

  private final UploadStore uploads;
  private final FailedJobStore ledger;
  private final CloudServers servers;
  private final Map<LocationName, Backend> backends;
  private final Predicate<OpenUpload> others;
  private final Duration rest;
  private final Clock clock;

  /**
   * Does nothing until it is asked.
   *
   * @param backends each location's own name and type
   * @param rest how long an upload must not have been touched; longer than a part takes
   */
  public AbandonedUploads(
      UploadStore uploads,
      FailedJobStore ledger,
      CloudServers servers,
      Map<LocationName, Backend> backends,
      Duration rest,
      Clock clock) {
    this(uploads, ledger, servers, backends, upload -> false, rest, clock);
  }

  /**
   * Does nothing until it is asked.
   *
   * @param backends each location's own name and type
   * @param others ends and forgets an upload at any other location, such as the data that {@code
   *     CloudServerReplicationHandler} left there; says whether it could
   * @param rest how long an upload must not have been touched; longer than a part takes
   */
  public AbandonedUploads(
      UploadStore uploads,
      FailedJobStore ledger,
      CloudServers servers,
      Map<LocationName, Backend> backends,
      Predicate<OpenUpload> others,
      Duration rest,
      Clock clock) {
    this.others = others;
    this.uploads = uploads;
    this.ledger = ledger;
    this.servers = servers;
    this.backends = Map.copyOf(backends);
    this.rest = rest;
    this.clock = clock;
  }

  /**
   * Looks at uploads that have rested long enough, those that rested longest first. One that is
   * still needed, or cannot be ended now, is looked at again after it has rested once more.
   *
   * @param limit at most so many; call again at once if that many were looked at
   * @return how many were looked at
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; calling
   *     again is safe
   */
  public int sweep(int limit) throws InterruptedException {
    Instant now = clock.instant();
    List<OpenUpload> resting = uploads.untouched(now.minus(rest), limit);
    for (OpenUpload upload : resting) {
      if (isNeeded(upload) || !end(upload)) {
        uploads.touch(upload.job(), upload.uploadId(), now);
      }
    }
    return resting.size();
  }

  /** What others left is told apart by its content: a newer write may have the same. */
  private boolean isNeeded(OpenUpload upload) {
    boolean ofAnyWrite = !backends.containsKey(upload.job().location());
    return ledger
        .find(upload.job())
        .filter(entry -> entry.state() != JobState.FAILED)
        .filter(entry -> ofAnyWrite || WriteName.isOf(upload.revision(), entry.job().revision()))
        .isPresent();
  }

  private boolean end(OpenUpload upload) throws InterruptedException {
    JobKey job = upload.job();
    Backend backend = backends.get(job.location());
    if (backend == null) {
      boolean ended = others.test(upload);
      if (!ended) {
        LOG.warn(
            "Cannot end upload {} of {} now, or ever if its location is gone",
            upload.uploadId(),
            job);
      }
      return ended;
    }
    try {
      servers
          .as(upload.role())
          .abortUpload(job.object().bucket(), job.object().key(), backend, upload.uploadId());
    } catch (CloudServerException e) {
      LOG.warn(
          "Cannot end upload {} of {} now: {}",
          upload.uploadId(),
          job,
          CloudServerFailure.notInterrupted(e).getMessage());
      return false;
    }
    uploads.remove(job, upload.uploadId());
    LOG.info("Ended upload {} of {}, which no job needs", upload.uploadId(), job);
    return true;
  }
}
