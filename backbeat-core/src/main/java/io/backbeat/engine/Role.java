package io.backbeat.engine;

/** A part of the work that an engine can take on. Several engines on one store may share roles. */
public enum Role {
  /** Reads the metadata log and queues jobs. */
  POPULATOR,
  /** Runs queued jobs and queues due retries. */
  PROCESSOR,
  /** Ends pauses whose time has come. */
  SCHEDULER
}
