package io.backbeat.populator;

import io.backbeat.log.LogEntry;

/**
 * Decides which jobs a log entry asks for. Pure: same entry, same plan; no effects. Written by an
 * embedder for job types of their own. Called by one thread at a time.
 */
@FunctionalInterface
public interface JobPlanner {
  /** Plans one entry. An exception counts as {@link Plan.Malformed} with its message. */
  Plan plan(LogEntry entry);
}
