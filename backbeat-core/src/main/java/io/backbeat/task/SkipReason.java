package io.backbeat.task;

/** Why a job was not done and is not to be done. */
public enum SkipReason {
  /** The source does not have the version any more. */
  SOURCE_GONE,
  /** The source has a newer state of the version; that one has, or will get, a job of its own. */
  SUPERSEDED
}
