package io.backbeat.server.config;

/** How much is logged. */
public enum LogLevel {
  /** Everything. */
  TRACE,
  /** What a developer wants to know. */
  DEBUG,
  /** What an operator may want to know. */
  INFO,
  /** What an operator should look at. */
  WARN,
  /** What does not work. */
  ERROR,
  /** As {@link #ERROR}: nothing is logged as fatal. */
  FATAL
}
