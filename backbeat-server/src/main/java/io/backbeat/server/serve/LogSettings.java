package io.backbeat.server.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.backbeat.server.config.LogLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Sets how much Backbeat logs, until it is restored. Libraries keep what the log configuration
 * gives them. Does nothing with another back end than Logback.
 */
public final class LogSettings {
  /** The access log has a logger of its own, outside our packages. */
  private static final List<String> OURS = List.of("io.backbeat", "backbeat.access");

  private final Runnable restore;

  private LogSettings(Runnable restore) {
    this.restore = restore;
  }

  /** Logs from that level on. */
  public static LogSettings apply(LogLevel level) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return new LogSettings(() -> {});
    }
    Map<Logger, Optional<Level>> before = new LinkedHashMap<>();
    for (String name : OURS) {
      Logger logger = context.getLogger(name);
      before.put(logger, Optional.ofNullable(logger.getLevel()));
      logger.setLevel(level == LogLevel.FATAL ? Level.ERROR : Level.toLevel(level.name()));
    }
    return new LogSettings(
        () -> before.forEach((logger, own) -> logger.setLevel(own.orElse(null))));
  }

  /** Back to how it was. */
  public void restore() {
    restore.run();
  }
}
