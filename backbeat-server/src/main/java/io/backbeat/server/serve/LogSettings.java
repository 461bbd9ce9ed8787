package io.backbeat.server.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.backbeat.server.config.LogLevel;
import org.slf4j.LoggerFactory;

/**
 * Sets how much Backbeat logs, until it is restored. Libraries keep what the log configuration
 * gives them. Does nothing with another back end than Logback.
 */
public final class LogSettings {
  private static final String OURS = "io.backbeat";

  private final Runnable restore;

  private LogSettings(Runnable restore) {
    this.restore = restore;
  }

  /** Logs from that level on. */
  public static LogSettings apply(LogLevel level) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return new LogSettings(() -> {});
    }
    Logger logger = context.getLogger(OURS);
    Level before = logger.getLevel();
    logger.setLevel(level == LogLevel.FATAL ? Level.ERROR : Level.toLevel(level.name()));
    return new LogSettings(() -> logger.setLevel(before));
  }

  /** Back to how it was. */
  public void restore() {
    restore.run();
  }
}
