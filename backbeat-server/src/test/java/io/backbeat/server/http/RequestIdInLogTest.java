package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RequestIdInLogTest extends RestTest {
  @Test
  void line_of_the_bundled_log_names_the_request_if_there_is_one() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LocationsResource.class.getResource("/logback.xml"));

    assertThat(line(context, Map.of(RequestIdFilter.MDC_KEY, "abc")))
        .contains("WARN  io.backbeat.queue request=abc - slow");
    assertThat(line(context, Map.of())).contains("WARN  io.backbeat.queue - slow");
    context.stop();
  }

  @Test
  void failure_that_is_answered_with_500_leaves_a_line_with_the_id_of_its_answer() {
    List<String> lines = new CopyOnWriteArrayList<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
          }
        };
    appender.start();
    Logger logger = (Logger) LoggerFactory.getLogger(BackbeatErrorMapper.class);
    logger.setAdditive(false);
    logger.addAppender(appender);
    backbeat.health =
        () -> {
          throw new BackbeatException(ErrorCode.INTERNAL_ERROR, "the disk is gone");
        };
    try {
      String id = get("/_/health").headers().firstValue("x-amz-request-id").orElseThrow();

      await().until(() -> !lines.isEmpty());
      assertThat(lines).containsExactly("request " + id + " failed: the disk is gone");
    } finally {
      logger.detachAppender(appender);
      logger.setAdditive(true);
    }
  }

  private static String line(LoggerContext context, Map<String, String> mdc) {
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("io.backbeat.queue"),
            ch.qos.logback.classic.Level.WARN,
            "slow",
            null,
            new Object[0]);
    event.setMDCPropertyMap(mdc);
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
