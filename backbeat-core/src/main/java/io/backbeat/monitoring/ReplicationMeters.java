package io.backbeat.monitoring;

import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.queue.QueueName;
import io.backbeat.task.TaskOutcome;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of replication jobs, in the meters of the original. Thread-safe.
 *
 * <p>The engine knows neither the source location of a job, without reading its metadata, nor the
 * types of locations; their labels are empty, which to Prometheus is the same as absent.
 */
final class ReplicationMeters implements JobEvent.Listener {
  static final String ORIGIN = "replication";
  private static final String SERVICE = "ReplicationQueueProcessor";
  private static final String COMPLETED = "COMPLETED";
  private static final String FAILED = "FAILED";
  private static final String PENDING = "PENDING";
  private static final String UNKNOWN = "";

  /** More failed attempts than that have one label, so that there are not ever more of them. */
  private static final int MOST_COUNTED = 20;

  private final Meters meters;
  private final QueueLabels labels;

  ReplicationMeters(Meters meters, QueueLabels labels) {
    this.meters = meters;
    this.labels = labels;
  }

  @Override
  public void on(JobEvent event) {
    Job job = event.job();
    if (!job.key().type().equals(JobType.REPLICATION)) {
      return;
    }
    if (event instanceof JobEvent.Queued) {
      queued(job);
    } else if (event instanceof JobEvent.Requeued) {
      status(job, PENDING);
    } else if (event instanceof JobEvent.TransferStarted) {
      started(job, event.at());
    } else if (event instanceof JobEvent.BytesTransferred moved) {
      meters.add(EngineMeters.DATA_BYTES, (double) moved.bytes(), service(job));
      meters.add(EngineMeters.SOURCE_BYTES, (double) moved.bytes(), service(job));
    } else if (event instanceof JobEvent.AttemptFailed) {
      again(job);
    } else if (event instanceof JobEvent.Completed) {
      completed(job);
      ended(job, event.at(), COMPLETED);
    } else if (event instanceof JobEvent.Failed) {
      ended(job, event.at(), FAILED);
    } else if (event instanceof JobEvent.Dropped) {
      meters.add(EngineMeters.DROPPED, 1, job.location().value());
    }
  }

  private void queued(Job job) {
    String partition = Integer.toString(labels.partition(QueueName.of(job), job.object()));
    String to = job.location().value();
    meters.add(EngineMeters.QUEUED_OBJECTS, 1, ORIGIN, partition, UNKNOWN, UNKNOWN, to, UNKNOWN);
    meters.add(
        EngineMeters.QUEUED_BYTES,
        (double) job.bytes(),
        ORIGIN,
        partition,
        UNKNOWN,
        UNKNOWN,
        to,
        UNKNOWN);
    status(job, PENDING);
  }

  private void started(Job job, Instant at) {
    meters.add(EngineMeters.READS, 1, service(job));
    if (job.attempt() == 0) {
      Duration waited = Duration.between(job.createdAt(), at);
      meters.observe(EngineMeters.RPO, Seconds.of(waited), service(job));
    }
  }

  private void again(Job job) {
    String[] replay = replay(job);
    meters.add(EngineMeters.REPLAY_ATTEMPTS, 1, replay);
    meters.add(EngineMeters.REPLAY_OBJECTS_QUEUED, 1, replay);
    meters.add(EngineMeters.REPLAY_BYTES_QUEUED, (double) job.bytes(), replay);
    meters.observe(EngineMeters.REPLAY_SIZES_QUEUED, (double) job.bytes(), replay);
  }

  private void completed(Job job) {
    meters.add(
        EngineMeters.WRITES,
        1,
        ORIGIN,
        SERVICE,
        job.location().value(),
        job.bytes() > 0 ? "data" : "metadata");
    meters.add(EngineMeters.METADATA_BYTES, job.payload().length(), service(job));
    if (job.attempt() > 0) {
      meters.add(EngineMeters.REPLAY_SUCCESS, 1, replay(job));
    }
  }

  private void ended(Job job, Instant at, String status) {
    status(job, status);
    String[] ended = {ORIGIN, job.location().value(), count(job), status};
    meters.observe(EngineMeters.LATENCY, Seconds.of(Duration.between(job.createdAt(), at)), ended);
    meters.add(EngineMeters.REPLAY_OBJECTS_COMPLETED, 1, ended);
    meters.add(EngineMeters.REPLAY_BYTES_COMPLETED, (double) job.bytes(), ended);
    meters.observe(EngineMeters.REPLAY_SIZES_COMPLETED, (double) job.bytes(), ended);
    meters.observe(EngineMeters.REPLAY_COUNT, job.attempt(), ORIGIN, job.location().value());
  }

  private void status(Job job, String status) {
    meters.add(EngineMeters.STATUS, 1, ORIGIN, status);
    meters.add(
        job.bytes() > 0 ? EngineMeters.DATA_STATUS : EngineMeters.METADATA_STATUS,
        1,
        ORIGIN,
        job.location().value(),
        status);
  }

  /** An attempt came to an end; those that are followed by another one decide nothing. */
  static void attempted(Meters meters, Job job, TaskOutcome outcome, Duration took) {
    boolean data = job.bytes() > 0;
    String to = job.location().value();
    meters.observe(
        EngineMeters.STAGE_TIME,
        (double) took.toMillis(),
        ORIGIN,
        SERVICE,
        to,
        data ? "ReplicationDestinationDataWrite" : "ReplicationDestinationMetadataWrite");
    boolean replicated = outcome instanceof TaskOutcome.Replicated;
    if (replicated || outcome instanceof TaskOutcome.Rejected) {
      String status = replicated ? COMPLETED : FAILED;
      meters.add(
          EngineMeters.PROCESSED_BYTES,
          (double) job.bytes(),
          ORIGIN,
          UNKNOWN,
          UNKNOWN,
          to,
          UNKNOWN,
          status);
      meters.observe(
          EngineMeters.ELAPSED,
          Seconds.of(took),
          ORIGIN,
          UNKNOWN,
          UNKNOWN,
          to,
          UNKNOWN,
          status,
          SizeRange.of(job.bytes()));
    }
  }

  private static String[] service(Job job) {
    return new String[] {ORIGIN, SERVICE, job.location().value()};
  }

  private static String[] replay(Job job) {
    return new String[] {ORIGIN, job.location().value(), count(job)};
  }

  private static String count(Job job) {
    return Integer.toString(Math.min(job.attempt(), MOST_COUNTED));
  }
}
