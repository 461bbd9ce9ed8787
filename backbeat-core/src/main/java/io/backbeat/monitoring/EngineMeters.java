package io.backbeat.monitoring;

import java.util.List;

/**
 * Every meter of an engine. Names and labels of the original are kept, so that its dashboards and
 * alerts go on working; {@code docs/reference/metrics.md} says where values mean something else.
 */
public final class EngineMeters {
  /** When a job was last published, in seconds since 1970. */
  public static final Meter PUBLISHED_AT =
      Meter.gauge(
          "s3_backbeat_queue_latest_published_message_timestamp",
          "When a job was last published, in seconds since 1970",
          "topic",
          "partition");

  /** Jobs whose publishing succeeded or failed. */
  public static final Meter DELIVERY_REPORTS =
      Meter.counter(
          "s3_backbeat_queue_delivery_reports_total",
          "Jobs whose publishing succeeded or failed",
          "status");

  /** When the client write happened whose job was received last, in seconds since 1970. */
  public static final Meter CONSUMED_MESSAGE_AT =
      Meter.gauge(
          "s3_backbeat_queue_latest_consumed_message_timestamp",
          "When the client write happened whose job was received last, in seconds since 1970",
          "topic",
          "partition",
          "group");

  /** When a job was last received, in seconds since 1970. */
  public static final Meter CONSUMED_AT =
      Meter.gauge(
          "s3_backbeat_queue_latest_consume_event_timestamp",
          "When a job was last received, in seconds since 1970",
          "topic",
          "partition",
          "group");

  /**
   * Times partitions were taken away: while nothing ran, after all that ran had ended, or before.
   */
  public static final Meter REBALANCES =
      Meter.counter(
          "s3_backbeat_queue_rebalance_total",
          "Times partitions were taken away: while nothing ran, after all that ran had ended, or before",
          "topic",
          "group",
          "status");

  /** Attempts that have been running for more than five minutes. */
  public static final Meter SLOW_TASKS =
      Meter.gauge(
          "s3_backbeat_queue_slowTasks_count",
          "Attempts that have been running for more than five minutes",
          "topic",
          "partition",
          "group");

  /** How long attempts took. */
  public static final Meter TASK_TIME =
      Meter.histogram(
          "s3_backbeat_queue_task_processing_time_seconds",
          "How long attempts took",
          new double[] {0.01, 0.1, 1, 10, 50, 100, 200, 300},
          "topic",
          "partition",
          "group",
          "error");

  /** Circuit breaker of a queue: 0 closed, 1 probing, 2 open. */
  public static final Meter BREAKER =
      Meter.gauge(
          "s3_circuit_breaker", "Circuit breaker of a queue: 0 closed, 1 probing, 2 open", "type");

  /** Attempts that found the destination down. */
  public static final Meter BREAKER_ERRORS =
      Meter.gauge("s3_circuit_breaker_errors_count", "Attempts that found the destination down");

  /** Jobs published and not committed. */
  public static final Meter BACKLOG =
      Meter.gauge(
          "s3_backbeat_queue_backlog_jobs", "Jobs published and not committed", "topic", "group");

  /** How long ago the client write happened whose job has waited longest; 0 without a job. */
  public static final Meter OLDEST_AGE =
      Meter.gauge(
          "s3_backbeat_queue_oldest_job_age_seconds",
          "How long ago the client write happened whose job has waited longest; 0 without a job",
          "topic",
          "group");

  /** Jobs received and not settled. */
  public static final Meter IN_FLIGHT =
      Meter.gauge(
          "s3_backbeat_queue_in_flight_jobs", "Jobs received and not settled", "topic", "group");

  /** Attempts being made. */
  public static final Meter RUNNING =
      Meter.gauge("s3_backbeat_queue_running_attempts", "Attempts being made", "topic", "group");

  /** When an offset was last committed or the queue was found empty, in seconds since 1970. */
  public static final Meter PROGRESS_AT =
      Meter.gauge(
          "s3_backbeat_queue_last_progress_timestamp",
          "When an offset was last committed or the queue was found empty, in seconds since 1970",
          "topic",
          "group");

  /** Outcomes dropped because their partition had been taken away. */
  public static final Meter STALE_OUTCOMES =
      Meter.counter(
          "s3_backbeat_queue_stale_outcomes_total",
          "Outcomes dropped because their partition had been taken away",
          "topic",
          "group");

  /** Times the consumer of a queue was restarted because a partition stood still. */
  public static final Meter CONSUMER_RESTARTS =
      Meter.counter(
          "s3_backbeat_queue_consumer_restarts_total",
          "Times the consumer of a queue was restarted because a partition stood still",
          "topic",
          "group");

  /** Number of the last log record that was turned into jobs. */
  public static final Meter LOG_READ_OFFSET =
      Meter.gauge(
          "s3_replication_read_offset",
          "Number of the last log record that was turned into jobs",
          "origin",
          "logName",
          "logId");

  /** Number of the last record of the log. */
  public static final Meter LOG_SIZE =
      Meter.gauge(
          "s3_replication_log_size",
          "Number of the last record of the log",
          "origin",
          "logName",
          "logId");

  /** When the log recorded what was read last, in seconds since 1970. */
  public static final Meter LOG_READ_AT =
      Meter.gauge(
          "s3_replication_log_timestamp",
          "When the log recorded what was read last, in seconds since 1970",
          "origin",
          "logName",
          "logId");

  /** Log records that are not turned into jobs yet. */
  public static final Meter LOG_LAG =
      Meter.gauge(
          "s3_replication_populator_lag_entries",
          "Log records that are not turned into jobs yet",
          "origin",
          "logName",
          "logId");

  /** Jobs that the populator published or failed to publish. */
  public static final Meter POPULATED_MESSAGES =
      Meter.counter(
          "s3_replication_populator_messages_total",
          "Jobs that the populator published or failed to publish",
          "origin",
          "logName",
          "logId",
          "publishStatus");

  /** Object versions that the populator queued jobs for. */
  public static final Meter POPULATED_OBJECTS =
      Meter.counter(
          "s3_replication_populator_objects_total",
          "Object versions that the populator queued jobs for",
          "origin",
          "logName",
          "logId");

  /** Content length of those object versions. */
  public static final Meter POPULATED_BYTES =
      Meter.counter(
          "s3_replication_populator_bytes_total",
          "Content length of those object versions",
          "origin",
          "logName",
          "logId");

  /** Records set aside because nobody can read them. */
  public static final Meter QUARANTINED =
      Meter.gauge(
          "s3_backbeat_quarantined_records", "Records set aside because nobody can read them");

  /** Statuses that jobs with content came to. */
  public static final Meter DATA_STATUS =
      Meter.counter(
          "s3_replication_data_status_changed_total",
          "Statuses that jobs with content came to",
          "origin",
          "location",
          "replicationStatus");

  /** Statuses that jobs without content came to. */
  public static final Meter METADATA_STATUS =
      Meter.counter(
          "s3_replication_metadata_status_changed_total",
          "Statuses that jobs without content came to",
          "origin",
          "location",
          "replicationStatus");

  /** Bytes of content that reached a destination. */
  public static final Meter DATA_BYTES =
      Meter.counter(
          "s3_replication_data_bytes_total",
          "Bytes of content that reached a destination",
          "origin",
          "serviceName",
          "location");

  /** Characters of metadata of versions that reached a destination. */
  public static final Meter METADATA_BYTES =
      Meter.counter(
          "s3_replication_metadata_bytes_total",
          "Characters of metadata of versions that reached a destination",
          "origin",
          "serviceName",
          "location");

  /** Bytes of content read from the source. */
  public static final Meter SOURCE_BYTES =
      Meter.counter(
          "s3_replication_source_data_bytes_total",
          "Bytes of content read from the source",
          "origin",
          "serviceName",
          "location");

  /** Times content was read from the source. */
  public static final Meter READS =
      Meter.counter(
          "s3_replication_data_read_total",
          "Times content was read from the source",
          "origin",
          "serviceName",
          "location");

  /** Versions written to a destination. */
  public static final Meter WRITES =
      Meter.counter(
          "s3_replication_data_write_total",
          "Versions written to a destination",
          "origin",
          "serviceName",
          "location",
          "replicationContent");

  /**
   * How long the stages of an attempt took, in milliseconds; content is read and written at once,
   * so both count as the write.
   */
  public static final Meter STAGE_TIME =
      Meter.histogram(
          "s3_replication_stage_time_elapsed",
          "How long the stages of an attempt took, in milliseconds; content is read and written at once, so both count as the write",
          new double[] {10, 100, 1000, 10000, 30000, 60000, 120000, 300000},
          "origin",
          "serviceName",
          "location",
          "replicationStage");

  /** Time from the client write to the first attempt. */
  public static final Meter RPO =
      Meter.histogram(
          "s3_replication_rpo_seconds",
          "Time from the client write to the first attempt",
          new double[] {1, 10, 30, 60, 120, 300, 600},
          "origin",
          "serviceName",
          "location");

  /** Jobs queued for the first time. */
  public static final Meter QUEUED_OBJECTS =
      Meter.counter(
          "s3_replication_queued_objects_total",
          "Jobs queued for the first time",
          "origin",
          "partition",
          "fromLocation",
          "fromLocationType",
          "toLocation",
          "toLocationType");

  /** Content length of jobs queued for the first time. */
  public static final Meter QUEUED_BYTES =
      Meter.counter(
          "s3_replication_queued_bytes_total",
          "Content length of jobs queued for the first time",
          "origin",
          "partition",
          "fromLocation",
          "fromLocationType",
          "toLocation",
          "toLocationType");

  /** Content length of jobs whose attempt decided them. */
  public static final Meter PROCESSED_BYTES =
      Meter.counter(
          "s3_replication_processed_bytes_total",
          "Content length of jobs whose attempt decided them",
          "origin",
          "fromLocation",
          "fromLocationType",
          "toLocation",
          "toLocationType",
          "status");

  /** How long the attempts took that decided a job. */
  public static final Meter ELAPSED =
      Meter.histogram(
          "s3_replication_elapsed_seconds",
          "How long the attempts took that decided a job",
          new double[] {0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000},
          "origin",
          "fromLocation",
          "fromLocationType",
          "toLocation",
          "toLocationType",
          "status",
          "contentLengthRange");

  /** Statuses that versions came to at a location. */
  public static final Meter STATUS =
      Meter.counter(
          "s3_replication_status_changed_total",
          "Statuses that versions came to at a location",
          "origin",
          "replicationStatus");

  /** Time from the client write to the final status. */
  public static final Meter LATENCY =
      Meter.histogram(
          "s3_replication_latency_seconds",
          "Time from the client write to the final status",
          new double[] {1, 10, 30, 60, 120, 300, 600},
          "origin",
          "location",
          "replayCount",
          "replicationStatus");

  /** Attempts that failed and are followed by another one. */
  public static final Meter REPLAY_ATTEMPTS =
      Meter.counter(
          "s3_replication_replay_attempts_total",
          "Attempts that failed and are followed by another one",
          "origin",
          "location",
          "replayCount");

  /** Jobs that a further attempt completed. */
  public static final Meter REPLAY_SUCCESS =
      Meter.counter(
          "s3_replication_replay_success_total",
          "Jobs that a further attempt completed",
          "origin",
          "location",
          "replayCount");

  /** Further attempts planned. */
  public static final Meter REPLAY_OBJECTS_QUEUED =
      Meter.counter(
          "s3_replication_replay_objects_queued_total",
          "Further attempts planned",
          "origin",
          "location",
          "replayCount");

  /** Content length of jobs whose further attempt is planned. */
  public static final Meter REPLAY_BYTES_QUEUED =
      Meter.counter(
          "s3_replication_replay_bytes_queued_total",
          "Content length of jobs whose further attempt is planned",
          "origin",
          "location",
          "replayCount");

  /** Content length of jobs whose further attempt is planned. */
  public static final Meter REPLAY_SIZES_QUEUED =
      Meter.histogram(
          "s3_replication_replay_file_sizes_queued",
          "Content length of jobs whose further attempt is planned",
          new double[] {66560, 8388608, 68157440},
          "origin",
          "location",
          "replayCount");

  /** Jobs that came to a final status. */
  public static final Meter REPLAY_OBJECTS_COMPLETED =
      Meter.counter(
          "s3_replication_replay_objects_completed_total",
          "Jobs that came to a final status",
          "origin",
          "location",
          "replayCount",
          "replicationStatus");

  /** Content length of jobs that came to a final status. */
  public static final Meter REPLAY_BYTES_COMPLETED =
      Meter.counter(
          "s3_replication_replay_bytes_completed_total",
          "Content length of jobs that came to a final status",
          "origin",
          "location",
          "replayCount",
          "replicationStatus");

  /** Content length of jobs that came to a final status. */
  public static final Meter REPLAY_SIZES_COMPLETED =
      Meter.histogram(
          "s3_replication_replay_file_sizes_completed",
          "Content length of jobs that came to a final status",
          new double[] {66560, 8388608, 68157440},
          "origin",
          "location",
          "replayCount",
          "replicationStatus");

  /** Failed attempts of jobs that came to a final status. */
  public static final Meter REPLAY_COUNT =
      Meter.histogram(
          "s3_replication_replay_count",
          "Failed attempts of jobs that came to a final status",
          new double[] {0, 1, 2, 3, 4, 5, 10, 20},
          "origin",
          "location");

  /** Versions that failed for good and are listed. */
  public static final Meter FAILED_VERSIONS =
      Meter.gauge(
          "s3_replication_failed_versions",
          "Versions that failed for good and are listed",
          "location");

  /** Versions that wait for another attempt. */
  public static final Meter WAITING_VERSIONS =
      Meter.gauge(
          "s3_replication_waiting_versions", "Versions that wait for another attempt", "location");

  /** Versions whose job is in its queue or being run. */
  public static final Meter QUEUED_VERSIONS =
      Meter.gauge(
          "s3_replication_queued_versions",
          "Versions whose job is in its queue or being run",
          "location");

  /** Jobs that need not be done any more. */
  public static final Meter DROPPED =
      Meter.counter(
          "s3_replication_dropped_jobs_total", "Jobs that need not be done any more", "location");

  /** How long attempts to delete source data took. */
  public static final Meter GC_TIME =
      Meter.histogram(
          "s3_gc_duration_seconds",
          "How long attempts to delete source data took",
          new double[] {0.1, 0.2, 0.5, 2.5, 10, 50},
          "origin",
          "op",
          "location");

  /** Whether a location is to be paused. */
  public static final Meter PAUSED =
      Meter.gauge(
          "s3_backbeat_location_paused",
          "Whether a location is to be paused",
          "service",
          "location");

  /**
   * Whether what this scrape looked up could be read in time: queues, backlog, ledger, lag,
   * locations, log, quarantine.
   */
  public static final Meter READABLE =
      Meter.gauge(
          "s3_backbeat_readings_ok",
          "Whether what this scrape looked up could be read in time: queues, backlog, ledger, lag, locations, log, quarantine",
          "reading");

  /** How long ago the client wrote the version that has waited longest. */
  public static final Meter OLDEST_PENDING =
      Meter.gauge(
          "s3_replication_oldest_pending_age_seconds",
          "How long ago the client wrote the version that has waited longest; 0 if nothing is pending",
          "location");

  /** Versions that are pending, by age. */
  public static final Meter PENDING_VERSIONS =
      Meter.gauge(
          "s3_replication_pending_versions",
          "Versions that are pending, by the time since the client write",
          "location",
          "age");

  /** Content length of the versions that are pending, by age. */
  public static final Meter PENDING_BYTES =
      Meter.gauge(
          "s3_replication_pending_bytes",
          "Content length of the versions that are pending, by the time since the client write",
          "location",
          "age");

  /** Quantiles of the replication times of all processes. */
  public static final Meter TIME_QUANTILE =
      Meter.gauge(
          "s3_replication_time_quantile_seconds",
          "Time from the client write to COMPLETED that a share of the versions completed in the last 15 to 20 minutes, by all processes, did not exceed; absent if there were none",
          "location",
          "quantile");

  /** When a location will have caught up. */
  public static final Meter CATCH_UP =
      Meter.gauge(
          "s3_replication_catch_up_seconds",
          "When the location will have caught up if all goes on as in the last 5 minutes; absent if it will not",
          "location");

  /** Whether a location catches up. */
  public static final Meter CATCH_UP_STATE =
      Meter.gauge(
          "s3_replication_catch_up_state",
          "1 for the state the location is in: CAUGHT_UP, KEEPING_UP, CATCHING_UP, FALLING_BEHIND, STANDING_STILL, PAUSED, DESTINATION_DOWN",
          "location",
          "state");

  /** All of them. */
  public static final List<Meter> ALL =
      List.of(
          PUBLISHED_AT,
          DELIVERY_REPORTS,
          CONSUMED_MESSAGE_AT,
          CONSUMED_AT,
          REBALANCES,
          SLOW_TASKS,
          TASK_TIME,
          BREAKER,
          BREAKER_ERRORS,
          BACKLOG,
          OLDEST_AGE,
          IN_FLIGHT,
          RUNNING,
          PROGRESS_AT,
          STALE_OUTCOMES,
          CONSUMER_RESTARTS,
          LOG_READ_OFFSET,
          LOG_SIZE,
          LOG_READ_AT,
          LOG_LAG,
          POPULATED_MESSAGES,
          POPULATED_OBJECTS,
          POPULATED_BYTES,
          QUARANTINED,
          DATA_STATUS,
          METADATA_STATUS,
          DATA_BYTES,
          METADATA_BYTES,
          SOURCE_BYTES,
          READS,
          WRITES,
          STAGE_TIME,
          RPO,
          QUEUED_OBJECTS,
          QUEUED_BYTES,
          PROCESSED_BYTES,
          ELAPSED,
          STATUS,
          LATENCY,
          REPLAY_ATTEMPTS,
          REPLAY_SUCCESS,
          REPLAY_OBJECTS_QUEUED,
          REPLAY_BYTES_QUEUED,
          REPLAY_SIZES_QUEUED,
          REPLAY_OBJECTS_COMPLETED,
          REPLAY_BYTES_COMPLETED,
          REPLAY_SIZES_COMPLETED,
          REPLAY_COUNT,
          FAILED_VERSIONS,
          WAITING_VERSIONS,
          QUEUED_VERSIONS,
          OLDEST_PENDING,
          PENDING_VERSIONS,
          PENDING_BYTES,
          TIME_QUANTILE,
          CATCH_UP,
          CATCH_UP_STATE,
          DROPPED,
          GC_TIME,
          PAUSED,
          READABLE);

  private EngineMeters() {}
}
