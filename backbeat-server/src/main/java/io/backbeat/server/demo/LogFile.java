package io.backbeat.server.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Sends the log to a file while the demo runs, because the terminal is for progress; only errors go
 * there, too. Two files of 10 MB are kept.
 */
final class LogFile implements AutoCloseable {
  static final String NAME = "backbeat.log";

  private static final String STDERR = "STDERR";
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36} - %msg%n";

  private final LoggerContext context;
  private final RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
  private final ThresholdFilter errorsOnly = new ThresholdFilter();
  private final Level before;

  private LogFile(LoggerContext context, Path file) {
    this.context = context;
    this.before = context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context);
    appender.setName(file.toString());
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    roll(file);
    appender.start();
    errorsOnly.setLevel(Level.ERROR.levelStr);
    errorsOnly.start();
  }

  /** The log of a directory. */
  static LogFile in(Path directory) {
    return new LogFile((LoggerContext) LoggerFactory.getILoggerFactory(), directory.resolve(NAME));
  }

  /** Logs there until this is closed. */
  void begin() {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.INFO);
    Appender<ILoggingEvent> stderr = root.getAppender(STDERR);
    if (stderr != null) {
      stderr.addFilter(errorsOnly);
    }
  }

  private void roll(Path file) {
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(appender);
    window.setFileNamePattern(file.toString().replace("%", "\\%") + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(1);
    window.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf("10MB"));
    size.start();
    appender.setRollingPolicy(window);
    appender.setTriggeringPolicy(size);
  }

  @Override
  public void close() {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAppender(appender);
    appender.stop();
    root.setLevel(before);
    errorsOnly.stop();
  }
}
